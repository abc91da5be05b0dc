"""Does a word of change fit its two figures: "doubled", "almost halved"? (rule AUD-41)

Where one sentence gives a word of change and the two figures before and after, the word is held
against them. Figures are rounded as they are printed, and a plain word leaves room: "doubled" is
from nine tenths of that to a tenth more. A word with a limit ("more than", "almost") does not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit.passages import finding
from futurefit.papers.document import Document
from futurefit.papers.said import PER_CENT, Quantity, quantities
from futurefit.papers.text import Passage, Text, read_text, shortened

CODE = "AUD-41"

_TIMES = {
    "doubl": Decimal(2),
    "trebl": Decimal(3),
    "tripl": Decimal(3),
    "quadrupl": Decimal(4),
    "halv": Decimal("0.5"),
}
_SHARES = {
    "a tenth": Decimal(1) / 10,
    "a fifth": Decimal(1) / 5,
    "a quarter": Decimal(1) / 4,
    "a third": Decimal(1) / 3,
    "half": Decimal(1) / 2,
    "two thirds": Decimal(2) / 3,
    "two-thirds": Decimal(2) / 3,
    "three quarters": Decimal(3) / 4,
    "three-quarters": Decimal(3) / 4,
}
_LIMIT = (
    r"(?P<limit>(?:(?:much |far )?more than|over|at least|almost|nearly|close to|just under|"
    r"less than|not quite|about|around|roughly|approximately|effectively)\s+)?"
)
_TIMED = re.compile(_LIMIT + r"(?P<word>doubl|trebl|tripl|quadrupl|halv)(?:ed|ing|es?)\b")
_RISES = r"ris(?:en|es?|ing)|rose|increas(?:ed?|es|ing)|gr(?:own|ew|ow|owing)|up|higher"
_FALLS = (
    r"fall(?:en|s|ing)?|fell|reduc(?:ed?|es|ing|tion)|decreas(?:ed?|es|ing)|cut|dropp?(?:ed|s)?|"
    r"declin(?:ed?|es|ing)|down|lower"
)
_BY = re.compile(
    rf"\b(?:(?P<rise>{_RISES})|(?P<fall>{_FALLS}))\s+(?:of|by)\s+{_LIMIT}"
    r"(?P<share>a tenth|a fifth|a quarter|a third|half|two[ -]thirds|three[ -]quarters|"
    r"(?P<percent>[0-9]+(?:\.[0-9]+)?)\s?(?:%|per cent))(?![a-z-])"
)
_MOVED = re.compile(
    rf"\b(?:(?P<rise>{_RISES})|(?P<fall>{_FALLS}))\s+(?:again\s|further\s|sharply\s)?from\s+"
)
# What joins two figures; a sentence without any has no change to hold a word against.
_JOINS = re.compile(
    r"(?:from|rather than|instead of|compared (?:with|to)|against|as opposed to|in place of)"
    r"\s(?:[a-z]+\s){0,3}£?\s?[0-9]"
)
_REVERSED = re.compile(
    r"\b(?:rather than|instead of|compared (?:with|to)|against|as opposed to|up from|down from|"
    r"in place of|from)\s+(?:the\s|a\s|an?\sprevious\s|previous\s|about\s|around\s)*$"
)
_NEAR = 250  # characters within which the two figures stand
_ROOM = Decimal("0.1")  # of the ratio that a plain word leaves room for
_SHARE_ROOM = Decimal("0.045")  # about what "a third" leaves: 0.29 to 0.38
_ALMOST_FROM = Decimal("0.85")  # of the way: "almost halved" is less than half less, but nearly
_SIGNED = re.compile(
    r"(?<![0-9a-z%] )(?<![0-9a-z%])[-−]\s?£?[0-9]|\(£?[0-9][0-9.,]*\s?[a-z]{0,2}\)|"
    r"deficit|overspend|loss(?:es)?\b|negative"
)


@dataclass(frozen=True, slots=True)
class _Two:
    """The figure before and the figure after."""

    before: Quantity
    after: Quantity

    @property
    def ratio(self) -> Decimal:
        return self.after.value / self.before.value

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest ratio that the printed figures allow."""
        before, after = self.before, self.after
        least = max(after.value - after.half, Decimal(0)) / (before.value + before.half)
        floor = before.value - before.half
        most = (after.value + after.half) / (floor if floor > 0 else before.value)
        return (least, most) if not _counts(before, after) else (self.ratio, self.ratio)


def check_changes(document: Document) -> list[Finding]:
    """Words of change that the two figures beside them do not bear out."""
    text = read_text(document)
    found: list[Finding] = []
    done = -1
    for join, passage in text.find(_JOINS):
        if join.start() < done:
            continue
        start, end = text.sentence(passage, join.start())
        start, done = max(start, done), end
        found += [
            *_times(text, passage, start, end),
            *_shares(text, passage, start, end),
            *_directions(text, passage, start, end),
        ]
    return found


