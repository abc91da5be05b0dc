"""Forms: what people fill in, what comes of it, and what is refused beside its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from futurefit.ledger import acts
from futurefit.ledger.entries import Account, Restriction
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holding
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import history, models, operations
from tests.site import people
from tests.site.ledger.books import LATER
from tests.site.programme.worlds import World, holder

NEW = {
    "name": "Parks & gardens",
    "saving_type": "NEW",
    "description": "Fewer gates",
    "head_of_service_lead": "Head of Libraries",
    "cmr_challenge": "Head of Libraries\nSomebody Else",
    "base_budget_pence": "£5.9m",
    "base_budget_year": "2015-16",
}


def test_alice_creates_a_project_and_may_go_on_with_it(world: World, alice: Client) -> None:
    done = alice.post("/projects/new/", {**NEW, "parent": world.theme.pk}, follow=True)
    assert done.redirect_chain == [("/projects/parks-gardens/", 302)]
    page = done.content.decode()
    assert "ask finance to set its target" in page
    assert "/open-line/?parent=project:parks-gardens" in page
    assert "/projects/parks-gardens/change/" in page
    project = models.Project.objects.get(heading__code="parks-gardens")
    assert project.heading.parent == world.theme
    assert project.stage == models.Stage.CONCEPT
    # Posts are kept as codes where they have one, years as the ledger writes them, money in pence.
    assert project.head_of_service_lead == "head-libraries"
    assert project.cmr_challenge == "head-libraries\nSomebody Else"
    assert (project.base_budget_pence, project.base_budget_year) == (590_000_000, "2015/16")
    assert project.history.get().history_user == world.alice


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Fill in “Name”."),
        ({"code": "a b/c"}, "Write letters, digits and hyphens only."),
        ({"code": "libraries"}, "There is a project “libraries” already."),
        ({"name": "???"}, "Give the project a short code in plain letters."),
        ({"base_budget_year": "2015-2018"}, "2015"),
        ({"base_budget_pence": "lots"}, "lots"),
        ({"head_of_service_lead": "One\nTwo"}, "Name one post."),
        ({"saving_type": "SLOWER"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_created(
    world: World, alice: Client, wrong: dict[str, str], told: str
) -> None:
    response = alice.post("/projects/new/", {**NEW, **wrong})
    assert response.status_code == 422
    page = response.content.decode()
    assert "There is a problem" in page
    assert told in page
    assert "Fewer gates" in page  # what was typed is still there
    assert models.Project.objects.count() == 2


def form_of(client: Client, address: str) -> dict[str, object]:
    """What a browser would send if nothing were changed."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def test_alice_changes_what_is_said_and_the_page_follows(world: World, alice: Client) -> None:
    assert "Read all night" not in alice.get("/projects/libraries/").content.decode()
    sent = {**form_of(alice, "/projects/libraries/change/"), "purpose": "Read all night"}
    assert sent["head_of_service_lead"] == "Head of Libraries"
    done = alice.post("/projects/libraries/change/", {**sent, "why": "New"}, follow=True)
    assert "Read all night" in done.content.decode()
    change = history.of(models.Project.objects.get(pk=world.libraries.pk))[0]
    assert (change.by, change.field, change.why) == ("Head of Libraries", "Purpose", "New")


def test_nobody_is_asked_for_the_stage_beside_the_words(world: World, carol: Client) -> None:
    assert "stage" not in form_of(carol, "/projects/libraries/change/")


def test_two_who_write_at_once_do_not_overwrite_each_other(
    world: World, alice: Client, bob: Client
) -> None:
    hers, his = (form_of(c, "/projects/libraries/change/") for c in (alice, bob))
    bob.post("/projects/libraries/change/", {**his, "purpose": "His"})
    response = alice.post("/projects/libraries/change/", {**hers, "purpose": "Hers"})
    assert response.status_code == 422
    assert "Finance Business Partner changed this" in response.content.decode()
    assert models.Project.objects.get(pk=world.libraries.pk).purpose == "His"


@pytest.mark.parametrize("address", ["/themes/open/change/", "/workstreams/desks/change/"])
def test_bob_changes_themes_and_workstreams(world: World, bob: Client, address: str) -> None:
    done = bob.post(address, {**form_of(bob, address), "name": "Renamed"}, follow=True)
    assert "Renamed" in done.content.decode()


