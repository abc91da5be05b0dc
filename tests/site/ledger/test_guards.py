"""The database itself refuses to change the chain: proven after every migration has run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils import timezone

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts
from futurefit.ledger.chain import GENESIS
from futurefit.ledger.entries import SourceKind
from futurefit.site.ledger import guards, models, operations, proof
from tests.databases import NewDatabase, OwnDatabase
from tests.site.ledger.books import BOB, CAROL, LATER, Book, rated

HEADER = ("2016-01-01 12:00:00+00", "", GENESIS, "b" * 64, "d" * 64)


def filled() -> Book:
    """A ledger with at least one row in every table that is kept."""
    book = Book()
    book.open("LIB-1", y2016=100_00)
    book.post(
        rated("LIB-1", 10_00),
        acts.set_capacity("budget", SourceKind.BUDGET_LINE, 1_000_00, on=LATER),
        sources=(Provenance(file="paper.md", page=3, printed="£100"),),
    )
    operations.erase_words(2, ["why"], by=CAROL, why="It named a person")
    operations.name_baseline("Budget", by=CAROL, as_at=LATER)
    operations.soft_close_month(date(2015, 6, 30), by=CAROL)
    return book


@pytest.fixture(scope="module")
def full(new_database: NewDatabase) -> Iterator[Book]:
    """A ledger that every test here tries to change, and none does."""
    with new_database():
        yield filled()


@pytest.fixture
def own_full(own_database: OwnDatabase) -> Book:
    """A ledger to take apart."""
    return filled()


def run(sql: str, values: tuple[object, ...] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def refused(words: str = "append-only") -> Iterator[None]:
    before = dump()
    with pytest.raises(IntegrityError, match=words):
        yield
    assert dump() == before


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Everything that the guarded tables hold."""
    with connection.cursor() as cursor:
        found = {}
        for table in (*guards.KEPT, guards.WORDS, guards.HEAD):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(cursor.fetchall(), key=str)
    return found


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [c.name for c in connection.introspection.get_table_description(cursor, table)]


def test_every_guarded_table_has_rows_to_guard(full: Book) -> None:
    assert all(dump().values())
    assert guards.missing(connection) == []


@pytest.mark.parametrize("table", [*guards.KEPT, guards.WORDS])
def test_no_row_is_updated(full: Book, table: str) -> None:
    for column in columns(table):
        with refused(f"UPDATE on {table} is refused"):
            run(f'UPDATE "{table}" SET "{column}" = "{column}"')


@pytest.mark.parametrize("table", [*guards.KEPT, guards.HEAD])
def test_no_row_is_deleted(full: Book, table: str) -> None:
    with refused(f"DELETE on {table} is refused"):
        run(f'DELETE FROM "{table}"')


@pytest.mark.postgres
@pytest.mark.parametrize("table", [*guards.KEPT, guards.WORDS, guards.HEAD])
def test_no_table_is_truncated(full: Book, table: str) -> None:
    with refused("TRUNCATE on ledger_"):
        run(f'TRUNCATE "{table}" CASCADE')


@pytest.mark.postgres
def test_a_replica_s_session_is_refused_too(full: Book) -> None:
    run("SET session_replication_role = replica")
    try:
        with refused():
            run("DELETE FROM ledger_posting")
    finally:
        run("RESET session_replication_role")


