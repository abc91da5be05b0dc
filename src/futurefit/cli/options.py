"""Which options do several commands share, and how are their values read?"""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from futurefit.cli.problems import Problem


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class TrancheChoice(StrEnum):
    """Savings of the adopted plan, or those that are asked for: never both at once."""

    CURRENT = "current"
    PROPOSED = "proposed"


class FundChoice(StrEnum):
    """Where the money lands."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    RESERVE = "reserve"


FormatOption = Annotated[
    Format,
    typer.Option("--format", "-f", help="How to write the result. JSON and CSV: whole pence."),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file (needed for xlsx, docx and pdf)."),
]
AsAtOption = Annotated[
    str,
    typer.Option("--as-at", metavar="DATE", help="Count what took effect by this day: 2015-11-19."),
]
KnownAtOption = Annotated[
    str,
    typer.Option(
        "--known-at",
        metavar="WHEN",
        help="Count what was recorded by then: a journal's number, a day or a moment.",
    ),
]
TrancheOption = Annotated[
    TrancheChoice, typer.Option("--tranche", help="Which savings; the two are never added.")
]
FundOption = Annotated[
    FundChoice, typer.Option("--fund", help="Where the money lands; funds are never added.")
]
InOption = Annotated[
    list[str] | None,
    typer.Option(
        "--in",
        metavar="WHAT=CODE",
        help="Only lines of this theme, project, directorate …: theme=self-sufficient. "
        "May be given again.",
    ),
]


def read_date(text: str, name: str) -> date | None:
    """A day as typed; None where none was given."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"{name}: “{text}” is not a date. Write it like 2015-11-19.") from None


def read_known_at(text: str) -> int | datetime | None:
    """A journal's number, or the moment up to which journals count: a day counts to its end."""
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    try:
        if len(text) == len("2015-11-19"):
            return datetime.combine(date.fromisoformat(text), time.max).astimezone()
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise Problem(
            f"--known-at: “{text}” is neither the number of a journal nor a moment. "
            "Write it like 12, 2015-11-19 or 2015-11-19T17:30."
        ) from None


def examples(*commands: str) -> str:
    """What stands at the end of a command's help."""
    # Click leaves the lines after a backspace as they are.
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)