def test_a_part_of_which_nothing_was_said_can_be_written_about(world: World, carol: Client) -> None:
    models.Workstream.objects.all().delete()
    assert carol.get("/workstreams/desks/").status_code == 200
    sent = {**form_of(carol, "/workstreams/desks/change/"), "method": "Share them"}
    done = carol.post("/workstreams/desks/change/", sent, follow=True)
    assert "Share them" in done.content.decode()


STATEMENTS = {
    "milestone": {"what": "Doors", "due_on": "31 March 2016", "status": "OUTSTANDING"},
    "risk": {"what": "Keys", "likelihood": "2", "impact": "5", "owner_post": "Head of Libraries"},
    "successmeasure": {"what": "Fewer", "baseline": "9", "target": "3"},
    "dependency": {"what": "Roads"},
    "supportrequest": {"what": "Locks", "line_ref": "LIB-I"},
    "fact": {"what": "Doors", "printed": "c. 99"},
    "consultation": {"what": "Hours", "starts_on": "1/1/2016", "ends_on": "31/1/2016"},
    "fteimpact": {"year": "2016-17", "change": "-2.5"},
}


@pytest.mark.parametrize("kind", STATEMENTS)
def test_alice_adds_changes_and_takes_away_a_statement(
    world: World, alice: Client, carol: Client, kind: str
) -> None:
    done = alice.post(f"/projects/libraries/add/{kind}/", STATEMENTS[kind], follow=True)
    assert done.redirect_chain == [("/projects/libraries/", 302)]
    model = models.FteImpact if kind == "fteimpact" else _model(kind)
    row = model._default_manager.get()
    address = f"/statements/{kind}/{row.pk}/"
    assert address in done.content.decode()
    sent = form_of(alice, address)
    assert alice.post(address, {**sent, "why": "Checked"}).status_code == 302
    # A consultation holds decisions up: only those who keep all words take it away.
    taker = carol if kind == "consultation" else alice
    refused = taker.post(address, {"remove": "yes", "remove-why": ""})
    assert refused.status_code == 422
    assert taker.post(address, {"remove": "yes", "remove-why": "Twice"}).status_code == 302
    assert not model._default_manager.exists()
    assert model.history.first().history_change_reason == "Twice"


def _model(kind: str) -> type[models.About]:
    return next(m for m in models.About.__subclasses__() if m._meta.model_name == kind)


def test_a_statement_of_a_theme_may_be_about_what_is_below_it(world: World, carol: Client) -> None:
    sent = {**STATEMENTS["milestone"], "about": world.workstream.pk}
    carol.post("/themes/open/add/milestone/", sent)
    milestone = models.Milestone.objects.get()
    assert milestone.about == world.workstream
    assert (milestone.due_on, milestone.order) == (date(2016, 3, 31), 1)
    wrong = carol.post("/themes/open/add/milestone/", {**sent, "about": world.roads.heading.pk})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("kind", "sent", "told"),
    [
        (
            "milestone",
            {"status": "OUTSTANDING", "done_on": "1/1/2016"},
            "Only a milestone that is done",
        ),
        ("milestone", {"due_on": "soon"}, "This is not a date"),
        ("risk", {"likelihood": "6"}, "valid choice"),
        ("supportrequest", {"line_ref": "NONE-1"}, "There is no line “NONE-1”"),
        ("supportrequest", {"line_ref": "LIB-1"}, "LIB-1 is not an investment"),
        ("fteimpact", {"year": "2020/21+"}, "open bucket"),
        ("fact", {"printed": ""}, "Fill in “As the paper prints it”."),
    ],
)
def test_what_is_wrong_with_a_statement_is_told(
    world: World, alice: Client, kind: str, sent: dict[str, str], told: str
) -> None:
    response = alice.post(f"/projects/libraries/add/{kind}/", {**STATEMENTS[kind], **sent})
    assert response.status_code == 422
    assert told in response.content.decode()


