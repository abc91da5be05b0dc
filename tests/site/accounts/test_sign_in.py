"""Signing in: by user name and password, with plain faults, and not as often as a guesser would."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.site import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_rooms(settings, clean_site: None) -> None:
    settings.ROOT_URLCONF = "tests.site.common.rooms"
    settings.NAVIGATION = []


def sign_in(client: Client, username: str, password: str = people.PASSWORD, **more: str):
    return client.post("/account/sign-in/", {"login": username, "password": password, **more})


def test_the_page_asks_for_two_things_and_offers_no_account(client: Client) -> None:
    html = client.get("/account/sign-in/").content.decode()
    assert html.count("<input") == 3  # the token, the name, the password
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "placeholder" not in html
    assert "Sign up" not in html


def test_whoever_signs_in_comes_back_to_where_they_were(client: Client) -> None:
    people.bob()
    response = sign_in(client, "bob", next="/inside/?a=1")
    assert response["Location"] == "/inside/?a=1"
    assert "Signed in as" in client.get("/inside/").content.decode()


def test_nobody_is_led_to_another_site(client: Client) -> None:
    people.bob()
    assert sign_in(client, "bob", next="https://elsewhere.example/")["Location"] == "/"


@pytest.mark.parametrize("username", ["bob", "nobody"])
def test_a_fault_does_not_tell_which_half_is_wrong(client: Client, username: str) -> None:
    people.bob()
    html = sign_in(client, username, "wrong").content.decode()
    assert "The user name or the password is not right." in html
    assert "<title>Error: Sign in" in html
    assert "wrong" not in html


def test_an_empty_field_is_named(client: Client) -> None:
    html = sign_in(client, "", "").content.decode()
    assert '<a href="#id_login">Enter your user name.</a>' in html
    assert '<a href="#id_password">Enter your password.</a>' in html


def test_a_closed_account_does_not_open(client: Client) -> None:
    user = people.bob()
    user.is_active = False
    user.save()
    closed = client.post("/account/sign-in/", {"login": "bob", "password": people.PASSWORD})
    assert "This account is closed" in client.get(closed["Location"]).content.decode()
    assert client.get("/inside/").status_code == 302


def test_a_guesser_is_held_back_even_with_the_right_password(client: Client) -> None:
    people.bob()
    for _ in range(5):
        sign_in(client, "bob", "wrong")
    response = sign_in(client, "bob")
    assert "too many attempts" in response.content.decode().lower()
    assert client.get("/inside/").status_code == 302


def test_a_flood_from_one_address_is_held_back(client: Client) -> None:
    for number in range(61):
        response = sign_in(client, f"user{number}", "")
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()


def test_a_session_ends_with_the_browser_and_is_out_of_reach_of_scripts(client: Client) -> None:
    people.bob()
    cookie = sign_in(client, "bob").cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]


def test_signing_out_takes_a_form_not_a_link(client: Client) -> None:
    client.force_login(people.bob())
    assert "Sign out?" in client.get("/account/sign-out/").content.decode()
    assert client.get("/inside/").status_code == 200
    assert client.post("/account/sign-out/")["Location"] == "/"
    assert client.get("/inside/").status_code == 302


def test_a_password_is_changed_by_whoever_knows_the_present_one(client: Client) -> None:
    client.force_login(people.bob())
    new = "another long enough one"
    form = {"oldpassword": "wrong", "password1": new, "password2": new}
    html = client.post("/account/password/", form).content.decode()
    assert "This is not your present password." in html
    assert (
        client.post("/account/password/", {**form, "oldpassword": people.PASSWORD}).status_code
        == 302
    )
    client.logout()
    assert sign_in(client, "bob", new).status_code == 302


def test_a_short_or_common_password_is_refused_with_the_reason(client: Client) -> None:
    client.force_login(people.bob())
    form = {"oldpassword": people.PASSWORD, "password1": "short", "password2": "short"}
    html = client.post("/account/password/", form).content.decode()
    assert "at least 12 characters" in html
    assert client.get("/account/password/").status_code == 200


def test_a_visitor_has_no_password_to_change(client: Client) -> None:
    assert client.get("/account/password/")["Location"].startswith("/account/sign-in/")
