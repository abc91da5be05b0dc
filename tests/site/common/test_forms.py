"""A form says what is wrong twice: at the top, with a link, and beside the field."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel.report import Unit
from futurefit.site.common.forms import DayField, MoneyField

GOOD = {"line": "FF-2", "rating": "AMBER", "on": "19/11/2015", "amount": "250", "sure": "on"}


def sent(client: Client, **changes: str) -> str:
    return client.post("/form/", {**GOOD, **changes}).content.decode()


def test_a_form_without_faults_is_read(client: Client) -> None:
    said = sent(client)
    assert "datetime.date(2015, 11, 19)" in said
    assert "'amount': 25000000" in said


def test_a_fresh_form_complains_of_nothing_and_leaves_checking_to_us(client: Client) -> None:
    html = client.get("/form/").content.decode()
    assert "There is a problem" not in html
    assert " required" not in html
    assert "aria-invalid" not in html


def test_each_fault_stands_at_the_top_and_beside_its_field(client: Client) -> None:
    html = sent(client, line="", on="31/2/2015")
    summary, form = html.split("</form>")[0].split("<form", 1)
    assert '<a href="#id_line">Fill in “Line”.</a>' in summary
    assert '<a href="#id_on">This is not a date.' in summary
    assert 'id="id_line_error"' in form
    assert "Fill in “Line”." in form
    assert 'value="31/2/2015"' in form


def test_a_field_is_tied_to_its_hint_and_its_fault(client: Client) -> None:
    html = sent(client, line="")
    field = html[html.index('name="line"') :].split(">")[0]
    assert 'aria-describedby="id_line_helptext id_line_error"' in field
    assert 'aria-invalid="true"' in field
    assert "govuk-input govuk-input--error" in field


def test_choices_are_one_group_and_the_summary_leads_to_the_first(client: Client) -> None:
    html = client.post("/form/", {**GOOD, "rating": ""}).content.decode()
    assert '<a href="#id_rating_0">Choose “New rating”.</a>' in html
    assert (
        '<fieldset class="govuk-fieldset" id="id_rating" aria-describedby="id_rating_error">'
        in html
    )
    assert html.count('class="govuk-radios__input"') == 2
    radio = html[html.index('id="id_rating_0"') - 120 :].split(">")[0]
    assert "aria-invalid" not in radio


def test_a_tick_box_has_its_label_beside_it(client: Client) -> None:
    html = client.post("/form/", {**GOOD, "sure": ""}).content.decode()
    assert '<a href="#id_sure">Tick “I have seen the evidence”.</a>' in html
    assert '<label class="govuk-label govuk-checkboxes__label" for="id_sure">' in html


def test_what_may_be_left_empty_says_so(client: Client) -> None:
    html = client.get("/form/").content.decode()
    assert "How much, in £000 (optional)</label>" in html
    assert "Line</label>" in html


def test_what_was_typed_is_escaped(client: Client) -> None:
    html = sent(client, line="", amount='"><b>')
    assert '"><b>' not in html.split("<main")[1]


@pytest.mark.parametrize(
    "text",
    [
        "19/11/2015", "19/11/15", " 19 / 11 / 2015".replace(" / ", "/"), "19.11.2015",
        "19 November 2015", "19  Nov 2015", "2015-11-19",
    ],
)  # fmt: skip
def test_a_date_may_be_written_as_papers_write_it(text: str) -> None:
    assert DayField().clean(text) == date(2015, 11, 19)


@pytest.mark.parametrize("text", ["31/2/2015", "11/19/2015", "soon", "2015"])
def test_what_is_no_date_is_told_how_one_is_written(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="such as 19/11/2015"):
        DayField().clean(text)


def test_a_date_stands_in_its_field_as_people_write_it() -> None:
    assert DayField().prepare_value(date(2015, 11, 5)) == "05/11/2015"


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("250", 25_000_000), ("-250", -25_000_000), ("(250)", -25_000_000), ("0", 0),
        ("1,250.5", 125_050_000), ("£250", 25_000), ("£1.25m", 125_000_000), ("-", 0),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_the_fields_unit_unless_it_says_another(text: str, pence: int) -> None:
    assert MoneyField(unit=Unit.THOUSANDS).clean(text) == pence


@pytest.mark.parametrize("text", ["about 250", "TBC", "marginal", "up to £3m"])
def test_an_amount_that_is_not_exact_cannot_be_posted(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="not an exact amount"):
        MoneyField().clean(text)


def test_words_are_told_how_an_amount_is_written() -> None:
    with pytest.raises(forms.ValidationError, match="not an amount of money"):
        MoneyField().clean("lots")


def test_an_amount_may_be_left_empty_where_the_form_allows_it() -> None:
    assert MoneyField(required=False).clean("  ") is None
    with pytest.raises(forms.ValidationError, match="Enter an amount"):
        MoneyField().clean("")


@given(st.integers(-(10**12), 10**12), st.sampled_from(Unit))
def test_an_amount_that_a_form_shows_is_read_back_to_the_penny(pence: int, unit: Unit) -> None:
    field = MoneyField(unit=unit)
    assert field.clean(field.prepare_value(pence)) == pence
