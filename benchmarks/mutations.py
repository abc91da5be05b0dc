"""Of figures changed on purpose in real tables, how many does the audit find, and where?

Prints the shares by way (benchmarks.slips) and by set of tables. Nothing here times anything.


A table takes part where, as it stands, two places or more prove a total in it, or one place the
only total of the table, which takes in every line. Of the annotated spreadsheets, only totals that
their annotators know as well are used. A change is

* *apart*: it leaves every proven total of the table true, so that no adding up can show it;
* *detected*: the table has an error or a warning that it did not have before;
* *located*: the surest of those points to the cell that was changed. For a figure that moved or was
  exchanged, either cell is right; for a total gone stale, that total; for a row dropped, the row of
  a total that it belonged to, or the row where it stood;
* *among three*: the right cell is the finding's place or one of the next two suspects;
* *alarms*: new errors and warnings beyond the one that points to the cell, for each 100 changes.

Located shares are given once for changes that break two proven totals or more, one down and one
across (or a total that is itself a part), and once for those that break one only, where adding up
can say that something is wrong but not what.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from benchmarks.measuring import Report, Score, Size
from benchmarks.slips import WAYS, Place, Relation, Slip, Subject, slips, still_true, values_after
from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit import audit
from futurefit.papers.document import Document, Table, TableCell, Unreadable
from futurefit.papers.faults import read_faults
from futurefit.papers.readers import read_file
from futurefit.papers.sums import Status

SHARED = Path(os.environ.get("FUTUREFIT_SHARED", Path(__file__).parents[2] / "shared"))
_PER_TABLE = {"annotated": 2}
_OFTEN = 12
"""Changes of each way in one table."""
_MOST_CELLS = 6_000
_FEWEST_PROVEN = 2  # places that must bear a total out before it counts as proven
_ALARMS = (Severity.ERROR, Severity.WARNING)


# --- The tables -----------------------------------------------------------------------------------


def annotated(path: Path) -> Iterator[tuple[Table, set[tuple[Place, frozenset[Place]]]]]:
    """The annotated spreadsheets as tables, each with the sums that people found in it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            known = json.loads(line)
            cells = tuple(
                TableCell(row, column, text.strip(), line=row)
                for row, texts in enumerate(known["cells"], start=1)
                for column, text in enumerate(texts, start=1)
            )
            sums = {
                (_place(one["cell"]), frozenset(map(_place, one["of"])))
                for one in known["aggregations"]
                if one["operator"] == "Sum"
            }
            yield Table(number, 1, cells), sums


def _place(zero_based: Iterable[int]) -> Place:
    row, column = zero_based
    return row + 1, column + 1


def council_files(shared: Path) -> Iterator[tuple[str, Document]]:
    """The real papers and files that a reader takes, by the set that they belong to."""
    for folder, name in (
        ("packs", "pack"),
        ("budget-papers", "budget papers"),
        ("programme", "programme"),
        ("reference", "reference"),
        ("pdf-tables/simple", "tables from PDF"),
        ("pdf-tables/icdar2013-eu", "tables from PDF"),
    ):
        for path in sorted((shared / "data" / folder).glob("*")):
            if path.suffix not in (".md", ".csv", ".xlsx", ".pdf") or "README" in path.name:
                continue
            try:
                yield name, read_file(path)
            except Unreadable as why:
                print(f"not read: {path.name}: {why}", file=sys.stderr)


def alone(table: Table) -> Document:
    """A document of one table."""
    return Document("table", "", (table,))


def subject(
    table: Table, known: set[tuple[Place, frozenset[Place]]] | None = None
) -> Subject | None:
    """A table with what is proven in it, or None where nothing is."""
    if not table.cells or len(table.cells) > _MOST_CELLS:
        return None
    read = read_arithmetic(alone(table))
    if not read or read[0].moves:
        return None
    (arithmetic,) = read
    relations = [one for one in _relations(arithmetic) if known is None or _known(one, known)]
    if not relations:
        return None
    values = {place: figure.value for place, figure in arithmetic.placed.items()}
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    return Subject(table, tuple(relations), values, cells)


