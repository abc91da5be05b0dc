"""Whatever is changed behind the triggers' back, verify finds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts
from futurefit.ledger.chain import GENESIS, Head
from futurefit.ledger.entries import Account, SourceKind
from futurefit.site.ledger import guards, models, operations, proof, queries
from tests.site.ledger.books import BETH, BOB, CAROL, LATER, Book, rated

JUNE = date(2015, 6, 30)


@pytest.fixture
def full(own_book: Book) -> Book:
    own_book.open("LIB-1", y2016=100_00)
    own_book.open("LIB-2", y2016=50_00, y2017=-5_00)
    own_book.post(
        rated("LIB-1", 60_00),
        acts.set_capacity("budget", SourceKind.BUDGET_LINE, 1_000_00, on=LATER),
        acts.claim("LIB-1", "budget", 10_000, on=LATER),
        sources=(Provenance(file="paper.md", page=3, table=2, printed="£100"),),
    )
    own_book.post(
        acts.deliver("LIB-1", {"2016/17": 5_00}, from_rating=Account.AMBER, on=LATER),
        second=BETH,
    )
    operations.name_baseline("Budget", by=BOB, as_at=LATER, why="Cabinet")
    operations.close_month(JUNE, by=BOB)
    operations.unlock_month(
        JUNE,
        by=BOB,
        for_post=BETH.post,
        for_user=BETH.user_id,
        until=timezone.localdate(),
        why="so",
    )
    operations.close_month(JUNE, by=BOB)
    return own_book


Tamper = Callable[..., set[str]]


class Hand:
    """Runs statements like Django's editor of schemas, without its checks."""

    connection = connection

    def execute(self, sql: str, params: None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.fixture
def tamper(full: Book) -> Tamper:
    """Change rows as somebody could who owns the tables, and put the triggers back."""

    def change(*statements: str) -> set[str]:
        editor = Hand()
        guards.remove(None, editor)
        if connection.vendor == "sqlite":
            editor.execute("PRAGMA foreign_keys = OFF")
        else:
            editor.execute("SET session_replication_role = replica")
        for statement in statements:
            editor.execute(statement)
        guards.install(None, editor)
        return {finding.code for finding in proof.verify()}

    return change


def test_a_sound_ledger_has_no_findings(full: Book) -> None:
    assert proof.verify() == []
    assert proof.verify(queries.head()) == []
    assert proof.verify(Head()) == []


def test_an_empty_ledger_has_no_findings(db: None) -> None:
    assert proof.verify() == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE ledger_posting SET amount_pence = 1 WHERE journal_id = 3", "CHAIN-EDITED"),
        ("UPDATE ledger_posting SET line = 'LIB-2' WHERE journal_id = 3", "CHAIN-EDITED"),
        ("UPDATE ledger_posting SET place = 9 - place WHERE journal_id = 3", "CHAIN-EDITED"),
        ("DELETE FROM ledger_posting WHERE journal_id = 3 AND place = 1", "CHAIN-UNBALANCED"),
        ("UPDATE ledger_entry SET effective_on = '2015-11-20'", "CHAIN-EDITED"),
        ("UPDATE ledger_entry SET basis_points = 1 WHERE basis_points > 0", "CHAIN-EDITED"),
        ("UPDATE ledger_entry SET base_pence = 1 WHERE base_pence > 0", "CHAIN-EDITED"),
        ("UPDATE ledger_entryattributes SET fund = 'CAPITAL'", "CHAIN-EDITED"),
        ("UPDATE ledger_source SET page = 4", "CHAIN-EDITED"),
        ("DELETE FROM ledger_source", "CHAIN-EDITED"),
        ("UPDATE ledger_journal SET decision = 'another' WHERE number = 2", "CHAIN-EDITED"),
        ("UPDATE ledger_journal SET recorded_at = '2001-01-01 00:00:00+00'", "CHAIN-DIGEST"),
        ("UPDATE ledger_journal SET digest = previous WHERE number = 2", "CHAIN-LINK"),
        ("UPDATE ledger_commitment SET commitment = 'f'", "CHAIN-EDITED"),
        ("UPDATE ledger_journalword SET text = 'Somebody' WHERE field = 'by'", "CHAIN-WORDS"),
        ("UPDATE ledger_journalword SET salt = 'x' WHERE field = 'why'", "CHAIN-WORDS"),
        ("DELETE FROM ledger_entry WHERE journal_id = 4", "CHAIN-STRAY"),
        ("DELETE FROM ledger_journal WHERE number = 2", "CHAIN-GAP"),
        ("DELETE FROM ledger_journal WHERE number = 4", "LEDGER-HEAD"),
        (
            "INSERT INTO ledger_posting SELECT entry + 7, place, line, year, account, reason, "
            "amount_pence, source, journal_id FROM ledger_posting WHERE journal_id = 3",
            "CHAIN-STRAY",
        ),
        ("UPDATE ledger_line SET theme = 'another'", "LEDGER-LINE"),
        ("UPDATE ledger_line SET tranche = 'CURRENT' WHERE ref = 'LIB-1'", "LEDGER-LINE"),
        ("UPDATE ledger_line SET last_journal = 9 WHERE ref = 'LIB-1'", "LEDGER-LINE"),
        ("DELETE FROM ledger_line WHERE ref = 'LIB-1'", "LEDGER-LINE"),
        ("UPDATE ledger_ledgerhead SET number = 3", "LEDGER-HEAD"),
        ("UPDATE ledger_ledgerhead SET number = 5", "LEDGER-HEAD"),
        (f"UPDATE ledger_ledgerhead SET digest = '{GENESIS}'", "LEDGER-HEAD"),
        (f"UPDATE ledger_namedposition SET digest = '{GENESIS}'", "LEDGER-POSITION"),
        ("UPDATE ledger_namedposition SET number = 5", "LEDGER-POSITION"),
        ("DELETE FROM ledger_namedposition WHERE name = 'June 2015'", "CLO-03"),
        ("UPDATE ledger_namedposition SET name = 'June' WHERE name = 'June 2015'", "CLO-03"),
        ("UPDATE ledger_namedposition SET as_at = '2015-06-29' WHERE kind = 'MONTH'", "CLO-02"),
        ("DELETE FROM ledger_namedposition WHERE kind = 'MONTH'", "CLO-02"),
        ("DELETE FROM ledger_monthstep", "CLO-02"),
        ("UPDATE ledger_monthstep SET month = '2015-07-31'", "CLO-02"),
        ('UPDATE ledger_monthstep SET for_post = "by"', "CLO-04"),
    ],
)
def test_what_was_tampered_with_is_found(tamper: Tamper, statement: str, code: str) -> None:
    assert code in tamper(statement)


