"""A process that posts journals from several threads and says so as each is acknowledged.

    python -m benchmarks.poster LINE,LINE,... JOURNALS

Each thread moves a penny on its own line, again and again. A journal is acknowledged by printing
its number and digest; whoever reads that may kill the process at any moment and ask the ledger.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import date

import django

_saying = threading.Lock()


def main(lines: list[str], journals: int) -> None:
    """Post this many journals on each line, all lines at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futurefit.site.config.settings")
    django.setup()
    threads = [threading.Thread(target=_post, args=(line, journals)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _post(line: str, journals: int) -> None:
    from django.db import connection

    from futurefit.ledger import acts
    from futurefit.ledger.entries import Account, Draft
    from futurefit.ledger.rights import Role
    from futurefit.site.accounts.holders import Holder, Holding
    from futurefit.site.ledger import operations, queries

    finance = Holder(2, "Finance business partner", frozenset({Holding(Role.FINANCE_PARTNER)}))
    for _ in range(journals):
        entry = acts.re_rate(
            line,
            {"2016/17": 1},
            from_rating=Account.UNRATED,
            to_rating=Account.AMBER,
            on=date(2016, 4, 1),
        )
        expects = {line: queries.current_ledger().last_journal(line)}
        journal = operations.post(Draft("", "a penny", (entry,)), by=finance, expects=expects)
        with _saying:
            print(journal.number, journal.digest, flush=True)
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1].split(","), int(sys.argv[2]))
