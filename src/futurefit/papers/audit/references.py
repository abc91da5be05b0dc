"""Does a reference lead anywhere: to an appendix, a section, a table, a part? (rule AUD-44)

What a paper refers to is looked for among its headings, captions, numbered paragraphs and lists of
attachments. Appendices are often files of their own, so a missing one is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit.passages import finding
from futurefit.papers.document import Document
from futurefit.papers.text import Kind, Passage, Text, folded, read_text, shortened

CODE = "AUD-44"

_NUMBER = r"[0-9]{1,2}[a-z]?|[a-z][0-9]?"
_ATTACHED = re.compile(
    rf"(?P<what>appendi(?:x|ces)|annex(?:es)?)\s+(?P<first>{_NUMBER})(?![a-z0-9-])"
    rf"(?P<more>(?:(?:\s*,\s*|\s*(?:and|&|to)\s+)(?:{_NUMBER})(?![a-z0-9-]))*)"
)
_EACH = re.compile(rf"(?:{_NUMBER})(?![a-z0-9-])")
_CAPTION = re.compile(
    r"(?P<what>table|figure|chart)\s+(?P<number>[0-9]{1,2}[a-z]?)\b(?!\s?[%.][0-9])"
)
_PARAGRAPH = re.compile(
    r"(?:paragraphs?|paras?\.?|sections?)\s+(?P<number>[0-9]{1,2}\.[0-9]{1,2})(?![0-9])"
)
_DOTTED = re.compile(r"(?P<number>[0-9]{1,2}\.[0-9]{1,2})(?:\.[0-9]{1,2})?\.?\s")
_ELSEWHERE = re.compile(
    r"^[^.;\n]{0,40}\b(?:act|regulations?|code|constitution|guidance|schedule|order|directive|"
    r"policy|agreement|of the (?!report|paper))\b"
)
_LISTS_ATTACHMENTS = re.compile(
    r"^(?:list of )?(?:appendices|annex(?:es)?|attachments|supporting (?:information|documents)|"
    r"background papers|documents attached)\b"
)
_CONTENTS = re.compile(r"^(?:table of )?contents:?$")
_WORD = re.compile(r"[a-z][a-z'’]{2,}")
_DATED = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december) 20[0-9]{2}"
)
_COMMON = frozenset(
    [
        "and",
        "the",
        "for",
        "are",
        "how",
        "our",
        "with",
        "from",
        "that",
        "this",
        "into",
        "what",
        "date",
    ]
)
_FEWEST_NUMBERED = 4  # paragraphs that make a paper one with numbered paragraphs


def check_references(document: Document) -> list[Finding]:
    """References that lead nowhere in this file."""
    text = read_text(document)
    return [
        *_appendices(text),
        *_captions(text),
        *_numbered(text),
        *_contents(text),
    ]


def _opens(text: Text, passage: Passage, start: int) -> bool:
    """Whether something is what a short line opens with, or stands in a heading."""
    lead = text.whole[passage.start : start].strip(" *“\"'(–-:")
    ends = len(passage.text)
    return (not lead and (passage.kind is Kind.HEADING or ends <= 150)) or (
        passage.kind is Kind.HEADING and not re.search(r"\b(?:see|in|at|to)$", lead.lower())
    )


def _appendices(text: Text) -> Iterator[Finding]:
    """Appendices that are referred to and are neither here nor listed as attached."""
    listed = _attachments(text)
    there: set[str] = set()
    asked: dict[str, tuple[Passage, str]] = {}
    for match, passage in text.find(_ATTACHED):
        names = _EACH.findall(match["first"] + match["more"])
        if match["more"].strip().startswith("to"):
            names = names[:1] if len(names) < 2 else [names[0], names[-1]]
        names = [name for name in names if _is_name(text, match, name)]
        if passage.index in listed or _opens(text, passage, match.start()):
            there.update(names)
            continue
        if _ELSEWHERE.match(text.folded[match.end() : match.end() + 60]):
            continue
        for name in names:
            asked.setdefault(name, (passage, text.whole[match.start() : match.end("what")].strip()))
    missing = {name: at for name, at in asked.items() if not _is_there(name, there)}
    schemes = {name[0].isdigit() for name in {*asked, *there}}
    for name, (passage, what) in missing.items():
        kind = "Annex" if what.lower().startswith("annex") else "Appendix"
        shown = f"{kind} {name.upper() if name.isalpha() else name}"
        mixed = " The paper names some by number and others by letter." if len(schemes) > 1 else ""
        yield finding(
            CODE,
            passage,
            f"{shown} is referred to and is not in this file.{mixed}",
            printed=shown,
            advice="Attach it, or correct the reference; say where it is if it stands elsewhere.",
            confidence=0.7 if there else 0.6,
        )


def _is_name(text: Text, match: re.Match[str], name: str) -> bool:
    """Whether a letter is the name of an appendix; a small "a" is only a word."""
    at = text.folded.find(name, match.end("what"))
    return not name.isalpha() or text.whole[at : at + 1].isupper()


def _is_there(name: str, there: set[str]) -> bool:
    """An appendix is there, or the one that it is part of, or one that is part of it."""
    return (
        name in there
        or name.rstrip("abcdefghij") in there - {""}
        or any(one[:-1] == name for one in there if len(one) > 1)
    )


def _attachments(text: Text) -> set[int]:
    """The passages under a heading that lists what is attached."""
    found: set[int] = set()
    listing = False
    for passage in text.passages:
        if passage.kind is Kind.HEADING or (
            passage.kind is Kind.PARAGRAPH and len(passage.text) < 40
        ):
            listing = bool(_LISTS_ATTACHMENTS.match(folded(passage.text)))
        if listing:
            found.add(passage.index)
    return found


def _captions(text: Text) -> Iterator[Finding]:
    """Tables and figures that are referred to by number, where others carry theirs."""
    there: dict[str, set[str]] = {}
    asked: dict[tuple[str, str], Passage] = {}
    for match, passage in text.find(_CAPTION):
        if match.start() and text.folded[match.start() - 1].isalpha():
            continue
        if _opens(text, passage, match.start()):
            there.setdefault(match["what"], set()).add(match["number"])
        elif not _ELSEWHERE.match(text.folded[match.end() : match.end() + 60]):
            asked.setdefault((match["what"], match["number"]), passage)
    for (what, number), passage in asked.items():
        named = there.get(what, set())
        if len(named) >= 2 and number not in named:
            yield finding(
                CODE,
                passage,
                f"{what.capitalize()} {number} is referred to; the paper has "
                f"{what} {', '.join(sorted(named))}.",
                severity=Severity.WARNING,
                printed=f"{what.capitalize()} {number}",
                advice="Correct the number, or put the missing one in.",
                confidence=0.7,
            )


def _numbered(text: Text) -> Iterator[Finding]:
    """Paragraphs that are referred to by number, where the paper's own are numbered."""
    numbers = {
        match["number"]
        for passage in text.passages
        if passage.kind is not Kind.CELL and (match := _DOTTED.match(passage.text))
    }
    if len(numbers) < _FEWEST_NUMBERED:
        return
    majors = {number.partition(".")[0] for number in numbers}
    told: set[str] = set()
    for match, passage in text.find(_PARAGRAPH):
        number = match["number"]
        outside = _ELSEWHERE.match(text.folded[match.end() : match.end() + 60])
        if number in numbers | told or number.partition(".")[0] not in majors or outside:
            continue
        told.add(number)
        yield finding(
            CODE,
            passage,
            f"“{text.printed(match)}” is referred to; no paragraph of that number is in this file.",
            printed=text.printed(match),
            advice="Correct the reference; numbers move when paragraphs are put in or taken out.",
            confidence=0.6,
        )


