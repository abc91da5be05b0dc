"""Which lines take from which sources, and how is it shown that a pound may be counted twice?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.claims import ClaimedYear, claimed, double_counting
from futurefit.ledger.double_counts import Suspect
from futurefit.ledger.double_counts import findings as suspect_findings
from futurefit.ledger.entries import RATINGS
from futurefit.ledger.state import Position
from futurefit.ledger.working import Part
from futurefit.site.ledger import models, queries
from futurefit.site.ledger.links import line_url
from futurefit.site.ledger.naming import RESTRICTED, RESTRICTED_LINES, in_words, readable
from futurefit.site.ledger.presenters.figures import BLANK
from futurefit.site.ledger.presenters.suspects import verdict_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.suspecting import settled_now

DOUBLE_COUNTING = "/double-counting/"
_SEVERITY = {
    Severity.ERROR: "Counted twice",
    Severity.WARNING: "To be looked at",
    Severity.NOTE: "Ruled on",
}


def sources_table(
    position: Position, words: Mapping[str, models.ClaimSource], reader: Reader
) -> Table:
    """Every source with what it holds and the most that lines take out of it in any year."""
    most: dict[str, ClaimedYear] = {}
    for year in claimed(position):
        held = most.get(year.source)
        if held is None or year.claimed_pence > held.claimed_pence:
            most[year.source] = year
    rows = []
    for code, capacity in sorted(position.capacities.items()):
        at = most.get(code)
        title = words[code].title if code in words else code
        lines = _lines_in_words([line for line, _ in at.by_line] if at else [], reader)
        taken = at.claimed_pence if at else 0
        rows.append(
            Row(
                (
                    Cell(title),
                    Cell(in_words(capacity.source_kind)),
                    Cell(lines),
                    Cell(capacity.base_pence),
                    Cell(taken, f"{DOUBLE_COUNTING}#table-claimed" if at else ""),
                    Cell(capacity.base_pence - taken),
                    Cell(taken / capacity.base_pence if capacity.base_pence else None),
                )
            )
        )
    return Table(
        title="What each source holds, and the most that is taken out of it",
        columns=(
            Column("source", "Source"),
            Column("kind", "Kind"),
            Column("lines", "Claimed by"),
            Column("base", "Holds a year", Shape.PENCE),
            Column("claimed", "Claimed", Shape.PENCE),
            Column("left", "Left", Shape.PENCE),
            Column("share", "Share claimed", Shape.SHARE),
        ),
        rows=tuple(rows),
    )


def claimed_table(
    position: Position, words: Mapping[str, models.ClaimSource], reader: Reader
) -> Table:
    """The running total of claims by year: each source, and below it each line that takes of it."""
    found = claimed(position)
    years = sorted({year.year for year in found})
    by_source: dict[str, dict[str, ClaimedYear]] = {}
    for year in found:
        by_source.setdefault(year.source, {})[year.year] = year
    rows = []
    for code, claims in by_source.items():
        base = next(iter(claims.values())).base_pence
        title = words[code].title if code in words else code
        over = any(year.claimed_pence > base for year in claims.values())
        sums = [Cell(claims[year].claimed_pence) for year in years]
        rows.append(Row((Cell(title, note="over" if over else ""), Cell(base), *sums)))
        by_line: dict[str, list[tuple[str, int]]] = {
            line: [] for label in years for line, _ in claims[label].by_line
        }
        for label in years:
            for line, pence in claims[label].by_line:
                by_line[line].append((label, pence))
        hidden = [taken for line, taken in by_line.items() if line in reader.hidden]
        for line, taken in by_line.items():
            if line not in reader.hidden:
                cells = [
                    Cell(pence, claim_url(line, code, label)) if pence else BLANK
                    for label, pence in taken
                ]
                name = f"{line} {reader.title(line)}"
                rows.append(Row((Cell(name, line_url(line)), BLANK, *cells), level=1))
        if hidden:
            cells = [Cell(sum(pence for _, pence in year)) for year in zip(*hidden, strict=True)]
            rows.append(Row((Cell(RESTRICTED_LINES), BLANK, *cells), level=1))
    return Table(
        title="Claimed against what is held, running total by year",
        columns=(
            Column("source", "Source and lines"),
            Column("base", "Holds a year", Shape.PENCE),
            *(
                Column(year, "With what has no year" if year == UNPROFILED else year, Shape.PENCE)
                for year in years
            ),
        ),
        rows=tuple(rows),
        notes=(
            "A claim is a share of what a line adds, so it moves when the line slips. Current and "
            "proposed count together: a pound can be taken out once.",
        ),
    )


def claim_url(line: str, source: str, year: str) -> str:
    """The working of what a line takes out of a source by a year."""
    return f"{DOUBLE_COUNTING}working/?{urlencode({'line': line, 'source': source, 'year': year})}"


def claim_parts(position: Position, line: str, year: str) -> list[Part]:
    """The forecast of a line up to a year, posting by posting: what its claims are shares of."""
    return [
        Part(standing, standing.posting.amount_pence)
        for standing in position.postings(
            lines=[line], accounts=[(rating, None) for rating in RATINGS]
        )
        if standing.posting.year <= year
    ]


def findings_on_line(
    position: Position,
    words: Mapping[str, models.ClaimSource],
    reader: Reader,
    ref: str,
) -> list[Finding]:
    """What was found about the sources that one line takes from."""
    taken = {source for line, source in position.claims if line == ref}
    names = {code: words[code].title if code in words else code for code in position.capacities}
    ruled = settled_now(reader.ledger)
    return [
        without_hidden(finding, reader.hidden)
        for finding in double_counting(position, names, ruled)
        if any(finding.message.startswith(names[source]) for source in taken)
    ]


def claims_of_line_table(
    position: Position, ref: str, words: Mapping[str, models.ClaimSource]
) -> Table:
    """What one line takes out of which sources."""
    rows = []
    for (line, source), claim in position.claims.items():
        if line == ref:
            share = claim.basis_points / 10_000
            base = position.capacities[source].base_pence
            title = words[source].title if source in words else source
            href = f"{DOUBLE_COUNTING}?{urlencode({'sources.q': title})}"
            rows.append(Row((Cell(title, href), Cell(share), Cell(base))))
    return Table(
        title="Taken out of",
        columns=(
            Column("source", "Source"),
            Column("share", "Share of the line", Shape.SHARE),
            Column("base", "The source holds a year", Shape.PENCE),
        ),
        rows=tuple(rows),
    )


def findings(position: Position, suspects: Iterable[Suspect], reader: Reader) -> list[Finding]:
    """Every finding about double counting, with the names of restricted lines taken out.

    Lines that claim one source are found by the source: only other suspects stand beside it.
    """
    names = {code: source.title for code, source in queries.capacity_words().items()}
    found = double_counting(position, names, settled_now(reader.ledger))
    found += suspect_findings(suspect for suspect in suspects if not suspect.sources)
    return [without_hidden(finding, reader.hidden) for finding in found]


def without_hidden(finding: Finding, hidden: Collection[str]) -> Finding:
    """A finding as it may be read: the references of hidden lines taken out, and its place too."""
    if not hidden:
        return finding
    refs = "|".join(re.escape(ref) for ref in sorted(hidden, key=len, reverse=True))
    said = re.sub(rf"(?<!\w)(?:{refs})(?!\w)", RESTRICTED.lower(), finding.message)
    if said == finding.message:
        return finding
    return replace(finding, message=said, place=Provenance())


def findings_table(found: Sequence[Finding]) -> Table:
    """Findings as a table: how bad, what, and what to do."""
    return Table(
        title="Findings",
        columns=(
            Column("severity", "Finding"),
            Column("message", "What was found"),
            Column("advice", "What to do"),
        ),
        rows=tuple(
            Row((Cell(_SEVERITY[f.severity]), Cell(f.message), Cell(f.advice)))
            for f in sorted(found, key=lambda f: list(_SEVERITY).index(f.severity))
        ),
    )


def rulings_table(rulings: Iterable[models.Ruling], reader: Reader) -> Table:
    """What people have ruled, and why. The reason of a ruling on a source is kept from those who
    may not read every line that claims it, or did when it was made.
    """
    claimed: dict[str, set[str]] = defaultdict(set)
    for event in reader.ledger.claim_events if reader.hidden else ():
        claimed[event.claim.source].add(event.line)
    rows = []
    for ruling in rulings:
        if reader.hides((ruling.line_a, ruling.line_b)):
            continue
        about = ruling.source or f"{ruling.line_a} and {ruling.line_b}"
        who = (Cell(ruling.by),) if reader.sees_people else ()
        rows.append(
            Row(
                (
                    Cell(about),
                    Cell(verdict_words(ruling)),
                    Cell(RESTRICTED if reader.hides(claimed[ruling.source]) else ruling.why),
                    *who,
                    Cell(ruling.at),
                )
            )
        )
    return Table(
        title="Rulings",
        columns=(
            Column("about", "On"),
            Column("verdict", "Ruling"),
            Column("why", "Why"),
            *((Column("by", "By"),) if reader.sees_people else ()),
            Column("at", "When", Shape.DATE),
        ),
        rows=tuple(rows),
    )


def _lines_in_words(lines: Sequence[str], reader: Reader) -> str:
    return ", ".join(readable(lines, reader.hidden))
