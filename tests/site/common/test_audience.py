"""Each view says who may open it, and nobody else gets in."""

from __future__ import annotations

import pytest
from django.test import Client

from futurefit.ledger.rights import Role
from futurefit.site.common.audience import PUBLIC, SIGNED_IN, audience, words
from tests.site import people
from tests.site.common import rooms


def test_a_visitor_is_asked_to_sign_in_and_brought_back(client: Client) -> None:
    response = client.get("/inside/?a=1")
    assert response.status_code == 302
    assert response["Location"] == "/account/sign-in/?next=/inside/%3Fa%3D1"


@pytest.mark.django_db
def test_a_role_opens_its_page_and_others_are_told_they_may_not(client: Client) -> None:
    client.force_login(people.bob())
    assert "the books" in client.get("/finance/").content.decode()
    client.force_login(people.dan())
    response = client.get("/finance/")
    assert response.status_code == 403
    assert "You may not open this page" in response.content.decode()
    assert "the books" not in response.content.decode()


@pytest.mark.django_db
def test_navigation_shows_what_a_reader_may_open(client: Client) -> None:
    def links(path: str) -> str:
        return client.get(path).content.decode().split("<main")[0]

    assert 'href="/finance/"' not in links("/")
    client.force_login(people.bob())
    assert 'href="/finance/"' in links("/")
    assert 'href="/finance/" aria-current="page"' in links("/finance/")


def test_an_audience_reads_as_words() -> None:
    assert words(rooms.numbered) == "public"
    assert words(rooms.inside) == "signed in"
    assert words(rooms.for_finance) == "finance partner, programme office"
    assert words(lambda request: None) == ""


@pytest.mark.parametrize("who", [(), (PUBLIC, SIGNED_IN), (PUBLIC, Role.COUNCILLOR)])
def test_an_audience_is_one_or_the_other(who: tuple) -> None:
    with pytest.raises(ValueError, match="an audience is"):
        audience(*who)