def test_a_line_that_the_chain_never_opened_is_found(tamper: Tamper) -> None:
    names = ", ".join(f'"{field.column}"' for field in models.Line._meta.concrete_fields)
    chosen = names.replace('"ref"', "'GHOST'")
    assert tamper(
        f"INSERT INTO ledger_line ({names}) SELECT {chosen} FROM ledger_line WHERE ref = 'LIB-1'"
    ) == {"LEDGER-LINE"}


@pytest.mark.sqlite
def test_a_row_that_cannot_be_read_is_found_not_fatal(tamper: Tamper) -> None:
    found = tamper("UPDATE ledger_entry SET effective_on = 'never' WHERE journal_id = 2")
    assert "CHAIN-UNREADABLE" in found


def test_a_cut_tail_shows_against_a_head_noted_before(full: Book, tamper: Tamper) -> None:
    noted = queries.head()
    statements = [
        f"DELETE FROM ledger_{table} WHERE journal_id = 4"
        for table in ("posting", "entry", "commitment", "journalword")
    ]
    third = queries.journal(3)
    found = tamper(
        *statements,
        "DELETE FROM ledger_journal WHERE number = 4",
        "DELETE FROM ledger_namedposition",
        "DELETE FROM ledger_monthstep",
        "UPDATE ledger_line SET last_journal = 3 WHERE ref = 'LIB-1'",
        f"UPDATE ledger_ledgerhead SET number = 3, digest = '{third.digest}'",
    )
    # A tail cut off cleanly is a sound, shorter chain …
    assert found == set()
    # … unless somebody noted its head.
    assert {finding.code for finding in proof.verify(noted)} == {"CHAIN-HEAD"}


def test_erased_words_verify(full: Book) -> None:
    operations.erase_words(3, ["by", "source:0"], by=CAROL, why="Asked to be forgotten")
    assert proof.verify() == []
