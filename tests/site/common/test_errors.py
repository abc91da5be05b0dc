"""Pages for when things go wrong: plain words, and nothing that is nobody's business."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from tests.site import people


def test_an_address_that_leads_nowhere(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "There is no such page" in html
    assert "urlpatterns" not in html
    assert "nowhere" not in html.split("<main")[1]


def test_a_fault_of_ours_says_nothing_of_itself_but_to_the_log(caplog) -> None:
    client = Client(raise_request_exception=False)
    caplog.set_level(logging.ERROR, logger="django.request")
    response = client.get("/broken/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "The fault is ours" in html
    assert "secret" not in html
    assert "Example County Council" in html


def test_an_unknown_host_is_told_plainly(client: Client) -> None:
    for path in ("/never/", "/"):
        response = client.get(path, headers={"host": "elsewhere.example"})
        assert response.status_code == 400
        assert "cannot be read" in response.content.decode()
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/form/", {})
    assert response.status_code == 403
    html = response.content.decode()
    assert "This form can no longer be sent" in html
    assert "Nothing was changed" in html


@pytest.mark.django_db
def test_whoever_is_signed_in_stays_so_on_a_page_that_is_not_there(client: Client) -> None:
    client.force_login(people.bob())
    assert "Finance Business Partner" in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/broken/", "/account/sign-in/", "/inside/"])
def test_every_answer_carries_the_policies(path: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cache-Control"]