def _times(text: Text, passage: Passage, start: int, end: int) -> Iterator[Finding]:
    for match in _TIMED.finditer(text.folded, start, end):
        two = _two(text, match, start, end)
        if two is None:
            continue
        meant = _TIMES[match["word"]]
        if not _fits(two, meant, (match["limit"] or "").strip(), falls=meant < 1):
            yield _finding(text, match, passage, two)


def _shares(text: Text, passage: Passage, start: int, end: int) -> Iterator[Finding]:
    for match in _BY.finditer(text.folded, start, end):
        two = _two(text, match, start, end)
        if two is None or PER_CENT in (two.before.unit, two.after.unit):
            continue
        sign = 1 if match["rise"] else -1
        low, high = (sign * (bound - 1) for bound in two.bounds)
        low, high = min(low, high), max(low, high)
        if match["percent"]:
            printed = Decimal(match["percent"])
            half = Decimal(5).scaleb(-len(match["percent"].partition(".")[2]) - 1)
            limited = bool(match["limit"])
            room = half * (4 if limited else 1)
            ok = low * 100 - room <= printed <= high * 100 + room
            if limited and not ok and match["limit"].strip() in ("more than", "over", "at least"):
                ok = printed <= high * 100 <= printed + 5
        else:
            meant = _SHARES[match["share"].replace("-", " ")]
            ok = low - _SHARE_ROOM <= meant <= high + _SHARE_ROOM
        if not ok:
            yield _finding(text, match, passage, two)


def _directions(text: Text, passage: Passage, start: int, end: int) -> Iterator[Finding]:
    """A rise that falls: "increased from 8 to 5"."""
    for match in _MOVED.finditer(text.folded, start, end):
        rest = text.folded[match.end() : end]
        found = quantities(rest)
        if len(found) < 2 or found[0].start > 25:
            continue
        before, after = found[:2]
        between = rest[before.start + len(before.text) : after.start]
        if (
            not before.like(after)
            or not re.search(r"\bto\s+(?:about |around |over |nearly |almost )?$", between)
            or len(between) > 60
            or before.value == after.value
            or _SIGNED.search(text.folded[max(start, match.start() - 60) : end])
        ):
            continue
        rises = after.value > before.value
        if rises != bool(match["rise"]):
            yield finding(
                CODE,
                passage,
                f"“{text.printed(match)} {before.text} to {after.text}”: that is a "
                f"{'rise' if rises else 'fall'}.",
                severity=Severity.WARNING,
                printed=text.printed(match),
                expected="a rise" if rises else "a fall",
                advice="See whether the word is wrong, or the figures changed places.",
                confidence=0.7,
            )


def _two(text: Text, match: re.Match[str], start: int, end: int) -> _Two | None:
    """The figures before and after in the sentence of a word of change; None where unclear."""
    start, end = max(start, match.start() - _NEAR), min(end, match.end() + _NEAR)
    sentence = text.folded[start:end]
    if _SIGNED.search(sentence):
        return None
    here = match.start() - start, match.end() - start
    found = [one for one in quantities(sentence) if not here[0] <= one.start < here[1]]
    for first, second in itertools.pairwise(found):
        between = sentence[first.start + len(first.text) : second.start]
        if len(between) > 70 or not first.like(second):
            continue
        before_first = sentence[: first.start]
        if re.search(r"\bto\s+(?:\w+\s+)?$", between) and re.search(
            r"\bfrom\s+(?:\w+\s+)?$", before_first
        ):
            pair = first, second
        elif _REVERSED.search(between):
            pair = second, first
        else:
            continue
        if pair[0].value > 0:
            return _Two(*pair)
    return None


def _fits(two: _Two, meant: Decimal, limit: str, falls: bool) -> bool:
    """Whether a ratio is what the word and its limit say."""
    low, high = two.bounds
    if limit in ("almost", "nearly", "close to", "just under", "less than", "not quite"):
        # Short of the mark, but most of the way from no change at all.
        mark = 1 + (meant - 1) * _ALMOST_FROM
        return (meant <= high and low <= mark) if falls else (mark <= high and low <= meant)
    if limit.endswith("more than") or limit in ("over", "at least"):
        return low <= meant if falls else high >= meant
    room = meant * _ROOM
    return low - room <= meant <= high + room


def _counts(before: Quantity, after: Quantity) -> bool:
    """Whether both are whole counts of things, which are exact."""
    return all(one.unit not in ("£", "%") and one.half == Decimal("0.5") for one in (before, after))


def _finding(text: Text, match: re.Match[str], passage: Passage, two: _Two) -> Finding:
    words = shortened(text.printed(match), 50)
    change = f"{(two.ratio - 1) * 100:+.1f}%".replace("-", "−")
    return finding(
        CODE,
        passage,
        f"“{words}” is said, and from {two.before.text} to {two.after.text} is {change}.",
        severity=Severity.WARNING,
        printed=words,
        expected=change,
        advice="Say the change as a figure, or choose the word that fits it.",
        confidence=0.8,
    )
