"""`futurefit notify`: tell people by mail what is new on what they watch."""

from __future__ import annotations

import typer

from futurefit.cli import installation
from futurefit.cli.options import examples
from futurefit.cli.problems import CLEAN

EXAMPLES = examples("futurefit notify --site https://savings.example.gov.uk")


def notify(
    site: str = typer.Option(
        ..., "--site", metavar="ADDRESS", help="Where the site is reached: what links begin with."
    ),
) -> int:
    """Send everybody one mail with what is new on what they watch, since the last such mail."""
    with installation.opened():
        from django.utils import timezone

        from futurefit.site.desk import mailing

        sent = mailing.mail_news(now=timezone.now(), site=site.rstrip("/"))
    typer.echo(f"Sent {sent} {'mail' if sent == 1 else 'mails'}.")
    return CLEAN
