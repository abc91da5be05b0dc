"""Is one name spelled two ways? (rule AUD-52)

Names with capitals inside ("FutureFit"), names that differ in one word that begins alike
("Self-Sufficient Council", "Self-Sustaining Council"), and a word that is one letter away from a
frequent one. Notes, and few: what is only joined or hyphened otherwise is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.passages import finding
from futurefit.papers.document import Document
from futurefit.papers.text import Text, read_text

CODE = "AUD-52"

_INNER = re.compile(r"\b[A-Z]+[a-z]+[A-Z][A-Za-z]*\b|\b[A-Z]{2,}[a-z]+[A-Z]+\b")
_TITLE = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){2,4}")
_WORD = re.compile(r"[a-z]{8,}")
_PLAIN_WORD = re.compile(r"[A-Za-z]+")
_FREQUENT = 5  # times that a word has to stand to be how it is spelled
_LONGEST = 18
_ALIKE = 2  # letters that two words have to begin with alike
_FEWEST_LETTERS = 7
_MOST_NAMED = 4
_MOST_WORDS = 8
_OF_THEIR_OWN = frozenset(
    ["competing", "competed", "lighting", "cleansing", "cleaning", "complement", "stationary"]
)
"""Words that are one letter away from another and right as they are."""
_CHANGES = frozenset(["project", "programme", "projects", "programmes", "process"])
"""Words that name many things, and are not part of a name's own spelling."""


def check_names(document: Document) -> list[Finding]:
    """Names and words that are spelled two ways."""
    text = read_text(document)
    return [*_inner_capitals(text), *_one_word_apart(text), *_slips_of_the_pen(text)]


def _inner_capitals(text: Text) -> Iterator[Finding]:
    """FutureFit and Future Fit; COaCH, CoaCh and COACH."""
    names = Counter(_INNER.findall(text.whole))
    groups: dict[str, Counter[str]] = {}
    for name, count in names.items():
        groups.setdefault(name.lower(), Counter())[name] = count
    for folded, forms in groups.items():
        if len(folded) < 5 or folded.startswith(("mc", "mac")):
            continue
        split = _split(next(iter(forms)))
        for other in {split, folded.upper(), folded.capitalize()} - set(forms):
            if other and (count := sum(1 for _ in _places(text, other))):
                forms[other] = count
        if len(forms) > 1:
            yield _forms(text, forms)


def _split(name: str) -> str:
    """The name in separate words: "Future Fit"; nothing where that gives a single letter."""
    words = re.findall(r"[A-Z][a-z]+|[A-Z]+(?![a-z])", name)
    return " ".join(words) if len(words) > 1 and min(map(len, words)) > 1 else ""


def _places(text: Text, name: str) -> Iterator[int]:
    """Where a name stands as a word of its own."""
    at = text.whole.find(name)
    while at >= 0:
        end = at + len(name)
        if (
            not text.whole[max(0, at - 1) : at].isalpha()
            and not text.whole[end : end + 1].isalpha()
        ):
            yield at
        at = text.whole.find(name, end)


def _forms(text: Text, forms: Counter[str]) -> Finding:
    shown = forms.most_common(_MOST_NAMED)
    rarest = shown[-1][0]
    return finding(
        CODE,
        text.at(next(_places(text, rarest))),
        "one name is written in several ways: "
        + ", ".join(f"{name} ({count}×)" for name, count in shown)
        + ".",
        printed=rarest,
        expected=shown[0][0],
        advice="Write it in one way, so that it is found by searching.",
        confidence=0.5,
    )


def _one_word_apart(text: Text) -> Iterator[Finding]:
    """Names of three words and more that differ in one inner word that begins alike."""
    counts: Counter[tuple[str, ...]] = Counter()
    places: dict[tuple[str, ...], tuple[int, str]] = {}
    for match in _TITLE.finditer(text.whole):
        words = _PLAIN_WORD.findall(match[0])
        for first in range(len(words) - 2):
            name = tuple(word.lower() for word in words[first : first + 3])
            counts[name] += 1
            places.setdefault(name, (match.start(), " ".join(words[first : first + 3])))
    frames: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
    for name in counts:
        if name[0] != "the" and name[1] not in _CHANGES:
            frames.setdefault((name[0], name[2]), {})[name[1]] = name
    for forms in frames.values():
        usual, *others = sorted(forms, key=lambda word: -counts[forms[word]])
        for other in others:
            if not _begin_alike(usual, other) or counts[forms[usual]] < 2:
                continue
            start, printed = places[forms[other]]
            yield finding(
                CODE,
                text.at(start),
                f"“{printed}” may be what is elsewhere “{places[forms[usual]][1]}” "
                f"({counts[forms[usual]]}×).",
                printed=printed,
                expected=places[forms[usual]][1],
                advice="Use one name for one thing, or say how the two differ.",
                confidence=0.5,
            )


def _begin_alike(one: str, other: str) -> bool:
    return (
        min(len(one), len(other)) >= _FEWEST_LETTERS
        and one[:_ALIKE] == other[:_ALIKE]
        and one.rstrip("s") != other.rstrip("s")
    )


def _slips_of_the_pen(text: Text) -> Iterator[Finding]:
    """Words that stand once, one letter away from a frequent one: one note for the paper."""
    counts = Counter(_WORD.findall(text.folded))
    by_ends: dict[tuple[str, str], list[str]] = {}
    for word, count in counts.items():
        if count >= _FREQUENT:
            by_ends.setdefault(_ends(word), []).append(word)
    slips = [
        (word, usual)
        for word, count in counts.items()
        if count == 1 and len(word) <= _LONGEST and word not in _OF_THEIR_OWN
        for usual in by_ends.get(_ends(word), ())
        if _is_slip(word, usual)
    ]
    if not slips:
        return
    said = [f"“{word}” beside “{usual}” ({counts[usual]}×)" for word, usual in slips[:_MOST_WORDS]]
    more = f"; and {len(slips) - len(said)} more" if len(slips) > len(said) else ""
    first, usual = slips[0]
    place = text.folded.find(first)
    yield finding(
        CODE,
        text.at(place),
        f"words one letter apart, of which one may be a slip: {'; '.join(said)}{more}.",
        printed=text.whole[place : place + len(first)],
        expected=usual,
        advice="Correct the spelling.",
        confidence=0.6,
    )


def _ends(word: str) -> tuple[str, str]:
    """The first letter and the last three, which a slip inside the word leaves as they are."""
    return word[0], word[-3:]


def _is_slip(word: str, meant: str) -> bool:
    """Whether one letter was put in, left out or swapped, inside the word and not at its ends.

    Other endings and beginnings make other words; so may another letter in a letter's place, which
    is why only letters that were put in, left out or swapped count.
    """
    if word == meant:
        return False
    if len(word) == len(meant):
        apart = [at for at, (a, b) in enumerate(zip(word, meant, strict=True)) if a != b]
        return (
            len(apart) == 2
            and apart[1] == apart[0] + 1
            and word[apart[0]] == meant[apart[1]]
            and word[apart[1]] == meant[apart[0]]
        )
    longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
    return len(longer) - len(shorter) == 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer) - 1)
    )
