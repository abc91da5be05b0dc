"""Is this the label that a form means, and what stands after it? (rule REC-03)

Words are compared without case, numbering and marks. A label is the same when its words are, or
nearly (a plural, a slip of the pen); a label of few letters must be exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

NEARLY = 88  # of 100: "Milestones" for "Milestone", "Brief Projct Description"
_SHORT = 8  # letters; shorter labels must be exact
_LONGEST_LINE = 200  # characters of a line that holds a label among other words
_LEADING = "£•*“‘\"' "
_ALIKE = 80  # of 100, for the titles of lines
_SAME_TITLE = 85  # of 100, for titles that share at least three long words

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBERING = re.compile(r"\s*(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+", re.IGNORECASE)
_BRACKETED = re.compile(r"[\s?:.]*(?:\([^()]*\)[\s?:.]*)+")
_PARTED = re.compile(r"\s*(?:[:?–—]|-(?=\s|£)|\n|$)|\s+[-–—]\s|\s*\(")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The words alone: lower case, no numbering, no marks.

    >>> plain("1. Vision:"), plain("What are the key milestones…?")
    ('vision', 'what are the key milestones')
    """
    return " ".join(word.lower().replace("’", "'") for word in _WORD.findall(_unnumbered(text)))


def _unnumbered(text: str) -> str:
    return _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text


def initial(text: str) -> str:
    """The letter that a label or a text begins with, by which labels are looked up; "" for a label
    that may stand anywhere, or that is a mark alone.
    """
    if text.startswith("…"):
        return ""
    return _unnumbered(text.strip()).lstrip(_LEADING)[:1].lower()


@lru_cache(maxsize=50_000)
def after(label: str, text: str) -> str | None:
    """What stands after a label at the start of a text; None where the text does not start so.

    A hint in brackets after the label is part of it. A label that ends in "…" is met by any text
    that begins with its words, and all of that text is the answer; one between two "…" is met by
    any line that holds its words.

    >>> after("Purpose", "Purpose: to save"), after("Purpose", "Purposeful work")
    ('to save', None)
    >>> after("Support Requirements", "Support requirements (resource and investment)")
    ''
    """
    wanted = plain(label)
    if not wanted:  # a mark alone: "#"
        return "" if text.strip() == label else None
    if label.startswith("…") and label.endswith("…"):
        return "" if len(text) <= _LONGEST_LINE and f" {wanted} " in f" {plain(text)} " else None
    if label.endswith("…"):
        return text.strip() if f"{plain(text)} ".startswith(f"{wanted} ") else None
    text = _unnumbered(text.strip()).lstrip(_LEADING)
    if not wanted or not text or text[0].lower() != wanted[0]:
        return None
    spans = [match.span() for match in _WORD.finditer(text[: 2 * len(label) + 40])]
    words = wanted.count(" ") + 1
    for count in (words, words - 1, words + 1):
        if not 0 < count <= len(spans):
            continue
        end = spans[count - 1][1]
        if not _like(wanted, plain(text[:end])):
            continue
        rest = text[end:]
        if hint := _BRACKETED.match(rest):
            rest = rest[hint.end() :]
            if not rest:
                return ""
        elif not _PARTED.match(rest) and rest.strip(" ?:.…"):
            continue
        return rest.strip(" :?–—-\n\t….")
    return None


def _like(wanted: str, said: str) -> bool:
    if wanted == said:
        return True
    return len(wanted) >= _SHORT and fuzz.ratio(wanted, said) >= NEARLY


def first_after(labels: Iterable[str], text: str) -> str | None:
    """What stands after the first of some labels that a text starts with."""
    for label in labels:
        rest = after(label, text)
        if rest is not None:
            return rest
    return None


def is_label(labels: Iterable[str], text: str) -> bool:
    """Whether a text is one of some labels and nothing else."""
    return any(after(label, text) == "" for label in labels)


def holds(labels: Iterable[str], text: str) -> str | None:
    """The first of some labels whose words stand in a text, one after the other."""
    said = f" {plain(text)} "
    return next((label for label in labels if f" {plain(label)} " in said), None)


@lru_cache(maxsize=20_000)
def same_title(one: str, other: str) -> int:
    """How surely two headings name the same thing, 0 to 100; 0 where it is too little to say.

    >>> same_title("Active Alliances", "Active Alliances – Programme Summary") > 90
    True
    >>> same_title("Commissioning", "Digital strategy")
    0
    """
    first, second = set(plain(one).split()), set(plain(other).split())
    if not first or not second:
        return 0
    score = int(fuzz.token_set_ratio(plain(one), plain(other)))
    if first <= second or second <= first:
        return score
    shared = [word for word in first & second if len(word) > 3]
    return score if len(shared) >= 3 and score >= _SAME_TITLE else 0


def alike(one: str, other: str) -> bool:
    """Whether two titles are likely the same line's: "Workforce and Grading" in "Workforce, Grading
    and Structures".
    """
    return fuzz.token_set_ratio(plain(one), plain(other)) >= _ALIKE
