"""The real pack of November 2015: every savings, rating, commissioning and contract table, as the
published extract has it, cell by cell in the document and again in what is recognised.

Expected figures are published (the extract).
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from futurefit.ledger.entries import Account, LineKind, Tranche
from futurefit.papers.candidates import LineCandidate, PaperCandidate, PaperKind
from futurefit.papers.document import Document
from futurefit.papers.recognise.drafting import draft_entries
from tests.papers.the_pack import (
    MILLION,
    RATINGS,
    THOUSAND,
    TITLES,
    by_year,
    line,
    paper,
    printed,
    theme,
)


def test_the_papers_of_the_pack_are_found_where_they_begin(
    papers: tuple[PaperCandidate, ...],
) -> None:
    """REC-02: six papers of savings, the plan's table, and the lists of contracts."""
    assert [(one.kind.value, one.place.line) for one in papers] == [
        ("project concept paper", 113),
        ("MTFP table", 258),
        ("theme concept paper", 270),
        ("contract list", 597),
        ("theme concept paper", 624),
        ("contract list", 709),
        ("theme concept paper", 915),
        ("theme concept paper", 1433),
        ("project concept paper", 1577),
    ]
    assert {one.title.text for one in papers} >= set(TITLES.values())


# --- tables of savings ----------------------------------------------------------------------------


def check_rows(
    pack: Document, lines: Iterable[LineCandidate], rows: list[dict[str, Any]], columns: list[str]
) -> None:
    """Each row's printed cells stand in the document where the candidate says, and mean what the
    extract has in £m.
    """
    found = list(lines)
    assert len(found) == len(rows)
    for candidate, row in zip(found, rows, strict=True):
        assert [one.year for one in candidate.amounts] == columns[:-1]
        cells = [one.said for one in candidate.amounts] + [one.said for one in candidate.totals]
        assert [said.text for said in cells] == row["printed"]
        assert [printed(pack, said.place) for said in cells] == row["printed"]
        assert [said.meaning for said in cells] == [
            Decimal(str(value)) * MILLION for value in row["values"]
        ]
        name = row["name"].replace("Income - West", "Income – West")
        assert candidate.title.text == name


def test_the_savings_table_cell_by_cell_and_printed_twice(
    pack: Document, papers: tuple[PaperCandidate, ...], extract: dict[str, Any]
) -> None:
    """REC-07: the second printing adds its places and no lines."""
    expected = theme(extract, "self-sufficient")["savings_table"]
    found = paper(papers, "self-sufficient")
    schedule = [one for one in found.lines if one.ref is not None]
    check_rows(pack, schedule, expected["rows"], expected["columns"])
    assert [one.ref.text for one in schedule if one.ref] == [row["ref"] for row in expected["rows"]]
    for candidate in schedule:
        for amount in candidate.amounts:
            (again,) = amount.also
            assert printed(pack, again) == amount.said.text
            assert (amount.said.place.table, again.table) == (9, 11)
    totals = [one.said.text for one in found.totals]
    assert totals == expected["total_printed"]
    assert [one.pence for one in found.totals] == [
        Decimal(str(value)) * MILLION for value in expected["total"]
    ]


def test_council_tax_and_business_rates_are_funding_by_the_form(
    papers: tuple[PaperCandidate, ...],
) -> None:
    """REC-06."""
    lines = paper(papers, "self-sufficient").lines
    kinds = {one.title.text: one.attributes.kind for one in lines if one.ref is not None}
    assert [name for name, kind in kinds.items() if kind is LineKind.FUNDING] == [
        "Optimise Council Tax",
        "Business Rates",
    ]
    assert set(kinds.values()) == {LineKind.FUNDING, LineKind.SAVING}


def test_the_plans_table_cell_by_cell_groups_the_same_savings(
    pack: Document, papers: tuple[PaperCandidate, ...], extract: dict[str, Any]
) -> None:
    """REC-10: it presents the theme's lines and is not posted beside them."""
    expected = theme(extract, "self-sufficient")["mtfp_presentation"]
    plan = next(one for one in papers if one.kind is PaperKind.MTFP)
    check_rows(pack, plan.lines, expected["rows"], expected["columns"])
    assert [one.said.text for one in plan.totals] == expected["total_printed"]
    assert [one.attributes.kind for one in plan.lines] == [
        LineKind.FUNDING,
        LineKind.FUNDING,
        LineKind.SAVING,
    ]
    assert plan.presentation_of == TITLES["self-sufficient"]
    with pytest.raises(ValueError, match="count twice"):
        draft_entries(plan, {plan.lines[0].key: "X"}, on=date(2015, 9, 23))


