"""Which two lines may be saving the same pound? (rules CLA-03, CLA-05 to CLA-08)"""

from __future__ import annotations

from itertools import product

import pytest

from futurefit.kernel.findings import Severity
from futurefit.ledger.double_counts import Way, find_suspects, findings
from futurefit.ledger.entries import LineKind, SourceKind
from futurefit.ledger.said import SaidLine, SaidSource

PLACES = ("Malvern", "Redditch", "Pershore", "Evesham", "Bewdley", "Tenbury", "Droitwich", "Upton")
SERVICES = ("libraries", "highways", "fostering", "countryside", "registration", "museums")


def said(
    line: str,
    title: str,
    narrative: str = "",
    *,
    paper: str = "",
    service: str = "",
    kind: LineKind = LineKind.SAVING,
    claims: dict[str, int] | None = None,
    **amounts: int,
) -> SaidLine:
    """A line: `y2016=40` is £40,000 from 2016/17. Each stands in a paper of its own."""
    by_year = {f"{y[1:]}/{int(y[3:]) + 1}": pounds * 1000_00 for y, pounds in amounts.items()}
    return SaidLine(line, title, narrative, paper or line, service, "", kind, by_year, claims or {})


def ordinary() -> list[SaidLine]:
    """Lines that have much in common and count nothing twice: the same ideas in every service, the
    same post in every team, contracts of one trade in every district, round amounts that recur.
    """
    made = []
    for number, (place, service) in enumerate(product(PLACES, SERVICES)):
        kinds = (
            (f"Reduce agency staff in {service}", f"Fewer temporary workers at {place}."),
            (f"Delete vacant Business Support Officer post, {service}", f"The {place} team."),
            (f"Retender the {service} cleaning contract", f"The {place} contract ends in March."),
            (
                "Move adults with learning disabilities to supported living",
                f"{3 + number % 9} clients from residential care in {place}.",
            ),
            (f"Cut the {service} training budget", f"Courses at {place} are held online."),
        )
        for at, (title, narrative) in enumerate(kinds):
            ref = f"N{number:02}{at}"
            amounts = {f"y{2016 + (number + at) % 3}": 10 * (1 + (3 * number + at * at) % 7)}
            made.append(said(ref, title, narrative, service=service, **amounts))
    return made


ORDINARY = ordinary()

