"""An unchanged page is made once; whatever it depends on makes it anew; nobody sees another's."""

from __future__ import annotations

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from futurefit.site.common import caching
from tests.site import people
from tests.site.common import rooms


def number(response) -> int:
    return int(re.search(r"made: (\d+)", response.content.decode())[1])


def with_session(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- visitors -----------------------------------------------------------------------------------


def test_a_page_is_made_once_for_all_visitors(client: Client) -> None:
    assert number(client.get("/")) == number(Client().get("/"))


def test_a_visitors_page_asks_the_database_for_nothing_but_the_stamp(client: Client) -> None:
    # This test is not let near the database, and the stamp of these tests is not in it.
    for _ in range(2):
        assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_a_kept_page_asks_three_things_of_somebody_who_is_signed_in(
    django_assert_num_queries,
) -> None:
    bob = with_session(people.bob())
    bob.get("/inside/")
    with django_assert_num_queries(3):  # the session, the user, what they hold
        bob.get("/inside/")


def test_a_page_that_is_not_marked_is_made_each_time(client: Client) -> None:
    assert number(client.get("/never/")) != number(client.get("/never/"))


def test_another_address_query_or_host_is_another_page(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other"]
    numbers = [
        number(client.get("/")),
        number(client.get("/?a=1")),
        number(client.get("/?a=2")),
        number(client.get("/", headers={"host": "other"})),
    ]
    assert len(set(numbers)) == 4


def test_a_host_that_is_not_ours_is_refused_though_the_page_is_kept(client: Client) -> None:
    client.get("/")
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("stamp", [("head 2", "words"), ("head", "words 2")])
def test_a_change_of_figures_or_words_makes_a_new_page(
    client: Client, monkeypatch, stamp: tuple[str, str]
) -> None:
    before = client.get("/")
    monkeypatch.setattr(caching, "_stamps", [lambda: stamp])
    after = client.get("/")
    assert number(after) != number(before)
    assert after["ETag"] != before["ETag"]


def test_a_new_day_makes_a_new_page(client: Client, monkeypatch) -> None:
    before = client.get("/")
    monkeypatch.setattr(
        caching.timezone, "localdate", lambda: datetime(2030, 1, 1, tzinfo=UTC).date()
    )
    assert number(client.get("/")) != number(before)


def test_a_new_version_of_the_program_makes_a_new_page(client: Client, monkeypatch) -> None:
    before = client.get("/")
    monkeypatch.setattr(caching, "code_version", lambda: "newer")
    assert number(client.get("/")) != number(before)


def test_the_version_of_the_program_follows_its_files() -> None:
    assert re.fullmatch("[0-9a-f]{64}", caching.code_version())


def test_nothing_is_kept_where_nobody_says_what_pages_hang_on(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(caching, "_stamps", [])
    first = client.get("/")
    assert number(first) != number(client.get("/"))
    assert "ETag" not in first


def test_a_browser_that_has_the_page_is_told_that_it_is_unchanged(client: Client) -> None:
    etag = client.get("/")["ETag"]
    for known in (etag, f'"other", {etag}', f"W/{etag}"):
        again = client.get("/", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == etag
        assert "Content-Security-Policy" in again
    assert client.get("/", headers={"if-none-match": '"other"'}).status_code == 200


def test_a_large_page_travels_zipped_under_an_etag_of_its_own(client: Client) -> None:
    plain = client.get("/lines/?x=" + "1" * 50)
    zipped = client.get("/lines/?x=" + "1" * 50, headers={"accept-encoding": "br, gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["ETag"] != plain["ETag"]
    assert int(zipped["Content-Length"]) == len(zipped.content)
    assert "Accept-Encoding" in zipped["Vary"]


@pytest.mark.django_db
def test_a_kept_page_travels_zipped_to_somebody_who_is_signed_in_too(monkeypatch) -> None:
    monkeypatch.setattr(caching, "WORTH_ZIPPING", 100)
    bob = with_session(people.bob())
    plain = bob.get("/inside/")
    zipped = bob.get("/inside/", headers={"accept-encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]
    assert len(zipped.content) < len(plain.content)
    read = gzip.decompress(zipped.content).decode()
    assert without_token(read) == without_token(plain.content.decode())
    assert "Finance Business Partner" in read


def without_token(page: str) -> str:
    return re.sub('value="[^"]{64}"', "", page)


def test_a_kept_page_tells_the_browser_to_ask_each_time(client: Client) -> None:
    for _ in range(2):
        response = client.get("/")
        assert response["Cache-Control"] == "no-cache"
        assert response["Content-Type"] == "text/html; charset=utf-8"


def test_a_page_with_a_token_is_never_kept(client: Client) -> None:
    first, second = client.get("/token/"), Client().get("/token/")
    assert number(first) != number(second)
    assert "ETag" not in second
    assert second["Cache-Control"] == "private, no-store"


def test_what_is_not_there_is_not_kept(client: Client) -> None:
    assert number(client.get("/missing/")) != number(client.get("/missing/"))


def test_a_file_is_kept_with_its_name(client: Client) -> None:
    first, again = (client.get("/lines/?format=csv") for _ in range(2))
    assert again["Content-Disposition"] == first["Content-Disposition"]
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]


def test_cookies_of_other_sites_do_not_matter(client: Client) -> None:
    first = client.get("/")
    other = Client()
    other.cookies["analytics"] = "1"
    assert number(other.get("/")) == number(first)


def test_what_is_sent_is_never_answered_from_what_is_kept(client: Client) -> None:
    assert number(client.get("/")) != number(client.post("/"))


def test_many_at_once_have_the_page_made_once() -> None:
    with ThreadPoolExecutor(8) as readers:
        numbers = set(readers.map(lambda _: number(Client().get("/?at=once")), range(16)))
    assert len(numbers) == 1


# --- people -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_people_of_one_audience_share_a_page_and_each_sees_their_own_post() -> None:
    bob = with_session(people.bob())
    beth = with_session(
        people.person("beth", "Chief Accountant", people.Holding(people.Role.FINANCE_PARTNER))
    )
    first, second = bob.get("/inside/"), beth.get("/inside/")
    assert number(first) == number(second)
    assert "Finance Business Partner" in first.content.decode()
    assert "Chief Accountant" in second.content.decode()
    assert "Finance Business Partner" not in second.content.decode()


@pytest.mark.django_db
def test_another_role_or_scope_is_another_page() -> None:
    numbers = {
        number(with_session(user).get("/inside/"))
        for user in (people.alice(), people.bob(), people.charlie())
    }
    assert len(numbers) == 3


@pytest.mark.django_db
def test_a_visitor_never_sees_the_page_of_somebody_who_is_signed_in(client: Client) -> None:
    bob = with_session(people.bob())
    inside, outside = bob.get("/"), client.get("/")
    assert number(inside) != number(outside)
    assert "Finance Business Partner" not in outside.content.decode()
    assert "Sign in" in outside.content.decode()
    assert number(bob.get("/")) == number(inside)


@pytest.mark.django_db
def test_each_person_has_their_own_token_to_sign_out() -> None:
    bob, dan = with_session(people.bob()), with_session(people.dan())
    for person in (bob, dan):
        person.handler.enforce_csrf_checks = True
        person.get("/inside/")
        html = person.get("/inside/").content.decode()
        token = re.search('name="csrfmiddlewaretoken" value="(.*?)"', html)[1]
        sent = person.post("/account/sign-out/", {"csrfmiddlewaretoken": token})
        assert sent.status_code == 302
        assert person.get("/inside/").status_code == 302


@pytest.mark.django_db
def test_a_page_for_people_is_not_found_by_going_back() -> None:
    bob = with_session(people.bob())
    for _ in range(2):
        response = bob.get("/inside/")
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
        assert "Cookie" in response["Vary"]


@pytest.mark.django_db
def test_a_page_with_a_token_is_made_for_each_person_with_their_own_header() -> None:
    bob = with_session(people.bob())
    first, second = bob.get("/token/"), bob.get("/token/")
    assert number(first) != number(second)
    assert "Finance Business Partner" in second.content.decode()
    assert "<!--gap" not in second.content.decode()


@pytest.mark.django_db
def test_a_message_is_shown_once_to_whom_it_was_told() -> None:
    told, other = with_session(people.bob()), with_session(people.dan())
    for person in (told, other):
        person.get("/inside/")
    told.get("/say/")
    assert "Rated amber: £250k of FF-2 &lt;Libraries&gt;." in told.get("/inside/").content.decode()
    assert "Rated amber" not in other.get("/inside/").content.decode()
    assert "Rated amber" not in told.get("/inside/").content.decode()


def test_a_visitor_too_is_told_once(client: Client) -> None:
    client.get("/")
    client.get("/say/")
    assert "Rated amber" in client.get("/").content.decode()
    assert "Rated amber" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_each_reading_of_a_restricted_page_is_logged_though_it_is_kept() -> None:
    from futurefit.site.accounts import queries

    bob = with_session(people.bob())
    assert number(bob.get("/restricted/")) == number(bob.get("/restricted/"))
    read = queries.access_log().filter(kind="READ_RESTRICTED")
    assert [(line.post, line.what) for line in read] == [
        ("Finance Business Partner", "line FF-7")
    ] * 2


@pytest.mark.django_db
def test_whoever_loses_a_role_loses_its_page_at_once() -> None:
    from futurefit.site.accounts import operations

    user = people.bob()
    bob = with_session(user)
    before = bob.get("/inside/")
    operations.set_roles(user=user, holdings=[], by=None)
    assert number(bob.get("/inside/")) != number(before)


def test_a_gap_cannot_be_forged_by_what_somebody_types() -> None:
    request = RequestFactory().get("/")
    request.leaves_gaps = True
    left = caching.gap(request, "person")
    html = rooms.page.__globals__["engines"]["django"].from_string("{{ typed }}")
    assert left not in html.render({"typed": left})
