"""Is this the same line again, and do its two printings agree? (rules REC-07, REC-08, REC-10)

The first printing gives the amounts; another that agrees only adds its place. Where two printings
differ, nothing is settled: the amounts of the first stand with a doubt, and a finding names both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from fractions import Fraction

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Unit
from futurefit.ledger.entries import LineKind, Tranche
from futurefit.papers.candidates import LineCandidate, PaperCandidate, Said, TotalCandidate
from futurefit.papers.printed import read_printed
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.sentences import with_places

_MOST_COMPARED = 500  # lines of a paper; in longer ones only the same words are the same line
_DIFFERS = "another printing of this line differs"


def merged(
    first: Sequence[LineCandidate], again: Sequence[LineCandidate]
) -> tuple[list[LineCandidate], list[Finding]]:
    """Lines with what a later printing adds: places where it agrees, findings where it does not,
    lines that only it has.
    """
    lines = list(first)
    keys = {line.key for line in first}
    exact = {_name(line): at for at, line in enumerate(first)}
    findings: list[Finding] = []
    taken: set[int] = set()
    for other in again:
        at = exact.get(_name(other))
        if (at is None or at in taken) and len(first) <= _MOST_COMPARED:
            at = _same(first, other, taken)
        if at is None or at in taken:
            lines.append(keyed_apart(other, keys))
            keys.add(lines[-1].key)
            continue
        taken.add(at)
        if _amounts(lines[at]) == _amounts(other):
            lines[at] = with_places(lines[at], other)
        else:
            findings.append(_differ(lines[at], other))
            lines[at] = replace(lines[at], doubts=(*lines[at].doubts, _DIFFERS))
    return lines, findings


def _name(line: LineCandidate) -> tuple[str, ...]:
    """What two printings of a line share when nothing about its words changed."""
    attributes = line.attributes
    return (line.key, likeness.plain(line.title.text), attributes.kind, attributes.tranche)


def keyed_apart(line: LineCandidate, keys: Set[str]) -> LineCandidate:
    """A line under a key that is not among those taken."""
    key, number = line.key, 2
    while key in keys:
        key, number = f"{line.key}-{number}", number + 1
    return line if key == line.key else replace(line, key=key)


def _same(lines: Sequence[LineCandidate], other: LineCandidate, taken: set[int]) -> int | None:
    """Which line another printing is about: the one of its title (and reference, where both have
    one), of a reference that only one line has, or of its amounts under a title that is like it.
    """
    free = [
        (at, line)
        for at, line in enumerate(lines)
        if at not in taken
        and line.attributes.kind is other.attributes.kind
        and line.attributes.tranche is other.attributes.tranche
        and (line.ref is None or other.ref is None or line.ref.text == other.ref.text)
    ]
    for at, line in free:
        if likeness.plain(line.title.text) == likeness.plain(other.title.text):
            return at
    referred = [at for at, line in free if line.ref is not None and other.ref is not None]
    if len(referred) == 1 and not any("several lines" in doubt for doubt in other.doubts):
        return referred[0]
    for at, line in free:
        alone = len(free) == 1 and line.attributes.kind is LineKind.INVESTMENT
        alike = alone or likeness.alike(line.title.text, other.title.text)
        if alike and _amounts(line) == _amounts(other):
            return at
    return None


def _amounts(line: LineCandidate) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for one in line.amounts:
        found[one.account, one.year] = found.get((one.account, one.year), 0) + one.pence
    return {place: pence for place, pence in found.items() if pence}


def _differ(line: LineCandidate, other: LineCandidate) -> Finding:
    first, second = _amounts(line), _amounts(other)
    said = [
        f"{year} {print_money(first.get((account, year), 0), Unit.POUNDS)} and "
        f"{print_money(second.get((account, year), 0), Unit.POUNDS)}"
        for account, year in sorted(first.keys() | second.keys())
        if first.get((account, year), 0) != second.get((account, year), 0)
    ]
    place = other.amounts[0].said.place if other.amounts else other.title.place
    return Finding(
        "REC-07",
        Severity.WARNING,
        f"“{line.title.text}” is printed twice and differs: {'; '.join(said)}.",
        place,
        advice="Ask the author which printing is meant; the first is proposed.",
        confidence=0.8,
    )


# --- totals ---------------------------------------------------------------------------------------


def check_totals(lines: Sequence[LineCandidate], totals: Sequence[TotalCandidate]) -> list[Finding]:
    """Printed totals that their amounts do not come to: a note each, for the audit judges them."""
    findings = []
    for line in lines:
        for total in line.totals:
            findings += _wrong(total, [line])
    for total in totals:
        meant = [line for line in lines if not total.lines or line.key in total.lines]
        findings += _wrong(total, meant)
    return findings


def _wrong(total: TotalCandidate, lines: Sequence[LineCandidate]) -> list[Finding]:
    amounts = [
        one
        for line in lines
        for one in line.amounts
        if (not total.year or one.year == total.year)
        and (total.account is None or one.account is total.account)
    ]
    came_to = sum(one.pence for one in amounts)
    printed = [(one.pence, one.said) for one in amounts] + [(total.pence, total.said)]
    apart = abs(came_to - total.pence)
    rounded = apart < sum(_half(pence, said.text) for pence, said in printed)
    rough = any("rough" in said.doubt for _, said in printed)
    if not apart or rounded or rough or not any(line.amounts for line in lines):
        return []
    under = f" under {total.year}" if total.year else ""
    title = lines[0].title.text if len(lines) == 1 else f"{len(lines)} lines"
    return [
        Finding(
            "REC-08",
            Severity.NOTE,
            f"The printed total of {title}{under} is {print_money(total.pence)}; its amounts come "
            f"to {print_money(came_to)}. The amounts are proposed, the total is not.",
            total.said.place,
            printed=total.said.text,
            expected=print_money(came_to),
            difference=print_money(total.pence - came_to),
            advice="Settle with the author which is right before accepting the line.",
            confidence=0.8,
        )
    ]


def _half(pence: int, text: str) -> Fraction:
    """How far a printed amount may lie from the true one (rule AUD-09), in pence."""
    printed = read_printed(text)
    if not printed.value:
        return Fraction(0)
    return abs(Fraction(printed.half) * pence / Fraction(printed.value))


def total_by_year(lines: Iterable[LineCandidate], proposed: bool = True) -> dict[str, int]:
    """What savings and funding come to by year, in pence."""
    found: dict[str, int] = {}
    for line in lines:
        if line.attributes.kind not in (LineKind.SAVING, LineKind.FUNDING):
            continue
        if proposed and line.attributes.tranche is not Tranche.PROPOSED:
            continue
        for amount in line.amounts:
            if amount.pence:
                found[amount.year] = found.get(amount.year, 0) + amount.pence
    return {year: pence for year, pence in found.items() if pence}


def presents(paper: PaperCandidate, lines: Sequence[LineCandidate]) -> bool:
    """Whether lines come to the same in every year as a paper's: they only group it anew."""
    return bool(paper.lines) and total_by_year(lines) == total_by_year(paper.lines)


