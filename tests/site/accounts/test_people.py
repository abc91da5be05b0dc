"""Accounts and roles: posts, not names; scopes that make sense; a demo on this machine only."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from futurefit.ledger.rights import Role
from futurefit.site.accounts import operations, queries
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.accounts.models import RoleHolder, User
from tests.site import people

pytestmark = pytest.mark.django_db


def test_a_user_is_a_post_and_no_name_is_kept() -> None:
    bob = people.bob()
    assert str(bob) == bob.get_full_name() == bob.get_short_name() == "Finance Business Partner"
    assert not {"first_name", "last_name"} & {field.name for field in User._meta.get_fields()}


def test_what_a_user_holds_is_a_plain_value() -> None:
    alice = people.alice()
    assert queries.holder_of(alice) == Holder(
        alice.pk,
        "Head of Libraries",
        frozenset({Holding(Role.PROJECT_LEAD, "project", "libraries")}),
    )


def test_roles_are_set_as_a_whole_and_their_history_says_by_whom() -> None:
    office, alice = people.person("olive", "Programme Office"), people.alice()
    kept = Holding(Role.PROJECT_LEAD, "project", "libraries")
    new = Holding(Role.PROJECT_LEAD, "theme", "roads")
    operations.set_roles(user=alice, holdings=[kept, new], by=office)
    operations.set_roles(user=alice, holdings=[new], by=office)
    assert queries.holder_of(alice).holdings == {new}
    changes = RoleHolder.history.filter(user=alice, history_user=office)
    assert [(c.history_type, c.code) for c in changes.order_by("history_id")] == [
        ("+", "roads"),
        ("-", "libraries"),
    ]


@pytest.mark.parametrize(
    ("role", "dimension", "code"),
    [
        ("PROJECT_LEAD", "project", ""),
        ("PROJECT_LEAD", "", "libraries"),
        ("PROJECT_LEAD", "colour", "red"),
        ("EMPEROR", "", ""),
    ],
)
def test_the_database_refuses_a_role_that_makes_no_sense(
    role: str, dimension: str, code: str
) -> None:
    user = people.person("eve", "Eve")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolder.objects.create(user=user, role=role, dimension=dimension, code=code)


def test_a_role_says_where_it_is_held() -> None:
    people.alice()
    assert str(RoleHolder.objects.get()) == "Project lead for project libraries"


# --- demo accounts ------------------------------------------------------------------------------


def test_the_demo_has_somebody_of_every_role_and_each_can_sign_in(client: Client) -> None:
    sign_ins = operations.demo_accounts(host="127.0.0.1")
    assert {sign_in.role for sign_in in sign_ins} == set(Role) - {Role.VISITOR}
    for sign_in in sign_ins:
        typed = {"login": sign_in.username, "password": sign_in.password}
        assert Client().post("/account/sign-in/", typed).status_code == 302


def test_demo_passwords_are_new_each_time_and_the_old_ones_end() -> None:
    first = operations.demo_accounts(host="localhost")
    second = operations.demo_accounts(host="localhost")
    assert {s.password for s in first}.isdisjoint(s.password for s in second)
    assert min(len(s.password) for s in second) >= 16
    typed = {"login": first[0].username, "password": first[0].password}
    assert Client().post("/account/sign-in/", typed).status_code == 200
    assert User.objects.count() == len(operations.DEMO_PEOPLE)


def test_an_account_of_somebody_real_is_left_alone(client: Client) -> None:
    people.person("finance", "Director of Finance")
    sign_ins = operations.demo_accounts(host="127.0.0.1")
    assert "finance" not in {sign_in.username for sign_in in sign_ins}
    assert client.login(username="finance", password=people.PASSWORD)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.8", "::", "futurefit.example"])
def test_a_server_that_others_reach_has_no_demo_accounts(host: str) -> None:
    with pytest.raises(operations.NotLoopback, match="one machine"):
        operations.demo_accounts(host=host)
    assert not User.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost"])
def test_loopback_is_known_in_every_spelling(host: str) -> None:
    assert operations.is_loopback(host)


def test_demo_accounts_can_be_closed_and_real_ones_stay_open() -> None:
    people.bob()
    operations.demo_accounts(host="127.0.0.1")
    assert operations.close_demo_accounts() == 4
    assert list(User.objects.filter(is_active=True).values_list("username", flat=True)) == ["bob"]
    operations.demo_accounts(host="127.0.0.1")
    assert User.objects.filter(is_active=True).count() == 5
