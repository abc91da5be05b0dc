"""How does the database itself keep the access log as it was written?

Triggers on SQLite and PostgreSQL refuse to change a line, and to delete one while it must be kept.
Sign-ins are personal data: they may go once `KEPT_DAYS` have passed, and
`operations.forget_old_access` sees to it. A migration that rebuilds the table on SQLite must end
with `RunPython(guards.install, …)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "accounts_accessevent"

KEPT_DAYS = 400
"""A year and a month, so that a full year can be audited."""

_CHANGE = "The access log is append-only: no line of it can be changed."
_DELETE = f"The access log keeps every line for {KEPT_DAYS} days."


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": _for_sqlite, "postgresql": _for_postgresql}[vendor]():
        schema_editor.execute(statement, params=None)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away: the way back of a migration."""
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for act in ("update", "delete") + (("truncate",) if on else ()):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{act}{on}", params=None)


def _for_sqlite() -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_CHANGE}'); END"
    )
    yield (
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
        f"WHEN OLD.happened_at > datetime('now', '-{KEPT_DAYS} days') "
        f"BEGIN SELECT RAISE(ABORT, '{_DELETE}'); END"
    )


def _for_postgresql() -> Iterator[str]:
    yield f"""
        CREATE OR REPLACE FUNCTION accounts_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD.happened_at <= now() - interval '{KEPT_DAYS} days' THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
                    MESSAGE = '{_DELETE}';
            END IF;
            RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
                MESSAGE = '{_CHANGE}';
        END $$
    """
    for act, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"{TABLE}_no_{act.lower()}"
        yield (
            f"CREATE TRIGGER {name} BEFORE {act} ON {TABLE} "
            f"FOR EACH {each} EXECUTE FUNCTION accounts_keep_access()"
        )
        yield f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}"