TOLD_TWICE = {
    "a post by its title": (
        Way.POST,
        said("A", "Delete the Senior Transport Planner post", "Vacant, Wychbold team.", y2016=42),
        said("B", "Snr Transport Planner, Wychbold", "Role removed on retirement.", y2016=40),
    ),
    "a post by its number": (
        Way.POST,
        said("A", "Delete a vacancy in fostering", "Post number 20417.", y2016=31),
        said("B", "Restructure of family support", "Takes out post 20417.", y2017=35),
    ),
    "a head of service": (
        Way.POST,
        said("A", "Delete post of Head of Scientific Services", y2016=80),
        said("B", "One tier of management less", "The Head of Scientific Services post goes.",
             y2017=95),
    ),
    "a contract by its trade and place": (
        Way.CONTRACT,
        said("A", "Retender the lift maintenance contract at Wychbold", y2016=20),
        said("B", "Lifts: new supplier", "Lower price when the Wychbold lift repairs contract ends",
             y2017=21),
    ),
    "a contract by its number": (
        Way.CONTRACT,
        said("A", "Home care rates", "Contract DN-48213 is re-let at a lower rate.", y2016=120),
        said("B", "Savings from procurement", "Includes agreement 48213.", y2017=100),
    ),
    "a budget by its cost centre": (
        Way.BUDGET,
        said("A", "Less consultancy", "From cost centre 41877.", y2016=12),
        said("B", "Supplies held at last year's price", "Cost code 41877 falls.", y2016=15),
    ),
    "the same clients": (
        Way.COHORT,
        said("A", "Supported living for young adults with a learning disability",
             "14 people aged 18–25 move from residential care in Wychbold.", y2016=210),
        said("B", "Bring placements back to Wychbold",
             "Care home packages for 14 clients 18-25 with LD are replaced by own tenancies.",
             y2017=180),
    ),
    "a twin in other words": (
        Way.TWIN,
        said("A", "Switch off street lights after midnight in villages", service="highways",
             y2016=37, y2017=52),
        said("B", "Part-night dimming of rural lamp columns", "Lights in villages off after "
             "midnight.", service="energy", y2016=37, y2017=52),
    ),
    "a twin a year later": (
        Way.TWIN,
        said("A", "Charge schools for the outdoor education centre at cost", y2016=33, y2017=18),
        said("B", "Outdoor centre: full recovery of cost from schools", y2017=33, y2018=18),
    ),
    "a twin spread over years": (
        Way.TWIN,
        said("A", "Close the print room and buy printing from a framework", y2016=87),
        said("B", "Reprographics: cease in-house print", "Buy from a framework.",
             y2016=40, y2017=47),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD_TWICE)
def test_a_saving_told_twice_is_found_among_ordinary_lines(case: str) -> None:
    """CLA-05 and CLA-03."""
    way, one, other = TOLD_TWICE[case]
    (suspect,) = find_suspects([*ORDINARY, one, other], about={"A", "B"})
    assert (suspect.pair, suspect.way) == (("A", "B"), way)


TOLD_ONCE = {
    "the same post in another place": (
        said("A", "Delete the Senior Transport Planner post", "Vacant, Wychbold team.", y2016=42),
        said("B", "Delete the Senior Transport Planner post", "Vacant, Alvechurch team.", y2016=42),
    ),
    "posts with numbers of their own": (
        said("A", "Delete Care Manager post 20417", y2016=42),
        said("B", "Delete Care Manager post 20418", y2016=42),
    ),
    "the same trade in another place": (
        said("A", "Retender the lift maintenance contract at Wychbold", y2016=20),
        said("B", "Retender the lift maintenance contract at Alvechurch", y2016=20),
    ),
    "clients of another age": (
        said("A", "Move 9 adults with a learning disability 18–25 to supported living", y2016=90),
        said("B", "Move 9 adults with a learning disability 45–64 to supported living", y2016=90),
    ),
    "a cost and a saving": (
        said("A", "Replace the care records system", y2016=73, y2017=11),
        said("B", "Replace the care records system", kind=LineKind.INVESTMENT, y2016=73, y2017=11),
    ),
    "one idea in two services": (
        said("A", "Reduce agency staff in scientific services", service="s", y2016=20),
        said("B", "Reduce agency staff in waste", service="w", y2016=20),
    ),
}


@pytest.mark.parametrize("case", TOLD_ONCE)
def test_lines_that_are_set_apart_are_no_suspects(case: str) -> None:
    """CLA-08: another place, number, age or kind."""
    one, other = TOLD_ONCE[case]
    found = find_suspects([*ORDINARY, one, other], about={"A", "B"})
    assert [suspect.why for suspect in found] == []


def test_ordinary_lines_are_let_be() -> None:
    """CLA-08: at most one false alarm in 100 lines."""
    found = find_suspects(ORDINARY)
    assert len(found) <= len(ORDINARY) / 100, [(s.pair, s.why) for s in found[:10]]


SOURCE = SaidSource("CARE", SourceKind.CONTRACT, "The home care contract", 100_000_00)
BUDGET = SaidSource("BOOKS", SourceKind.BUDGET_LINE, "Book fund", 50_000_00)


def test_what_two_lines_claim_is_shown_with_what_it_holds() -> None:
    """CLA-05: by structure, whatever the words."""
    one = said("A", "Rates", claims={"CARE": 10_000}, y2016=40)
    other = said("B", "Hours", claims={"CARE": 5_000}, y2016=30)
    (suspect,) = find_suspects([one, other], [SOURCE])
    assert suspect.way is Way.CONTRACT
    assert suspect.sources == ("CARE",)
    assert suspect.why == ("Both claim The home care contract: £55,000 of £100,000 between them.",)
    assert suspect.question_pence == {"2016/17": 30_000_00}
    (finding,) = findings([suspect])
    assert (finding.code, finding.severity) == ("CLA-05", Severity.WARNING)


@pytest.mark.parametrize(("more", "way"), [(10, Way.SOURCE), (30, Way.BUDGET)])
def test_a_budget_line_that_is_nearly_used_up_is_an_overlap(more: int, way: Way) -> None:
    """CLA-06: £30,000 of £50,000 fits; £50,000 of £50,000 does not leave room for a slip."""
    lines = [
        said("A", "Fewer books", claims={"BOOKS": 10_000}, y2016=20),
        said("B", "Stock", claims={"BOOKS": 10_000}, y2017=more),
    ]
    (suspect,) = find_suspects(lines, [BUDGET])
    assert suspect.way is way


def test_a_source_of_one_line_named_by_the_words_of_another() -> None:
    """CLA-05: one line claims, the other only tells."""
    source = SaidSource("K7", SourceKind.CONTRACT, "Wychbold lift maintenance, K-77120", 0)
    one = said("A", "New prices", claims={"K7": 10_000}, y2016=10)
    other = said("B", "Buildings", "We let contract K-77120 again.", y2017=12)
    (suspect,) = find_suspects([*ORDINARY, one, other], [source], about={"A"})
    assert (suspect.pair, suspect.way) == (("A", "B"), Way.CONTRACT)


def test_the_same_saving_in_two_papers_is_a_suspect() -> None:
    """CLA-03: words in another order, the same amount in the same year."""
    one = said("L1", "Review of day services", paper="SEN paper", service="care", y2016=100)
    two = said("L2", "Day services review", paper="Alliances", service="care", y2016=100)
    (finding,) = findings(find_suspects([one, two]))
    assert finding.code == "CLA-03"
    assert finding.message.startswith(
        "Lines L1 and L2 may count a pound twice (same saving in other words): £100,000 in 2016/17."
    )


def test_alike_rows_of_one_paper_or_with_other_amounts_are_no_suspects() -> None:
    """CLA-03."""
    one = said("L1", "Day services", paper="SEN paper", y2016=100)
    assert find_suspects([one, said("L2", "Day services", paper="SEN paper", y2016=100)]) == []
    assert find_suspects([one, said("L3", "Day services", paper="HR paper", y2017=40)]) == []
