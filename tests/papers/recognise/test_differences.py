"""A revised paper: only what changed, and what each change may be."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel.provenance import Provenance
from futurefit.ledger.entries import Account, LineAttributes, SavingType
from futurefit.papers.candidates import (
    AmountCandidate,
    LineCandidate,
    PaperCandidate,
    PaperKind,
    Said,
)
from futurefit.papers.recognise import recognise
from futurefit.papers.recognise.differences import About, Change, Kind, differences
from tests.papers.recognise.papers import PROJECT, Part, written

K = 100_000
R, A, G = Account.RED, Account.AMBER, Account.GREEN_ON_TARGET
Cells = dict[tuple[Account, str], int]


def line(cells: Cells, key: str = "x", title: str = "Buses") -> LineCandidate:
    amounts = tuple(
        AmountCandidate(account, year, pence, Said(str(pence), Provenance()))
        for (account, year), pence in cells.items()
    )
    return LineCandidate(key, Said(title, Provenance()), LineAttributes(), amounts)


def paper(*lines: LineCandidate) -> PaperCandidate:
    return PaperCandidate(
        "form", PaperKind.PROJECT, Said("P", Provenance()), Provenance(), {}, lines
    )


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        # The same year, another rating.
        ({(R, "2027/28"): 40}, {(A, "2027/28"): 40}, (Kind.RE_RATING, Kind.CORRECTION)),
        # The same rating and sum, another year; in part, and with another rating too.
        ({(R, "2027/28"): 40}, {(R, "2028/29"): 40}, (Kind.RE_PROFILE, Kind.CORRECTION)),
        (
            {(R, "2027/28"): 40},
            {(R, "2027/28"): 30, (A, "2028/29"): 10},
            (Kind.RE_PROFILE, Kind.CORRECTION),
        ),
        # More or less in all.
        ({(R, "2027/28"): 40}, {(R, "2027/28"): 55}, (Kind.RE_TARGET, Kind.CORRECTION)),
        ({(R, "2027/28"): 40}, {}, (Kind.RE_TARGET, Kind.CORRECTION)),
        # A slip of the pen put right: a sign, a scale, two digits.
        ({(R, "2027/28"): -40}, {(R, "2027/28"): 40}, (Kind.CORRECTION, Kind.RE_TARGET)),
        ({(R, "2027/28"): 400}, {(R, "2027/28"): 40}, (Kind.CORRECTION, Kind.RE_TARGET)),
        ({(R, "2027/28"): 64}, {(R, "2027/28"): 46}, (Kind.CORRECTION, Kind.RE_TARGET)),
    ],
)
def test_the_shape_of_a_change_says_what_it_is_likeliest_to_be(
    before: Cells, after: Cells, kinds: tuple[Kind, ...]
) -> None:
    """REC-14: and nothing is decided, for there is always a second."""
    (found,) = differences(paper(line(before)), paper(line(after)))
    assert (found.about, found.change, found.kinds) == (About.AMOUNTS, Change.CHANGED, kinds)
    assert len(found.kinds) == 2


def test_lines_that_come_and_go() -> None:
    """REC-14."""
    cells = {(R, "2027/28"): 40}
    old, new = line(cells, "old", "Old"), line(cells, "new", "New")
    found = differences(paper(old), paper(new))
    assert [(one.change, one.key, one.moved[0].pence) for one in found] == [
        (Change.DROPPED, "old", -40),
        (Change.ADDED, "new", 40),
    ]


def test_a_line_by_another_name_is_told() -> None:
    (found,) = differences(paper(line({})), paper(line({}, title="Late buses")))
    assert (found.about, found.change) == (About.LINE, Change.CHANGED)
    assert (found.before[0].text, found.after[0].text) == ("Buses", "Late buses")
    (retyped,) = differences(
        paper(line({})),
        paper(replace(line({}), attributes=LineAttributes(saving_type=SavingType.FASTER))),
    )
    before, after = ({said.text for said in side} for side in (retyped.before, retyped.after))
    assert before ^ after == {"saving type: NOT_STATED", "saving type: FASTER"}


def revised(**changes: str) -> PaperCandidate:
    parts: list[Part] = []
    for part in PROJECT:
        if isinstance(part, str):
            parts.append(changes.get(part, part))
        else:
            parts.append([[changes.get(cell, cell) for cell in row] for row in part])
    (found,) = recognise(written(parts, "md"))
    return found


def test_a_revised_paper_shows_only_what_changed() -> None:
    """REC-14: an amount, an answer and a milestone; places alone are no change."""
    before = revised()
    after = revised(
        **{
            "c. 30": "35",
            "Fewer empty miles.": "Fewer empty miles and cleaner air.",
            "1 May 2027": "1 June 2027",
        }
    )
    found = differences(before, after)
    assert [(one.about, one.change, one.key) for one in found] == [
        (About.AMOUNTS, Change.CHANGED, "proposed-new"),
        (About.FIELD, Change.CHANGED, "purpose"),
        (About.PART, Change.CHANGED, "milestone"),
    ]
    (moved,) = found[0].moved
    assert (moved.account, moved.year, moved.pence) == (R, "2028/29", 5 * K)
    assert moved.after is not None
    assert moved.after.said.text == "35"
    assert found[2].title == "Booking line opens"


def test_the_same_paper_in_another_file_differs_in_nothing() -> None:
    (word,) = recognise(written(PROJECT, "docx"))
    assert differences(revised(), word) == ()


cells = st.dictionaries(
    st.tuples(st.sampled_from([R, A, G]), st.sampled_from(["2027/28", "2028/29", "UNPROFILED"])),
    st.integers(-1000, 1000),
    max_size=6,
)


@given(cells, cells)
def test_the_moves_lead_from_the_one_version_to_the_other(before: Cells, after: Cells) -> None:
    """Property: what a difference says moved, added to the old amounts, gives the new."""
    held = dict(before)
    for one in differences(paper(line(before)), paper(line(after))):
        for moved in one.moved:
            place = (moved.account, moved.year)
            held[place] = held.get(place, 0) + moved.pence
    assert {p: v for p, v in held.items() if v} == {p: v for p, v in after.items() if v}


@given(cells)
def test_a_paper_does_not_differ_from_itself(same: Cells) -> None:
    assert differences(paper(line(same)), paper(replace(line(same)))) == ()
