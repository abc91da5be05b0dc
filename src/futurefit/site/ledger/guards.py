"""How does the database itself refuse to change the chain? (rule LED-08)

Triggers on SQLite and PostgreSQL refuse UPDATE, DELETE, REPLACE and TRUNCATE on the chain's tables
and on those of named positions, the steps of months and erasures (rule CLO-02); a journal that does
not follow the last one; and a row added to a journal that is already sealed.
They hold against our own mistakes and other people's database tools. Whoever owns the tables can
drop a trigger: then `chain.verify`, and a head noted elsewhere, find what was done.

Changing a table's columns or constraints rebuilds it on SQLite, which drops its triggers (and fails
where a trigger on another table asks it). Such a migration begins with
`RunPython(guards.remove, guards.install)` and ends with `RunPython(guards.install, guards.remove)`;
a test holds every migration to leaving them in place.
"""

# ruff: noqa: S608 (every name that is put into a statement is a constant of this module)

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from futurefit.ledger.chain import GENESIS
from futurefit.site.accounts import guards as access_log

JOURNAL = "ledger_journal"
HEAD = "ledger_ledgerhead"
PARTS = (
    "ledger_entry",
    "ledger_entryattributes",
    "ledger_posting",
    "ledger_source",
    "ledger_commitment",
)
"""The tables whose rows belong to one journal, and are sealed with it."""

CHAIN = (JOURNAL, *PARTS)
"""Tables of which the application may only ever read and insert rows."""

WORDS = "ledger_journalword"
"""Words under a commitment: erased by deleting the row, never edited."""

BESIDE = {
    "ledger_erasure": """
        kept."journal_id" = NEW."journal_id" AND kept."field" = NEW."field"
    """,
    "ledger_namedposition": """
        kept."name" = NEW."name"
        OR (kept."supersedes" = NEW."supersedes"
            AND (NEW."supersedes" <> '' OR kept."as_at" = NEW."as_at")
            AND kept."kind" = 'MONTH' AND NEW."kind" = 'MONTH')
    """,
    "ledger_monthstep": "FALSE",
}
"""Tables beside the chain that are kept as it is, and when two rows have something that only one
may have (a number, both): then a REPLACE would take away the first.
"""

KEPT = (*CHAIN, *BESIDE)
"""Tables of which no row is ever changed or taken away."""

_REFUSED = {
    **dict.fromkeys(KEPT, ("UPDATE", "DELETE", "TRUNCATE")),
    WORDS: ("UPDATE", "TRUNCATE"),
    HEAD: ("DELETE", "TRUNCATE"),
}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put every trigger in place (again, where it stands already)."""
    remove(apps, schema_editor)
    for statement in _statements(schema_editor.connection):
        schema_editor.execute(statement, params=None)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take every trigger away: the way back of a migration."""
    connection = schema_editor.connection
    for name, table in _expected(connection):
        on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}', params=None)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should stand in this database and do not (or are switched off)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'")
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(name for name, _ in _expected(connection) if name not in standing)


def grants(role: str) -> Iterator[str]:
    """PostgreSQL: what lets the application work under a role that owns nothing.

    Run them as the owner after each migration. The role may add to the chain and read it; it could
    not change it even if the triggers were gone.
    """
    name = '"' + role.replace('"', '""') + '"'
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"
    for table in KEPT:
        yield f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {name}'
    yield f'REVOKE UPDATE, TRUNCATE ON "{WORDS}" FROM {name}'
    yield f'REVOKE DELETE, TRUNCATE ON "{HEAD}" FROM {name}'
    yield f'REVOKE UPDATE, TRUNCATE ON "{access_log.TABLE}" FROM {name}'