def _relations(arithmetic: TableArithmetic) -> Iterator[Relation]:
    """The totals that are proven; those that fail already are left out."""
    for found in arithmetic.sums:
        alone = arithmetic.standing[found.direction].alone
        if not any(check.telling and check.status is Status.HOLDS for check in found.checks):
            continue
        if found.proven < _FEWEST_PROVEN and not (found.proven and alone):
            continue
        for check in found.checks:
            total = check.total
            if total is None or check.status not in (Status.HOLDS, Status.ROUNDED):
                continue
            signs = {
                found.place(check.cross, line): -1 if found.less and place else 1
                for place, line in enumerate(found.parts)
            }
            signs |= {
                (part.cell.row, part.cell.column): sign
                for part, sign in zip(check.parts, check.signs, strict=True)
            }
            parts = tuple(signs.items())
            half = sum((part.half for part in check.parts), total.half)
            yield Relation((total.cell.row, total.cell.column), parts, half)


def _known(one: Relation, known: set[tuple[Place, frozenset[Place]]]) -> bool:
    return (one.total, frozenset(place for place, _ in one.parts)) in known or any(
        total == one.total for total, _ in known
    )


# --- Changing them --------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What came of the changes of one way."""

    made: int = 0
    apart: int = 0
    detected: int = 0
    located: int = 0
    among_three: int = 0
    crossed: int = 0
    crossed_located: int = 0
    alarms: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another's changes in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def telling(self) -> int:
        """Changes that some proven total shows."""
        return self.made - self.apart


def _alarms(document: Document) -> list[Finding]:
    return [one for one in audit(document) if one.severity in _ALARMS]


def _key(finding: Finding) -> tuple[str, str, int | None]:
    return finding.code, finding.printed, finding.place.column


def tally(one: Subject, way: str, wanted: int, note: str, seed: str = "") -> Tally:
    """Change a table in one way, again and again."""
    found = Tally()
    before = {_key(finding) for finding in _alarms(alone(one.table))}
    for slip in slips(one, way, wanted, seed=seed):
        found.made += 1
        document = alone(slip.table)
        values = values_after(one, slip, _values(document))
        if still_true(one.relations, values):
            found.apart += 1
            continue
        crossed = sum(1 for relation in one.relations if not relation.holds(values)) > 1
        found.crossed += crossed
        new = [finding for finding in _alarms(document) if _key(finding) not in before]
        if not new:
            found.missed.append(f"{note}: {way} at {sorted(slip.places) or slip.rows}: undetected")
            continue
        found.detected += 1
        surest = max(new, key=lambda finding: finding.confidence)
        right = _is_right(slip, (surest.place.row or 0, surest.place.column or 0))
        found.located += right
        found.crossed_located += crossed and right
        found.among_three += right or any(
            _is_right(slip, place) for place in _suspects(document, surest)
        )
        found.alarms += len(new) - 1
        if not right:
            found.missed.append(
                f"{note}: {way} at {sorted(slip.places) or slip.rows}"
                f"{' (crossed)' if crossed else ''}: {surest.code} {surest.message}"
            )
    return found


def _values(document: Document) -> dict[Place, Decimal]:
    (read,) = read_arithmetic(document) or (None,)
    if read is None:
        return {}
    return {place: figure.value for place, figure in read.grid.figures.items()}


def _is_right(slip: Slip, place: Place) -> bool:
    return place in slip.places or place[0] in slip.rows


def _suspects(document: Document, finding: Finding) -> list[Place]:
    """The first three suspects of the fault that a finding tells."""
    for fault in read_faults(document):
        cell = fault.suspect.cell
        if (cell.row, cell.column) == (finding.place.row, finding.place.column):
            return [(one.cell.row, one.cell.column) for one, _ in fault.suspects[:3]]
    return []


# --- All of it ------------------------------------------------------------------------------------


def subjects(shared: Path) -> Iterator[tuple[str, str, Subject]]:
    """Every table that takes part: its set, what to call it, and what is proven in it."""
    for name, document in council_files(shared):
        for table in document.tables:
            if found := subject(table):
                yield name, f"{document.name} table {table.index}", found
    path = shared / "data/aggregations/annotated-tables.jsonl.gz"
    for table, known in annotated(path):
        if found := subject(table, known):
            yield "annotated", f"annotated {table.index}", found