def _contents(text: Text) -> Iterator[Finding]:
    """Items of a list of contents that nothing later in the paper is about."""
    for heading in text.passages:
        if heading.kind is not Kind.HEADING or not _CONTENTS.match(folded(heading.text)):
            continue
        items = []
        for passage in text.passages[heading.index + 1 :]:
            if not passage.is_item:
                break
            items.append(passage)
        if len(items) < 3:
            continue
        end = items[-1].start + len(items[-1].text)
        elsewhere = text.folded[: heading.start] + text.folded[end:]
        heads = [set(_words(one.text)) for one in text.passages if one.kind is Kind.HEADING]
        for item in items:
            words = set(_words(item.text))
            dated = [date for date in _DATED.findall(folded(item.text)) if date not in elsewhere]
            strange = [word for word in _words(item.text) if word not in elsewhere]
            headed = any(2 * len(words & head) > len(words) for head in heads)
            if (strange and not headed) or dated:
                missed = dated[0].capitalize() if dated else strange[0]
                yield finding(
                    CODE,
                    item,
                    f"“{shortened(item.text, 60)}” is listed; nothing in the paper is headed so, "
                    f"and “{missed}” stands nowhere else in it.",
                    printed=item.text,
                    advice="Put the part in, or name it in the contents as it is headed.",
                    confidence=0.5,
                )


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(folded(text)) if word not in _COMMON]
