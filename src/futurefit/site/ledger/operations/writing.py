"""How does one writer at a time hold the ledger?"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

from futurefit.ledger.refusal import Refusal
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import models
from futurefit.site.ledger.people import only

KEEPERS = (Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)
"""Who keeps the ledger's words, baselines and months."""

# SQLite makes a waiting writer sleep and try again; threads of one process queue here instead.
_one_writer = threading.Lock()


class Refused(Exception):
    """The change was refused and nothing was written. `refusals` say why, each beside its field."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.message for refusal in self.refusals))


def refuse(code: str, message: str, field: str = "") -> Refused:
    """A refusal for one reason."""
    return Refused([Refusal(code, message, field)])


@contextmanager
def exclusive() -> Iterator[models.LedgerHead]:
    """One transaction, alone: the head's row is locked until it ends (SQLite: BEGIN IMMEDIATE)."""
    # Inside a transaction the database's own lock may be held already: queueing here could then
    # wait for a thread that waits for us.
    queue = nullcontext() if connection.in_atomic_block else _one_writer
    with queue, transaction.atomic():
        yield models.LedgerHead.objects.select_for_update().get()


def words_changed() -> None:
    """Say that words changed, so that no page made before is shown again.

    Call it in the transaction that changes them; other apps do so for theirs.
    """
    models.LedgerHead.objects.update(words_version=secrets.token_hex(16))


def must_hold(by: Holder, *roles: Role, to: str) -> None:
    """Refuse somebody who holds none of these roles for the whole programme."""
    if not by.keeps(*roles):
        raise refuse("LED-RIGHTS", only(roles, by, to=to))