@pytest.mark.parametrize("name", ["commissioning", "active-alliances"])
def test_the_savings_profiles_cell_by_cell(
    pack: Document, papers: tuple[PaperCandidate, ...], extract: dict[str, Any], name: str
) -> None:
    expected = theme(extract, name)["savings_profile"]
    (profile,) = [
        one for one in paper(papers, name).lines if one.attributes.kind is LineKind.SAVING
    ]
    cells = [one.said for one in profile.amounts] + [one.said for one in profile.totals]
    assert [one.year for one in profile.amounts] == expected["columns"][:-1]
    assert [printed(pack, said.place) for said in cells] == expected["printed"]
    assert [said.meaning for said in cells] == [
        Decimal(str(value)) * MILLION for value in expected["values"]
    ]
    places = [{place.line for place in (one.said.place, *one.also)} for one in profile.amounts]
    assert all(one == set(expected.get("lines", [620])) for one in places)


def test_savings_in_words_are_split_as_the_words_say(
    papers: tuple[PaperCandidate, ...], extract: dict[str, Any]
) -> None:
    """REC-09: "split equally", an amount "up to", and one that is only "marginal"."""
    expected = theme(extract, "operating-model")
    found = paper(papers, "operating-model")
    savings = [one for one in found.lines if one.attributes.kind is LineKind.SAVING]
    for candidate, row in zip(
        savings, [expected["savings"][place] for place in (0, 1, 2)], strict=True
    ):
        if "split" not in row:
            assert candidate.amounts == ()
            assert candidate.doubts == ("“marginal”: no amount is given",)
            continue
        assert by_year(candidate) == {
            year: int(100 * row["gbp"] * share) for year, share in row["split"].items()
        }
        assert {one.said.text for one in candidate.amounts} == {row["concept_paper_printed"]}
        assert all("shared equally" in one.said.doubt for one in candidate.amounts)
    said = {one.pence: one.said for one in found.totals}
    overall = expected["savings_overall"]
    assert overall["printed"] in said[100 * overall["gbp"]].text
    assert said[100 * overall["gbp"]].doubt == "the figure is rough (up to)"
    # The slide's amounts agree with the paper's.
    assert {125_000_000, 25_000_000} <= said.keys()
    assert not found.findings


def test_investments_in_words(papers: tuple[PaperCandidate, ...], extract: dict[str, Any]) -> None:
    expected = theme(extract, "operating-model")["investments"]
    lines = paper(papers, "operating-model").lines
    found = [one for one in lines if one.attributes.kind is LineKind.INVESTMENT]
    assert [(one.amounts[0].said.text, one.amounts[0].pence) for one in found] == [
        (row["printed"], -100 * row["gbp"]) for row in expected
    ]
    assert all(one.amounts[0].said.doubt == "no year is printed" for one in found)


# --- grids ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["send-contract", "modernising-hr"])
def test_the_current_grids_cell_by_cell(
    pack: Document, papers: tuple[PaperCandidate, ...], extract: dict[str, Any], name: str
) -> None:
    """REC-05."""
    expected = theme(extract, name)["current_savings_grid"]
    current = line(paper(papers, name), "current")
    assert current.attributes.tranche is Tranche.CURRENT
    years = expected["columns"][:-1]
    for rating in RATINGS:
        account = Account(rating.upper())
        assert by_year(current, account) == {
            year: value * THOUSAND
            for year, value in zip(years, expected[rating], strict=False)
            if value is not None
        }
    for amount in current.amounts:
        assert printed(pack, amount.said.place) == amount.said.text
    totals = [one for one in current.totals if one.account is None]
    assert [one.said.text for one in totals] == expected["total_printed"]
    assert [(one.year, one.pence) for one in totals] == list(
        zip([*years, ""], [value * THOUSAND for value in expected["total"]], strict=True)
    )


@pytest.mark.parametrize("name", ["send-contract", "modernising-hr"])
def test_the_proposed_grids_cell_by_cell(
    pack: Document, papers: tuple[PaperCandidate, ...], extract: dict[str, Any], name: str
) -> None:
    expected = theme(extract, name)["proposed_savings_grid"]
    found = paper(papers, name)
    proposed = line(found, "proposed-new")
    assert (proposed.attributes.tranche, proposed.attributes.saving_type.value) == (
        Tranche.PROPOSED,
        "FURTHER",
    )
    years = expected["columns"][:-1]
    for rating in RATINGS:
        assert by_year(proposed, Account(rating.upper())) == {
            year: value * THOUSAND
            for year, value in zip(years, expected["new"][rating], strict=False)
            if value is not None
        }
    assert not any(value for row in expected["existing_faster"].values() for value in row)
    assert "proposed-faster" not in {one.key for one in found.lines}
    assert {one.year: one.pence for one in found.totals} == {
        year: value * THOUSAND
        for year, value in zip([*years, ""], expected["total_savings"], strict=True)
        if value is not None
    }
    for total in found.totals:
        assert printed(pack, total.said.place) == total.said.text


