"""Who may post which kind? (rule LED-12)"""

import pytest

from futurefit.ledger.entries import EntryKind
from futurefit.ledger.rights import RIGHTS, Role, may, may_check, needs_second_person


def test_every_kind_has_its_rights_and_only_officers_post() -> None:
    """LED-12."""
    assert set(RIGHTS) == set(EntryKind)
    for kind in EntryKind:
        assert not may(Role.VISITOR, kind)
        assert not may(Role.COUNCILLOR, kind)
        assert may(Role.FINANCE_PARTNER, kind)


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (EntryKind.RE_RATE, True),
        (EntryKind.RE_PROFILE, True),
        (EntryKind.DELIVER, True),
        (EntryKind.SET_TARGET, False),
        (EntryKind.RE_TARGET, False),
        (EntryKind.RECLASSIFY, False),
    ],
)
def test_what_a_project_lead_may_do(kind: EntryKind, allowed: bool) -> None:
    assert may(Role.PROJECT_LEAD, kind) is allowed
    assert not may(Role.PROJECT_LEAD, kind, reversal=True)


def test_a_delivery_is_checked_by_finance() -> None:
    assert [kind for kind in EntryKind if needs_second_person(kind)] == [EntryKind.DELIVER]
    assert [role for role in Role if may_check(role)] == [Role.FINANCE_PARTNER]
