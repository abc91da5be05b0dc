"""What a person may do hangs on their role, and on the lines it is held for (rule LED-12)."""

from __future__ import annotations

import pytest

from futurefit.ledger.entries import EntryKind, LineAttributes, Restriction
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder, Holding

LIBRARIES = LineAttributes(theme="people", project="libraries", directorate="adults")
ROADS = LineAttributes(theme="roads", directorate="economy")

VISITOR = Holder()
ALICE = Holder(
    1, "Head of Libraries", frozenset({Holding(Role.PROJECT_LEAD, "project", "libraries")})
)
BOB = Holder(2, "Finance", frozenset({Holding(Role.FINANCE_PARTNER)}))
BETH = Holder(
    3, "Finance, adults", frozenset({Holding(Role.FINANCE_PARTNER, "directorate", "adults")})
)
DAN = Holder(4, "Councillor", frozenset({Holding(Role.COUNCILLOR)}))


def test_a_lead_re_rates_their_own_lines_only() -> None:
    assert ALICE.may_post(EntryKind.RE_RATE, LIBRARIES)
    assert not ALICE.may_post(EntryKind.RE_RATE, ROADS)
    assert not ALICE.may_post(EntryKind.SET_TARGET, LIBRARIES)


def test_a_role_without_a_scope_counts_everywhere_and_one_with_a_scope_there() -> None:
    assert BOB.may_post(EntryKind.SET_TARGET, ROADS)
    assert BETH.may_post(EntryKind.SET_TARGET, LIBRARIES)
    assert not BETH.may_post(EntryKind.SET_TARGET, ROADS)


def test_an_act_about_no_line_asks_for_the_role_held_for_the_whole_programme() -> None:
    assert BOB.may_post(EntryKind.SET_CAPACITY, None)
    assert not BETH.may_post(EntryKind.SET_CAPACITY, None)
    assert BETH.may_post_somewhere(EntryKind.SET_CAPACITY)
    assert BOB.keeps(Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)
    assert not BETH.keeps(Role.FINANCE_PARTNER)
    assert not ALICE.may_post(EntryKind.SET_CAPACITY, None)


def test_a_reversal_is_for_finance_and_the_office() -> None:
    assert BOB.may_post(EntryKind.RE_RATE, ROADS, reversal=True)
    assert not ALICE.may_post(EntryKind.RE_RATE, LIBRARIES, reversal=True)


@pytest.mark.parametrize("kind", EntryKind)
def test_visitors_and_councillors_change_nothing(kind: EntryKind) -> None:
    for reader in (VISITOR, DAN):
        assert not reader.may_post(kind, LIBRARIES)
        assert not reader.may_post(kind, None)
        assert not reader.may_check(LIBRARIES)


def test_the_second_person_is_from_finance_and_for_that_line() -> None:
    assert BOB.may_check(ROADS)
    assert BETH.may_check(LIBRARIES)
    assert not BETH.may_check(ROADS)
    assert not ALICE.may_check(LIBRARIES)


@pytest.mark.parametrize(
    ("restriction", "readers"),
    [
        (Restriction.PUBLIC, [VISITOR, DAN, ALICE, BETH, BOB]),
        (Restriction.OFFICERS, [ALICE, BETH, BOB]),
        (Restriction.CONFIDENTIAL, [BOB]),
    ],
)
def test_restricted_words_are_for_officers_and_confidential_ones_for_their_own(
    restriction: Restriction, readers: list[Holder]
) -> None:
    line = LineAttributes(theme="roads", restriction=restriction)
    everybody = [VISITOR, DAN, ALICE, BETH, BOB]
    assert [reader for reader in everybody if reader.may_read(line)] == readers


def test_everybody_is_at_least_a_visitor() -> None:
    assert VISITOR.roles == {Role.VISITOR}
    assert BOB.roles == {Role.VISITOR, Role.FINANCE_PARTNER}


def test_people_share_pages_when_they_hold_the_same_and_not_otherwise() -> None:
    bill = Holder(9, "Chief Accountant", BOB.holdings)
    assert bill.audience_key == BOB.audience_key
    keys = {holder.audience_key for holder in (VISITOR, ALICE, BOB, BETH, DAN, Holder(5, "x"))}
    assert len(keys) == 6