def measured(
    shared: Path,
    only: str = "",
    ways: Iterable[str] = WAYS,
    often: int = _OFTEN,
    seed: str = "",
) -> tuple[dict[tuple[str, str], Tally], dict[str, int]]:
    """What came of the changes, by set and way, and how many tables took part of each set."""
    tallies: dict[tuple[str, str], Tally] = {}
    tables: dict[str, int] = {}
    for name, note, one in subjects(shared):
        if only and name != only:
            continue
        tables[name] = tables.get(name, 0) + 1
        for way in ways:
            found = tally(one, way, min(often, _PER_TABLE.get(name, often)), note, seed)
            tallies.setdefault((name, way), Tally()).add(found)
    return tallies, tables


def run(size: Size) -> Report:
    """The shares over all ways, by set; and by way, over the papers of councils."""
    tallies, tables = measured(SHARED, often=min(_OFTEN, size.runs))
    report = Report("mutations", "figures changed on purpose in real tables: found, and where")
    for name, count in tables.items():
        found = Tally()
        for (of, _), one in tallies.items():
            if of == name:
                found.add(one)
        report.scores += _scores(f"{name} ({count} tables)", found)
    for way in WAYS:
        found = Tally()
        for (of, kind), one in tallies.items():
            if of != "annotated" and kind == way:
                found.add(one)
        report.scores += _scores(f"papers and files of councils, {way}", found)[:2]
    return report


def _scores(title: str, found: Tally) -> list[Score]:
    telling, single = found.telling, found.telling - found.crossed
    if not telling:
        return []
    return [
        Score(
            f"{title}: detected",
            _percent(found.detected, telling),
            "%",
            aim=99.0,
            note=f"{found.made} changes; {found.apart} apart, with every proven total still true",
        ),
        Score(
            f"{title}: located, where it breaks two proven totals",
            _percent(found.crossed_located, found.crossed),
            "%",
            aim=95.0,
            note=f"{found.crossed} changes",
        ),
        Score(
            f"{title}: located, where it breaks one only",
            _percent(found.located - found.crossed_located, single),
            "%",
            note=f"{single} changes; adding up cannot tell which part of one total is wrong",
        ),
        Score(
            f"{title}: among the first three suspects",
            _percent(found.among_three, telling),
            "%",
        ),
        Score(
            f"{title}: findings beyond the one",
            _percent(found.alarms, telling),
            "for each 100 changes",
            aim=0.0,
            more=False,
        ),
    ]


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


def main() -> None:
    """Print the shares by way."""
    asked = argparse.ArgumentParser(description="The shares by way, set by set.")
    asked.add_argument("--set", default="", help="one set of tables")
    asked.add_argument("--way", default="", choices=("", *WAYS), help="one way")
    asked.add_argument("--seed", default="", help="other changes than those that are worked on")
    asked.add_argument("--missed", action="store_true", help="list what was not found or located")
    wanted = asked.parse_args()
    ways = [wanted.way] if wanted.way else list(WAYS)
    tallies, tables = measured(SHARED, wanted.set, ways, seed=wanted.seed)
    for name, count in tables.items():
        print(f"\n{name}: {count} tables with proven totals")
        _print({way: found for (of, way), found in tallies.items() if of == name})
    if wanted.missed:
        for found in tallies.values():
            print(*found.missed, sep="\n")


def _print(tallies: dict[str, Tally]) -> None:
    whole = Tally()
    for found in tallies.values():
        whole.add(found)
    heads = ("made", "apart", "detected", "located", "crossed", "single", "in three", "alarms")
    print(f"  {'':<28}" + "".join(f"{head:>10}" for head in heads))
    for way, found in [*tallies.items(), ("all", whole)]:
        telling, single = found.telling, found.telling - found.crossed
        shares = (
            (found.detected, telling),
            (found.located, telling),
            (found.crossed_located, found.crossed),
            (found.located - found.crossed_located, single),
            (found.among_three, telling),
            (found.alarms, telling),
        )
        print(
            f"  {way:<28}{found.made:>10}{found.apart:>10}"
            + "".join(f"{_share(part, of):>10}" for part, of in shares)
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


if __name__ == "__main__":
    main()