def test_what_the_grids_contradict_is_said(papers: tuple[PaperCandidate, ...]) -> None:
    """REC-08 and REC-07: a total under another year, one of 256 over 196, and a slide's years."""
    send, hr = paper(papers, "send-contract"), paper(papers, "modernising-hr")
    assert [(one.code, one.place.line, one.printed) for one in send.findings] == [
        ("REC-08", 201, "100")
    ]
    assert [(one.code, one.place.line) for one in hr.findings] == [
        ("REC-07", 1391),
        ("REC-08", 1641),
    ]
    remarked = [one for one in line(hr, "current").amounts if one.said.doubt]
    assert [(one.pence, one.said.doubt) for one in remarked] == [
        (190 * THOUSAND, "printed with a remark: inc. 90 ASC delivery budget savings")
    ]


# --- what the forms ask in words ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["send-contract", "modernising-hr"])
def test_the_answers_of_a_project_paper(
    papers: tuple[PaperCandidate, ...], extract: dict[str, Any], name: str
) -> None:
    """REC-03, REC-04 and REC-13: ticks, leads, milestones, risks, and what is missing."""
    expected = theme(extract, name)
    found = paper(papers, name)
    fields = found.fields
    assert [one.meaning for one in fields["saving_type"]] == [expected["saving_type"]]
    assert [one.meaning for one in fields["plan_area"]] == [expected["corporate_plan_area"]]
    assert fields["cmr_lead"][0].text == expected["leads"]["cmr"]
    assert fields["slt_lead"][0].text == expected["leads"]["slt"]
    assert fields["head_of_service_lead"][0].text == expected["leads"]["head_of_service"]
    for challenger in expected["leads"]["cmr_challenge"]:
        assert challenger in fields["cmr_challenge"][0].text
    assert all(fields[field] for field in ("description", "purpose", "outcomes", "status"))
    milestones = found.parts["milestone"]
    assert len(milestones) == len(expected["milestones"])
    for row, want in zip(milestones, expected["milestones"], strict=True):
        if want.get("printed"):
            assert row["due"].text == want["printed"]
        if isinstance(want.get("date"), date):
            assert row["due"].meaning == want["date"]
    assert len(found.parts["risk"]) == len(expected["risks"])
    assert all("mitigation" in row for row in found.parts["risk"])


def test_the_budget_and_the_sign_offs_of_the_schools_paper(
    papers: tuple[PaperCandidate, ...], extract: dict[str, Any]
) -> None:
    """REC-12: days in figures."""
    expected = theme(extract, "send-contract")
    found = paper(papers, "send-contract")
    assert found.missing == ()
    (budget,) = found.fields["base_budget"]
    assert budget.meaning == 100 * expected["facts"]["base_budget_2015_16_education_skills"]["gbp"]
    assert budget.doubt == "2 amounts are printed: the first is taken"
    assert found.fields["base_budget_year"][0].text == "2015-16"
    excludes = expected["facts"]["base_budget_2015_16_education_skills"]["excludes"]
    assert found.fields["base_budget_excludes"][0].text == " & ".join(excludes)
    signed = expected["signed_off"]
    assert [
        (row["post"].text, row["name"].text, row["on"].meaning) for row in found.parts["sign_off"]
    ] == [(one["post"], one["name"], signed["date"]) for one in signed["by"]]


def test_what_human_resources_left_blank_is_missing(
    papers: tuple[PaperCandidate, ...], extract: dict[str, Any]
) -> None:
    grid = theme(extract, "modernising-hr")["proposed_savings_grid"]
    found = paper(papers, "modernising-hr")
    assert found.missing == ("base_budget", "sign_off")
    assert (grid["investment_required"], grid["investment_recurrent"]) == (None, None)
    blank = {"current_fte", "fte_impact", "investment_required", "investment_recurrent"}
    assert not blank & found.fields.keys()
    assert found.fields["rag_comment"][0].text


@pytest.mark.parametrize(
    "name", ["self-sufficient", "commissioning", "active-alliances", "operating-model"]
)
def test_the_answers_of_a_theme_paper(
    papers: tuple[PaperCandidate, ...], extract: dict[str, Any], name: str
) -> None:
    expected = theme(extract, name)
    found = paper(papers, name)
    assert found.fields["vision"]
    assert len(found.parts["measure"]) == len(expected["success_measures"])
    streams = found.parts["workstream"]
    assert [row["number"].meaning for row in streams] == [
        stream["id"] for stream in expected["workstreams"]
    ]
    for row, stream in zip(streams, expected["workstreams"], strict=True):
        assert row["lead"].text.startswith(stream["lead"])
        first = row["what"].text.replace(" and ", " & ").split("–")[0].lower()
        assert stream["name"].replace(" and ", " & ").lower().startswith(first)
    assert found.parts["support"]


