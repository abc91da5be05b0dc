"""make bench, or: .venv/bin/python -m benchmarks [NAME ...] [--json]"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module

from benchmarks import measuring

BENCHMARKS = {
    "presentations": "benchmarks.presentations",
    "append": "benchmarks.append",
    "page": "benchmarks.page",
    "update_round": "benchmarks.update_round",
    "users": "benchmarks.users",
    "start": "benchmarks.start",
    "fuzz": "benchmarks.fuzz",
    "pdf": "benchmarks.pdf",
    "pdf_tables": "benchmarks.pdf_tables",
    "docx": "benchmarks.docx",
    "tagged_pdf": "benchmarks.tagged_pdf",
    "workbooks": "benchmarks.workbooks",
    "mutations": "benchmarks.mutations",
    "false_alarms": "benchmarks.false_alarms",
    "pack": "benchmarks.pack",
    "double_counts": "benchmarks.double_counts",
    "round_trips": "benchmarks.round_trips",
}
"""By name, each in its own module. They are run in this order."""


def main() -> None:
    """Run the benchmarks that were asked for (all of them when none was) and print the figures."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    asked.add_argument("--json", action="store_true", help="print the figures as JSON")
    wanted = asked.parse_args()
    strange = sorted(set(wanted.names) - set(BENCHMARKS))
    if strange:
        asked.error(f"there is no {', '.join(strange)}; choose from {', '.join(BENCHMARKS)}")
    machine = measuring.machine()
    if not wanted.json:
        print(
            f"{machine['at']}: {machine['system']}, {machine['cores']} cores "
            f"({machine['processor']}), Python {machine['python']}, load {machine['load'][0]}"
        )
    found = []
    for name in wanted.names or BENCHMARKS:
        print(f"measuring {name} ...", file=sys.stderr)
        report = import_module(BENCHMARKS[name]).run(measuring.FULL)
        found.append(measuring.as_json(report))
        if not wanted.json:
            print("", *measuring.in_words(report), sep="\n", flush=True)
    if wanted.json:
        print(json.dumps({"machine": machine, "benchmarks": found}, indent=2))


if __name__ == "__main__":
    main()
