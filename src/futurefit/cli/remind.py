"""`futurefit remind`: write to those whose update of the month is due, or missing."""

from __future__ import annotations

from datetime import date

import typer

from futurefit.cli import installation
from futurefit.cli.options import examples
from futurefit.cli.problems import CLEAN, Problem

EXAMPLES = examples("futurefit remind --site https://savings.example.gov.uk")


def remind(
    site: str = typer.Option(
        ..., "--site", metavar="ADDRESS", help="Where the site is reached: what links begin with."
    ),
    on: str = typer.Option(
        "", "--on", metavar="DATE", help="Send what this day calls for (today): 2015-12-07."
    ),
) -> int:
    """Send the letters that a day calls for about the last month's updates; none is sent twice."""
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        raise Problem(f"--on: {on} is not a date. Write it like 2015-12-07.") from None
    with installation.opened():
        from django.utils import timezone

        from futurefit.site.programme import operations

        sent = operations.remind(day or timezone.localdate(), site=site.rstrip("/"))
    typer.echo(f"Sent {sent.letters} {'letter' if sent.letters == 1 else 'letters'}.")
    for post in sent.without_address:
        typer.echo(f"No address is kept for: {post}")
    return CLEAN
