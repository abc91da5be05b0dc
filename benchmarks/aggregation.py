"""How well are sums, averages, divisions and relative changes found in annotated tables?

    python benchmarks/aggregation.py DATASET [--json] [--per-table]

DATASET holds one JSON object a line (.jsonl or .jsonl.gz): `file`, `table`, `cells` (rows of text)
and `aggregations` (each with `cell` [row, column], `of` [[row, column], …] and `operator` Sum |
Average | Division | RelativeChange). Nothing but `cells` is given to the search.

An aggregation is right when its cell, its operator and its set of operands all match. Precision,
recall and F1 are over all aggregations. Reading the file is not timed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from futurefit.papers.aggregation import Operator, search, spell_out
from futurefit.papers.aggregation.reading import read_numbers

NAMES = {
    Operator.SUM: "Sum",
    Operator.AVERAGE: "Average",
    Operator.DIVISION: "Division",
    Operator.RELATIVE_CHANGE: "RelativeChange",
}

Place = tuple[int, int]
Found = tuple[str, Place, frozenset[Place]]


@dataclass
class Score:
    """Aggregations found that are right, found that are not, and not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def count(self, found: set[Found], meant: set[Found]) -> None:
        """Add what one table gives."""
        self.right += len(found & meant)
        self.wrong += len(found - meant)
        self.missed += len(meant - found)

    def figures(self) -> dict[str, float | int]:
        """Precision, recall and F1 (1 where there is nothing to find and nothing is found)."""
        found, meant = self.right + self.wrong, self.right + self.missed
        precision = self.right / found if found else float(not meant)
        recall = self.right / meant if meant else float(not found)
        both = precision + recall
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / both, 4) if both else 0.0,
            "right": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
        }


@dataclass
class Scores:
    """The scores of some tables, by operator and over all."""

    tables: int = 0
    by: dict[str, Score] = field(
        default_factory=lambda: {name: Score() for name in (*NAMES.values(), "All")}
    )

    def count(self, found: set[Found], meant: set[Found]) -> None:
        """Add what one table gives."""
        self.tables += 1
        for name, score in self.by.items():
            score.count(
                {one for one in found if name in (one[0], "All")},
                {one for one in meant if name in (one[0], "All")},
            )

    def figures(self) -> dict[str, Any]:
        """By operator."""
        return {name: score.figures() for name, score in self.by.items()}


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The tables of a file, one a line, compressed or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    return (json.loads(line) for line in text.split("\n") if line.strip())


def meant(table: Mapping[str, Any]) -> set[Found]:
    """What is annotated."""
    return {
        (
            one["operator"],
            (one["cell"][0], one["cell"][1]),
            frozenset((row, column) for row, column in one["of"]),
        )
        for one in table.get("aggregations", ())
    }


def found(cells: list[list[str]]) -> tuple[set[Found], bool]:
    """What the search finds, and whether the table was too much to be looked through."""
    numbers = read_numbers(cells)
    result = search(cells, numbers)
    told = spell_out(numbers, result.relations)
    return {(NAMES[one.operator], one.cell, frozenset(one.operands)) for one in told}, result.cut


def is_developed_on(table: Mapping[str, Any]) -> bool:
    """Whether the search was developed on this table: half of all, by a hash of the file's name."""
    return hashlib.sha256(str(table.get("file", "")).encode()).digest()[0] % 2 == 0


def measure(tables: list[dict[str, Any]], show: bool) -> dict[str, Any]:
    """Search every table and compare."""
    halves = {"all": Scores(), "developed on": Scores(), "held out": Scores()}
    listing, seconds, slowest = [], 0.0, 0.0
    for number, table in enumerate(tables, 1):
        cells = [[str(text) for text in row] for row in table.get("cells", ())]
        start = perf_counter()
        ours, cut = found(cells)
        took = perf_counter() - start
        seconds, slowest = seconds + took, max(slowest, took)
        theirs = meant(table)
        half = "developed on" if is_developed_on(table) else "held out"
        for scores in (halves["all"], halves[half]):
            scores.count(ours, theirs)
        one = Scores()
        one.count(ours, theirs)
        kinds = Counter(name for name, *_ in (*ours, *theirs))
        listing.append(
            {
                "file": table.get("file", ""),
                "table": table.get("table", ""),
                "seconds": round(took, 4),
                "cut short": cut,
                **{name: one.by[name].figures() for name in (*kinds, "All")},
            }
        )
        if show:
            print(f"\r{number} of {len(tables)} tables", end="", file=sys.stderr, flush=True)
    if show:
        print(file=sys.stderr)
    return {
        "tables": len(tables),
        "seconds": round(seconds, 3),
        "slowest table, seconds": round(slowest, 3),
        "cut short": [f"{one['file']} / {one['table']}" for one in listing if one["cut short"]],
        "figures": halves["all"].figures(),
        "halves": {
            name: {"tables": halves[name].tables, "figures": halves[name].figures()}
            for name in ("developed on", "held out")
        },
        "per table": listing,
    }


def in_words(report: Mapping[str, Any], per_table: bool) -> Iterator[str]:
    """The figures as lines of text."""
    sets = {"all tables": report, **report["halves"]}
    for name, part in sets.items():
        if not part["tables"]:
            continue
        yield f"{name} ({part['tables']})"
        yield (
            f"  {'':16}{'precision':>10}{'recall':>10}{'F1':>10}"
            f"{'right':>8}{'wrong':>8}{'missed':>8}"
        )
        for operator, line in part["figures"].items():
            shares = "".join(f"{line[key]:>10.4f}" for key in ("precision", "recall", "f1"))
            counts = "".join(f"{line[key]:>8}" for key in ("right", "wrong", "missed"))
            yield f"  {operator:16}{shares}{counts}"
    if per_table:
        for one in report["per table"]:
            line = one["All"]
            yield (
                f"{one['file']} / {one['table']}: precision {line['precision']:.4f}, "
                f"recall {line['recall']:.4f}, F1 {line['f1']:.4f} ({line['right']} right, "
                f"{line['wrong']} wrong, {line['missed']} missed), {one['seconds']:.3f} s"
            )
    yield f"{report['seconds']:.2f} seconds for {report['tables']} tables without reading the file"
    yield f"{report['slowest table, seconds']:.2f} seconds for the slowest table"
    for name in report["cut short"]:
        yield f"too large to be looked through to the end: {name}"


def main() -> None:
    """Run from the command line."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asked.add_argument("dataset", type=Path, metavar="DATASET")
    asked.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked.add_argument("--per-table", action="store_true", help="list every table")
    wanted = asked.parse_args()
    try:
        tables = list(read(wanted.dataset))
    except (OSError, ValueError, EOFError) as problem:
        asked.exit(2, f"{wanted.dataset} cannot be read: {problem}\n")
    report = measure(tables, show=sys.stderr.isatty())
    if wanted.json:
        print(json.dumps(report, indent=2))
    else:
        print(*in_words(report, wanted.per_table), sep="\n")


if __name__ == "__main__":
    main()
