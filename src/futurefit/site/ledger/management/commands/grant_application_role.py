"""How does the site run under a PostgreSQL role that could not change the chain if it wished?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from futurefit.site.ledger import guards


class Command(BaseCommand):
    """Run it as the owner of the tables after each `migrate`; run the site as the other role."""

    help = (
        "Give a PostgreSQL role what the site needs: everything but to change or remove rows of "
        "the chain. Make the role first (CREATE ROLE futurefit_app LOGIN PASSWORD '…'), run this "
        "with FUTUREFIT_DATABASE naming the owner, then let FUTUREFIT_DATABASE name the role."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role that the site runs under: futurefit_app")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; on SQLite the triggers stand alone.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user = %s", [role])
            if cursor.fetchone() == (True,):
                raise CommandError(
                    "The site's role must not own the tables: name another role than the one that "
                    "FUTUREFIT_DATABASE signs in with."
                )
            for statement in guards.grants(role):
                cursor.execute(statement)
        if options["verbosity"]:
            self.stdout.write(f"{role} may read the chain and add to it, and no more.")