# --- words on slides ------------------------------------------------------------------------------


def slide_differs(
    title: str,
    years: Sequence[tuple[str, int]],
    total: int,
    place: Provenance,
    words: str,
    paper: PaperCandidate,
) -> tuple[TotalCandidate | None, Finding | None]:
    """An amount that a slide calls a saving, against the paper that the slide belongs to."""
    named = [
        line
        for line in paper.lines
        if title
        and line.attributes.kind is LineKind.SAVING
        and likeness.alike(line.title.text, title)
    ]
    if title and not named:
        return None, None
    lines = named[:1] or [
        line
        for line in paper.lines
        if line.attributes.tranche is Tranche.PROPOSED
        and line.attributes.kind is not LineKind.INVESTMENT
    ]
    expected = total_by_year(lines)
    if not expected:
        return None, None
    printed = dict(years)
    if sum(expected.values()) == total and (not printed or printed == expected):
        keys = tuple(line.key for line in lines)
        return TotalCandidate(None, "", total, Said(words, place, total), keys), None
    told = ", ".join(f"{print_money(pence)} in {year}" for year, pence in sorted(expected.items()))
    return None, Finding(
        "REC-07",
        Severity.WARNING,
        f"A slide prints “{words}” for “{paper.title.text}”; its paper has {told}.",
        place,
        printed=words,
        expected=told,
        advice="Ask the author which is meant; the paper's own figures are proposed.",
        confidence=0.85,
    )