def test_the_milestones_and_risks_of_the_themes(
    papers: tuple[PaperCandidate, ...], extract: dict[str, Any]
) -> None:
    """REC-11: what is done, outstanding and under way; a table of risks over two pages."""
    expected = theme(extract, "commissioning")
    found = paper(papers, "commissioning")
    states = [row["status"].meaning for row in found.parts["milestone"] if "status" in row]
    assert states.count("OUTSTANDING") == len(expected["milestones_outstanding"])
    assert states.count("ONGOING") == len(expected["milestones_ongoing"])
    # The first, "completed" in its own words, stands before the headings.
    assert states.count("DONE") == len(expected["milestones_completed"]) + 1
    outstanding = [row for row in found.parts["milestone"] if row["status"].text == "OUTSTANDING"]
    due = [row["due"].text for row in outstanding]
    assert due == ["Nov 2015", "Nov 2015", "Nov 2015", "November 2015", "November"]
    assert [row["number"].text for row in found.parts["risk"]] == [
        str(risk["n"]) for risk in expected["risks"]
    ]
    assert found.parts["risk"][0]["mitigation"].text.endswith("within commercial team")
    alliances = paper(papers, "active-alliances")
    assert len(alliances.parts["risk"]) == len(theme(extract, "active-alliances")["risks"])
    operating = paper(papers, "operating-model")
    assert len(operating.parts["risk"]) == len(theme(extract, "operating-model")["risks"])
    assert operating.fields["equality"][0].text == "TBD"


# --- contracts ------------------------------------------------------------------------------------


def contract_lists(papers: Iterable[PaperCandidate]) -> list[PaperCandidate]:
    return [one for one in papers if one.kind is PaperKind.CONTRACTS]


def test_the_facts_about_contracts(
    papers: tuple[PaperCandidate, ...], extract: dict[str, Any]
) -> None:
    expected = theme(extract, "commissioning")["contract_data"]
    facts = [row["what"].text for row in contract_lists(papers)[0].parts["fact"]]
    for figure, words in (
        (expected["strategic_contracts"]["printed"], "strategic contracts"),
        (expected["strategic_contracts"]["threshold"]["printed"], "total value"),
        (expected["individual_contracts"]["printed"], "individual contracts"),
        (expected["annual_value"]["printed"], "Annual contract value"),
        (expected["total_value"]["printed"], "Total contract value"),
        (expected["excluded"]["printed"], "excluded"),
        (expected["directly_renegotiated"]["printed"], "renegotiated"),
    ):
        assert any(figure in fact and words in fact for fact in facts), figure


def plain(name: str) -> str:
    """A service's name without the kind of its dashes."""
    return name.replace("–", "-")


@pytest.mark.parametrize(
    "status",
    ["already_commissioned", "plan_in_place", "internal_service_review", "internal_no_plans"],
)
def test_the_services_by_status_and_directorate(
    pack: Document, papers: tuple[PaperCandidate, ...], extract: dict[str, Any], status: str
) -> None:
    expected = extract["services_by_plan_status"][status]
    rows = [
        row
        for row in contract_lists(papers)[1].parts["contract"]
        if row["status"].meaning == status
    ]
    for directorate in ("DASH", "ChS", "BEC", "COACH"):
        found = [
            plain(row["what"].text) for row in rows if row["directorate"].meaning == directorate
        ]
        assert sorted(found) == sorted(map(plain, expected[directorate])), directorate
    assert all(printed(pack, row["what"].place) == row["what"].text for row in rows)
    late = {
        row["what"].text: said.text
        for row in rows
        for key, said in row.items()
        if key.startswith("Quarter")
    }
    assert late.keys() == expected.get("to_be_confirmed", {}).keys()
    assert all(said.startswith("TBC") for said in late.values())


def test_the_budget_summary_of_commissioning(
    pack: Document, papers: tuple[PaperCandidate, ...], extract: dict[str, Any]
) -> None:
    expected = extract["commissioning_budget_summary_2017_18"]
    rows = contract_lists(papers)[1].parts["budget"]
    assert len(rows) == len(expected["rows"])
    for row, want in zip(rows, expected["rows"].values(), strict=True):
        amounts = [said for key, said in row.items() if key.endswith("£'000")]
        assert [said.meaning for said in amounts] == [value * THOUSAND for value in want["amount"]]
        if "printed" in want:
            assert [said.text for said in amounts] == want["printed"]
        if "pct_printed" in want:
            shares = [said.text for key, said in row.items() if key.endswith("%")]
            assert shares == want["pct_printed"]
        assert all(printed(pack, said.place) == said.text for said in row.values())