@pytest.mark.sqlite
@pytest.mark.parametrize("recursive_triggers", ["ON", "OFF"])
@pytest.mark.parametrize("table", guards.KEPT)
def test_no_row_is_replaced(full: Book, table: str, recursive_triggers: str) -> None:
    # Without recursive triggers a REPLACE deletes unseen: then the triggers on INSERT hold.
    run(f"PRAGMA recursive_triggers = {recursive_triggers}")
    try:
        with refused("savings ledger"):
            run(f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}" LIMIT 1')
    finally:
        run("PRAGMA recursive_triggers = ON")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("name", "supersedes"), [("Budget", ""), ("Another", ""), ("Another", "June 2015")]
)
def test_no_position_is_replaced_under_another_number(
    own_full: Book, name: str, supersedes: str
) -> None:
    """CLO-02: by its name, as the first of its month, or as the one that supersedes another."""
    first = operations.close_month(date(2015, 6, 30), by=CAROL)
    operations.unlock_month(
        date(2015, 6, 30),
        by=CAROL,
        for_post=BOB.post,
        for_user=BOB.user_id,
        until=timezone.localdate(),
        why="A late invoice",
    )
    operations.close_month(date(2015, 6, 30), by=CAROL)
    kind, as_at = ("BASELINE", LATER) if name == "Budget" else ("MONTH", first.as_at)
    run("PRAGMA recursive_triggers = OFF")
    try:
        with refused("REPLACE on ledger_namedposition is refused"):
            run(
                "INSERT OR REPLACE INTO ledger_namedposition "
                "(name, kind, as_at, number, digest, by, at, why, supersedes) "
                "VALUES (%s, %s, %s, 2, 'd', 'X', '2016-01-01', '', %s)",
                (name, kind, as_at, supersedes),
            )
    finally:
        run("PRAGMA recursive_triggers = ON")


@pytest.mark.postgres
@pytest.mark.parametrize("table", guards.KEPT)
def test_no_row_is_upserted(full: Book, table: str) -> None:
    column = columns(table)[0]
    with refused("savings ledger"):
        run(
            f'INSERT INTO "{table}" SELECT * FROM "{table}" LIMIT 1 '
            f'ON CONFLICT ON CONSTRAINT "{table}_pkey" '
            f'DO UPDATE SET "{column}" = EXCLUDED."{column}"'
        )


@pytest.mark.parametrize(
    ("number", "previous"),
    [(4, None), (2, None), (1, GENESIS), (0, GENESIS), (3, GENESIS), (3, "f" * 64)],
    ids=["a gap", "a number again", "the first again", "before the first", "a fork", "a stranger"],
)
def test_a_journal_follows_the_last_one(full: Book, number: int, previous: str | None) -> None:
    last = models.Journal.objects.get(number=2).digest
    recorded_at, decision, _, body, digest = HEADER
    with refused("does not follow the last one"):
        run(
            "INSERT INTO ledger_journal "
            "(number, recorded_at, decision, previous, body_digest, digest) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            (number, recorded_at, decision, previous or last, body, digest),
        )


@pytest.mark.parametrize("table", guards.PARTS)
def test_nothing_is_added_to_a_sealed_journal(full: Book, table: str) -> None:
    names = columns(table)
    place = next(name for name in ("place", "entry", "field") if name in names)
    another = "'another'" if place == "field" else "77"
    chosen = ", ".join(another if name == place else f'"{name}"' for name in names)
    with refused("sealed"):
        run(
            f'INSERT INTO "{table}" ({", ".join(chr(34) + n + chr(34) for n in names)}) '
            f'SELECT {chosen} FROM "{table}" LIMIT 1'
        )


def test_the_head_never_goes_back(full: Book) -> None:
    with refused("cannot go back"):
        run("UPDATE ledger_ledgerhead SET number = number - 1")


def test_the_database_knows_the_words_of_the_vocabulary(own_book: Book) -> None:
    own_book.open("LIB-1", y2016=100_00)
    posting = {"journal_id": 9, "entry": 0, "place": 0, "line": "L", "year": "2016/17"}
    for wrong in (
        {"account": "GREEN", "reason": "", "amount_pence": 1},
        {"account": "RED", "reason": "SLIPPED", "amount_pence": 1},
        {"account": "VARIANCE", "reason": "", "amount_pence": 1},
        {"account": "RED", "reason": "", "amount_pence": 2**53},
    ):
        with pytest.raises(IntegrityError, match="posting_"):
            models.Posting.objects.create(**posting, **wrong)