def _expected(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Each trigger's name and table."""
    refused = _refused(connection)
    found = [
        (f"{table}_no_{act.lower()}", table) for table, acts in refused.items() for act in acts
    ]
    found += [(f"{JOURNAL}_follows", JOURNAL), (f"{HEAD}_forwards", HEAD)]
    found += [(f"{table}_unsealed", table) for table in PARTS]
    if connection.vendor == "sqlite":
        found += [(f"{table}_once", table) for table in BESIDE if table in refused]
    return found


def _refused(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """What is refused on each table. While migrations run, not every table may be there yet."""
    standing = set(connection.introspection.table_names())
    return {
        # SQLite knows no TRUNCATE.
        table: [act for act in acts if act != "TRUNCATE" or connection.vendor == "postgresql"]
        for table, acts in _REFUSED.items()
        if table in standing
    }


def _says(table: str, act: str) -> str:
    return f"The savings ledger is append-only: {act} on {table} is refused. {_INSTEAD}"


_INSTEAD = "Put it right by what comes after: a reversal, or another step."


_OUT_OF_ORDER = "The savings ledger is one chain: this journal does not follow the last one."
_BACKWARDS = "The savings ledger is append-only: its head cannot go back."
_SEALED = "The savings ledger is append-only: nothing can be added to a journal that is sealed."


def _statements(connection: BaseDatabaseWrapper) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield from _for_sqlite(_refused(connection))
    elif connection.vendor == "postgresql":
        yield from _for_postgresql(_refused(connection))
    else:
        raise NotImplementedError(f"the ledger has no triggers for {connection.vendor}")


def _for_sqlite(refused: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for table, acts in refused.items():
        for act in acts:
            yield (
                f'CREATE TRIGGER "{table}_no_{act.lower()}" BEFORE {act} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{_says(table, act)}'); END"
            )
    # These refuse a REPLACE too, whether or not the connection has recursive_triggers on.
    yield (
        f'CREATE TRIGGER "{JOURNAL}_follows" BEFORE INSERT ON "{JOURNAL}" WHEN '
        f'NEW."number" <> (SELECT COALESCE(MAX("number"), 0) + 1 FROM "{JOURNAL}") OR '
        f'NEW."previous" <> COALESCE((SELECT "digest" FROM "{JOURNAL}" '
        f'WHERE "number" = NEW."number" - 1), \'{GENESIS}\') '
        f"BEGIN SELECT RAISE(ABORT, '{_OUT_OF_ORDER}'); END"
    )
    yield (
        f'CREATE TRIGGER "{HEAD}_forwards" BEFORE UPDATE ON "{HEAD}" '
        'WHEN NEW."number" < OLD."number" '
        f"BEGIN SELECT RAISE(ABORT, '{_BACKWARDS}'); END"
    )
    for table in PARTS:
        yield (
            f'CREATE TRIGGER "{table}_unsealed" BEFORE INSERT ON "{table}" WHEN '
            f'NEW."journal_id" <= (SELECT "number" FROM "{HEAD}") '
            f"BEGIN SELECT RAISE(ABORT, '{_SEALED}'); END"
        )
    for table in BESIDE.keys() & refused.keys():
        yield (
            f'CREATE TRIGGER "{table}_once" BEFORE INSERT ON "{table}" WHEN EXISTS '
            f'(SELECT 1 FROM "{table}" AS kept WHERE kept."id" = NEW."id" OR {BESIDE[table]}) '
            f"BEGIN SELECT RAISE(ABORT, '{_says(table, 'INSERT OR REPLACE')}'); END"
        )


def _for_postgresql(refused: Mapping[str, Iterable[str]]) -> Iterator[str]:
    yield f"""
        CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE =
                'The savings ledger is append-only: ' || TG_OP || ' on ' || TG_TABLE_NAME
                || ' is refused. {_INSTEAD}';
        END $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION ledger_follows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM {JOURNAL})
                OR NEW.previous <> COALESCE(
                    (SELECT digest FROM {JOURNAL} WHERE number = NEW.number - 1), '{GENESIS}')
            THEN
                RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
                    MESSAGE = '{_OUT_OF_ORDER}';
            END IF;
            RETURN NEW;
        END $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION ledger_forwards() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.number < OLD.number THEN
                RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
                    MESSAGE = '{_BACKWARDS}';
            END IF;
            RETURN NEW;
        END $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION ledger_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.journal_id <= (SELECT number FROM {HEAD}) THEN
                RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
                    MESSAGE = '{_SEALED}';
            END IF;
            RETURN NEW;
        END $$
    """
    for table, acts in refused.items():
        for act in acts:
            # For each statement, so that one that would touch no row is refused as well.
            yield from _on_postgresql(
                table, f"{table}_no_{act.lower()}", act, "STATEMENT", "ledger_refuse"
            )
    yield from _on_postgresql(JOURNAL, f"{JOURNAL}_follows", "INSERT", "ROW", "ledger_follows")
    yield from _on_postgresql(HEAD, f"{HEAD}_forwards", "UPDATE", "ROW", "ledger_forwards")
    for table in PARTS:
        yield from _on_postgresql(table, f"{table}_unsealed", "INSERT", "ROW", "ledger_unsealed")


def _on_postgresql(table: str, name: str, act: str, each: str, function: str) -> Iterator[str]:
    yield (
        f'CREATE TRIGGER "{name}" BEFORE {act} ON "{table}" '
        f"FOR EACH {each} EXECUTE FUNCTION {function}()"
    )
    # ALWAYS: setting session_replication_role does not get round it.
    yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
