"""Does the plan reach the target that the paper states? (rule AUD-51)

An amount that leads into a list or table of its parts is held against their sum; a share that is
aimed at, against what is there already and what is planned, where one table gives both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit.passages import finding
from futurefit.papers.audit.wording import where
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.printed import Kind as PrintedKind
from futurefit.papers.said import POUNDS, Quantity, quantities
from futurefit.papers.text import Passage, Text, folded, read_text

CODE = "AUD-51"

_LEADS = re.compile(
    r"(?:as follows|made up of|broken down|breakdown|comprising|consisting of|profiled|"
    r"as set out below)"
)
_ROUGH = re.compile(
    r"\b(?:up to|about|around|approx\w*|circa|c\.?|over|more than|at least|nearly|almost|"
    r"in excess of|some|estimated|between|less than|under|c)\s*$"
)
_AIMED = re.compile(
    r"(?:target of|increase[a-z ]{0,40}? to|raise[a-z ]{0,40}? to|goal of|aim of|target is)\s+"
    r"(?:between\s+|at least\s+|over\s+|more than\s+|>\s*)?(?P<low>[0-9]{1,3})\s?%"
    r"(?:\s?(?:-|–|to|and)\s?(?P<high>[0-9]{1,3})\s?%)?"
)
_ALREADY = re.compile(r"\b(?:already|currently|existing|delivered|achieved|secured|to date)\b")
_PLANNED = re.compile(r"\b(?:planned|proposed|to be|in progress|pipeline|forecast|identified)\b")
_WORD = re.compile(r"[a-z]{6,}")
_STEM = 6  # letters that "commissioned" and "commission" share, and more
_FEWEST_PARTS = 2


def check_targets(document: Document) -> list[Finding]:
    """Targets that the parts or the plan beside them do not add up to."""
    text = read_text(document)
    return [*_amounts(text), *_shares(document, text)]


# --- amounts --------------------------------------------------------------------------------------


def _amounts(text: Text) -> Iterator[Finding]:
    """An amount and, under it, a list with one amount an item."""
    told = done = -1
    for match, passage in text.find(_LEADS):
        if passage.index == told or match.start() < done:
            continue
        start, end = text.sentence(passage, match.start())
        done = end
        line = text.folded[start:end].rstrip()
        whole = _only_amount(line)
        if whole is None or not (line.endswith(":") or end == passage.start + len(passage.text)):
            continue
        parts = _parts(text, passage)
        if len(parts) < _FEWEST_PARTS:
            continue
        total = sum((part.value for part in parts), Decimal(0))
        room = whole.half + sum(part.half for part in parts)
        if abs(total - whole.value) >= room:
            told = passage.index
            listed = ", ".join(part.text for part in parts)
            yield finding(
                CODE,
                passage,
                f"{whole.text} is said; the items under it add to {_pounds(total)} ({listed}).",
                severity=Severity.WARNING,
                printed=whole.text,
                expected=_pounds(total),
                difference=_pounds(total - whole.value),
                advice="See whether an item is missing, or the amount is that of another version.",
                confidence=0.7,
            )


def _only_amount(line: str) -> Quantity | None:
    """The one amount of money of a lead-in, if it is meant exactly."""
    found = [one for one in quantities(line) if one.unit == POUNDS]
    if len(found) != 1 or _ROUGH.search(line[: found[0].start]):
        return None
    return found[0]


def _parts(text: Text, passage: Passage) -> list[Quantity]:
    """The amounts of the items under a lead-in; none where an item has none, or several."""
    found: list[Quantity] = []
    level = None
    for item in text.passages[passage.index + 1 :]:
        level = item.level if level is None else level
        if not item.is_item or item.level < level:
            break
        if item.level > level:
            continue
        line = folded(item.text)
        amounts = [one for one in quantities(line) if one.unit == POUNDS]
        if len(amounts) != 1 or _ROUGH.search(line[: amounts[0].start]):
            return []
        found += amounts
    return found


def _pounds(value: Decimal) -> str:
    """An amount in the unit that shows it shortest: £1.25m, £400k, £950."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    for unit, letter in ((Decimal(1_000_000), "m"), (Decimal(1000), "k")):
        if size >= unit:
            return f"{sign}£{(size / unit).normalize():f}{letter}"
    return f"{sign}£{size.normalize():f}"


# --- shares ---------------------------------------------------------------------------------------


def _shares(document: Document, text: Text) -> Iterator[Finding]:
    """A share that is aimed at, and a table of what is there and what is planned."""
    told: set[tuple[int, str]] = set()
    for match, passage in text.find(_AIMED):
        low = Decimal(match["low"])
        start, end = text.sentence(passage, match.start())
        stems = {word[:_STEM] for word in _WORD.findall(text.folded[start:end])}
        for arithmetic in read_arithmetic(document):
            pair = _already_and_planned(arithmetic, stems)
            if pair is None or (arithmetic.table.index, match["low"]) in told:
                continue
            already, planned = pair
            reached = already.value + planned.value
            if reached + already.half + planned.half < low:
                told.add((arithmetic.table.index, match["low"]))
                yield finding(
                    CODE,
                    passage,
                    f"“{text.printed(match)}”: in {where(arithmetic.table)}, what is there already "
                    f"({already.cell.text}) and what is planned ({planned.cell.text}) come to "
                    f"{reached}%.",
                    printed=f"{low}%",
                    expected=f"{reached}%",
                    difference=f"{reached - low:+}",
                    advice="Say what closes the rest of the gap, or by when.",
                    confidence=0.5,
                )


def _already_and_planned(
    arithmetic: TableArithmetic, stems: set[str]
) -> tuple[Figure, Figure] | None:
    """The last percentages of the two rows that say, of one thing, "already" and "planned"."""
    grid = arithmetic.grid
    found: dict[str, Figure] = {}
    for row in grid.rows:
        label = grid.label(row).lower()
        if not stems & {word[:_STEM] for word in _WORD.findall(label)}:
            continue
        shares = [
            figure
            for column in grid.columns
            if (figure := grid.figures.get((row, column))) is not None
            and figure.kind is PrintedKind.PERCENT
        ]
        kind = "already" if _ALREADY.search(label) else "planned" if _PLANNED.search(label) else ""
        if kind and shares:
            if kind in found:
                return None
            found[kind] = shares[-1]
    return (found["already"], found["planned"]) if len(found) == 2 else None