# --- migrations ----------------------------------------------------------------------------------


def test_every_migration_leaves_the_triggers_in_place(own_database: OwnDatabase) -> None:
    """Step back to the first migration that guards, then forward one by one to the last."""
    steps = MigrationExecutor(connection).loader
    names = sorted(name for app, name in steps.disk_migrations if app == "ledger")
    after = names[names.index("0002_append_only") :]
    for name in [*reversed(after), *after]:
        call_command("migrate", "ledger", name, verbosity=0)
        assert guards.missing(connection) == [], f"{name} loses triggers"
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []


@pytest.mark.sqlite
def test_a_rebuilt_table_loses_its_triggers_and_verify_says_so(own_full: Book) -> None:
    with connection.schema_editor() as editor:
        editor._remake_table(models.Posting)
    assert {finding.code for finding in proof.verify()} == {"LEDGER-GUARD"}
    assert [finding.message for finding in proof.verify()] == [
        f"The trigger {name}, which keeps the chain append-only, is not there."
        for name in guards.missing(connection)
    ]


@pytest.mark.sqlite
@pytest.mark.parametrize("model", [models.Posting, models.Journal, models.LedgerHead])
def test_a_migration_that_rebuilds_takes_the_guards_off_and_puts_them_back(
    own_full: Book, model: type[Model]
) -> None:
    with connection.schema_editor() as editor:
        guards.remove(None, editor)
        editor._remake_table(model)
        guards.install(None, editor)
    assert guards.missing(connection) == []
    assert proof.verify() == []
    with refused():
        run(f'DELETE FROM "{guards.JOURNAL}"')


# --- PostgreSQL's application role ---------------------------------------------------------------

ROLE = "futurefit_app"


@pytest.fixture
def role(own_database: OwnDatabase) -> Iterator[str]:
    """A role that may sign in and owns nothing."""
    run(f'CREATE ROLE "{ROLE}" LOGIN')
    try:
        call_command("grant_application_role", ROLE, verbosity=0)
        yield urlunsplit(
            urlsplit(own_database.address)._replace(
                netloc=urlsplit(own_database.address).netloc.replace("futurefit@", f"{ROLE}@")
            )
        )
    finally:
        run(f'DROP OWNED BY "{ROLE}"')
        run(f'DROP ROLE "{ROLE}"')


@pytest.mark.postgres
def test_the_application_role_can_add_to_the_chain_and_nothing_else(
    own_full: Book, role: str
) -> None:
    with psycopg.connect(role, autocommit=True) as session:
        for table in guards.KEPT:
            assert session.execute(f'SELECT count(*) FROM "{table}"').fetchone() != (0,)
            for act in (
                f'DELETE FROM "{table}"',
                f'TRUNCATE "{table}"',
                f'UPDATE "{table}" SET "{columns(table)[0]}" = "{columns(table)[0]}"',
                f'ALTER TABLE "{table}" DISABLE TRIGGER ALL',
                f'DROP TABLE "{table}" CASCADE',
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    session.execute(act)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("UPDATE accounts_accessevent SET what = ''")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("CREATE TABLE public.mine (id int)")


@pytest.mark.postgres
def test_the_owner_cannot_be_the_application_role(own_database: OwnDatabase) -> None:
    with pytest.raises(CommandError, match="must not own the tables"):
        call_command("grant_application_role", connection.settings_dict["USER"])


@pytest.mark.sqlite
def test_sqlite_has_no_roles(db: None) -> None:
    with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
        call_command("grant_application_role", ROLE)


@pytest.mark.postgres
def test_the_site_works_under_the_application_role(own_full: Book, role: str) -> None:
    usual = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = ROLE
    try:
        assert own_full.re_rate("LIB-1", 10_00).number == 3
        assert proof.verify() == []
    finally:
        connection.close()
        connection.settings_dict["USER"] = usual
