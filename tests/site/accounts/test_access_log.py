"""Who signed in, who was refused, and a log that the database itself keeps as it was written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from futurefit.site.accounts import guards, operations, queries
from futurefit.site.accounts.models import AccessEvent, AccessKind
from tests.site import people

pytestmark = pytest.mark.django_db


def sign_in(client: Client, username: str, password: str = people.PASSWORD):
    return client.post("/account/sign-in/", {"login": username, "password": password})


def logged() -> list[tuple[str, str, str]]:
    return [(line.kind, line.post, line.address) for line in queries.access_log()]


def test_signing_in_and_out_is_logged(client: Client) -> None:
    people.bob()
    sign_in(client, "bob")
    client.post("/account/sign-out/")
    assert logged() == [
        ("SIGNED_OUT", "Finance Business Partner", "127.0.0.1"),
        ("SIGNED_IN", "Finance Business Partner", "127.0.0.1"),
    ]


def test_a_refusal_is_logged_and_what_was_typed_is_not(client: Client) -> None:
    people.bob()
    sign_in(client, "bob", "wrong")
    sign_in(client, "my password, by mistake", "wrong")
    assert logged() == [
        ("REFUSED", "", "127.0.0.1"),
        ("REFUSED", "Finance Business Partner", "127.0.0.1"),
    ]
    assert "mistake" not in repr(list(AccessEvent.objects.values()))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "127.0.0.1"),  # anybody can write this header
        (1, "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (2, "192.0.2.7, 10.0.0.1", "192.0.2.7"),
        (2, "192.0.2.7", "127.0.0.1"),
    ],
)
def test_an_address_is_the_one_that_a_trusted_proxy_saw(
    settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    line = operations.log_access(kind=AccessKind.REFUSED, by=None, request=request)
    assert line.address == address


def old_line(days: int) -> AccessEvent:
    return AccessEvent.objects.create(
        happened_at=timezone.now() - timedelta(days=days), kind=AccessKind.SIGNED_IN
    )


def test_no_line_can_be_changed() -> None:
    line = old_line(0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccessEvent.objects.filter(pk=line.pk).update(post="somebody else")


def test_no_line_can_be_deleted_while_it_is_kept() -> None:
    line = old_line(guards.KEPT_DAYS - 1)
    with pytest.raises(DatabaseError, match="400 days"), transaction.atomic():
        line.delete()


@pytest.mark.sqlite
def test_no_line_can_be_replaced() -> None:
    line = old_line(0)
    with (
        pytest.raises(DatabaseError, match="400 days"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "REPLACE INTO accounts_accessevent (id, happened_at, kind, post, address, what) "
            "VALUES (%s, %s, 'REFUSED', '', '', '')",
            [line.pk, timezone.now()],
        )


@pytest.mark.postgres
def test_the_log_cannot_be_emptied() -> None:
    old_line(0)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE accounts_accessevent")


def test_lines_that_need_not_be_kept_go_and_no_others() -> None:
    old_line(guards.KEPT_DAYS + 1)
    kept = old_line(guards.KEPT_DAYS - 1)
    assert operations.forget_old_access() == 1
    assert [line.pk for line in queries.access_log()] == [kept.pk]
    assert operations.forget_old_access() == 0


def test_long_words_are_cut_rather_than_lost() -> None:
    line = operations.log_access(kind=AccessKind.READ_RESTRICTED, by=people.bob(), what="x" * 999)
    assert len(line.what) == 300
    assert str(line).endswith("Read something restricted Finance Business Partner")