def test_a_second_change_of_posts_in_a_year_is_refused(world: World, alice: Client) -> None:
    alice.post("/projects/libraries/add/fteimpact/", STATEMENTS["fteimpact"])
    again = alice.post("/projects/libraries/add/fteimpact/", STATEMENTS["fteimpact"])
    assert again.status_code == 422
    assert models.FteImpact.objects.count() == 1


def test_posts_change_in_projects_only(world: World, carol: Client) -> None:
    assert carol.get("/themes/open/add/fteimpact/").status_code == 404
    assert carol.get("/themes/open/add/nonsense/").status_code == 404


def test_charlie_changes_no_statement_of_others(world: World, charlie: Client) -> None:
    risk = world.risk(world.libraries.heading)
    address = f"/statements/risk/{risk.pk}/"
    assert charlie.get(address).status_code == 403
    assert charlie.post(address, {"remove": "yes", "remove-why": "x"}).status_code == 403
    assert models.Risk.objects.exists()


def test_bob_signs_the_figures_that_he_saw(world: World, bob: Client) -> None:
    address = "/projects/libraries/sign-off/"
    assert "Current savings" in bob.get(address).content.decode()
    sent = {**form_of(bob, address), "capacity": "Head of Finance"}
    done = bob.post(address, sent, follow=True)
    page = done.content.decode()
    head = ledger_queries.head()
    assert f"{head.number}:{head.digest}" in page
    assert "Finance Business Partner" in page


def test_figures_that_moved_are_not_signed(world: World, bob: Client) -> None:
    address = "/projects/libraries/sign-off/"
    sent = {**form_of(bob, address), "capacity": "Head of Finance"}
    line = ledger_queries.current_ledger().lines["LIB-2"]
    world.add("LIB-9", line, Account.RED, {"2016/17": 100})
    refused = bob.post(address, sent)
    assert refused.status_code == 422
    assert "LIB-9" in refused.content.decode()
    assert not models.SignOff.objects.exists()


@pytest.mark.parametrize("shown", ["", "-", "5", "nonsense", "99999999999999999999-x"])
def test_a_tampered_sign_off_is_refused(world: World, bob: Client, shown: str) -> None:
    sent = {"capacity": "Head of Finance", "shown": shown}
    assert bob.post("/projects/libraries/sign-off/", sent).status_code == 422
    assert not models.SignOff.objects.exists()


def test_nobody_signs_in_a_capacity_that_is_not_theirs(world: World, alice: Client) -> None:
    sent = {**form_of(alice, "/projects/libraries/sign-off/"), "capacity": "Head of Finance"}
    assert alice.post("/projects/libraries/sign-off/", sent).status_code == 422


def test_a_form_needs_its_token(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.alice)
    assert strict.post("/projects/new/", NEW).status_code == 403


def test_words_changed_behind_the_cache_are_seen_at_once(world: World, client: Client) -> None:
    assert "Later" not in client.get("/themes/open/").content.decode()
    theme = models.Theme.objects.get()
    theme.pace = "Later"
    operations.revise(theme, by=holder(world.carol), seen=None)
    assert "Later" in client.get("/themes/open/").content.decode()
    assert Heading.objects.filter(dimension="theme").count() == 1


def test_a_form_to_sign_names_no_line_that_may_not_be_read(world: World) -> None:
    """PRO-02: it carries a digest of what the figures rested on."""
    hidden = replace(
        ledger_queries.current_ledger().lines["LIB-3"],
        directorate="CHB",
        restriction=Restriction.CONFIDENTIAL,
    )
    world.add("SEC-1", hidden, Account.RED, {"2016/17": 100})
    lead = people.person("bec", "Director", Holding(Role.PROJECT_LEAD, "directorate", "BEC"))
    client = Client()
    client.force_login(lead)
    assert client.get("/lines/SEC-1/").status_code == 404
    address = "/projects/libraries/sign-off/"
    page = client.get(address)
    assert page.status_code == 200
    assert "SEC-1" not in page.content.decode()
    sent = {**form_of(client, address), "capacity": "Director"}
    world.post(
        acts.re_rate(
            "SEC-1", {"2016/17": 1_00}, from_rating=Account.RED, to_rating=Account.AMBER, on=LATER
        )
    )
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "The figures have changed" in refused.content.decode()
    assert "SEC-1" not in refused.content.decode()
