"""Pasted blocks, and returns as they are read: small ones, drawn by hand."""

from __future__ import annotations

import pytest

from futurefit.kernel.form import (
    Answer,
    Box,
    Filled,
    FilledGrid,
    FilledLine,
    Form,
    Grid,
    Line,
    values_of,
)
from futurefit.kernel.money import NotMoney
from futurefit.ledger.entries import Account
from futurefit.ledger.revising import Nature
from futurefit.programme.returns import (
    AMOUNTS,
    SLIPS,
    Held,
    Returned,
    read_block,
    read_return,
    return_form,
)
from futurefit.programme.round_trips import Kind, compare, pence_of, same, told

YEARS = ("2016/17", "2017/18")
A1 = Held("A-1", "Opening hours", "Head of Libraries", 3, {("2016/17", Account.AMBER): 40_000_00})
TWO = Held(
    "A-2",
    "Mobile libraries",
    "Head of Libraries",
    4,
    {("2016/17", Account.RED): 10_000_00, ("2016/17", Account.AMBER): 5_000_00},
)
LINES = {"A-1": A1, "A-2": TWO}


def asked() -> Form:
    return return_form("Return", [A1, TWO], YEARS, ["Head of Libraries", "Head of Roads"], "")


def back(form: Form, **changed: dict[tuple[str, str], str]) -> Filled:
    """A form as it comes back, with other words in some boxes: grid={(mark, column): text}."""
    grids = []
    for grid in form.grids:
        lines = []
        for row, line in enumerate(grid.lines, start=2):
            answers = {}
            for column, (head, box) in enumerate(zip(grid.columns, line.boxes, strict=True)):
                text = changed.get(grid.title, {}).get((line.mark, head), box.value)
                if text:
                    answers[head] = Answer(text, f"{grid.title}!{chr(66 + column)}{row}")
            lines.append(FilledLine(Answer(line.mark, f"{grid.title}!A{row}"), answers))
        grids.append(FilledGrid(grid.mark, tuple(lines), grid.columns, grid.title))
    return Filled("return.xlsx", "0" * 64, "", tuple(grids))


def read(filled: Filled, seen: dict[str, int] | None = None) -> Returned:
    return read_return(
        filled,
        values_of(asked()),
        seen or {"A-1": 3, "A-2": 4},
        LINES,
        ["Head of Libraries", "Head of Roads"],
        lambda ref, number: f"{ref} moved after journal {number}",
    )


def problems(found: Returned) -> list[tuple[str, str]]:
    return [(f"{one.sheet}!{one.cell}", one.message) for one in found.problems]


def test_a_return_that_nobody_filled_in_changes_nothing() -> None:
    """TRP-03."""
    assert read(back(asked())) == Returned()


def test_a_row_of_another_rating_is_a_re_rating() -> None:
    """TRP-05."""
    (change,) = read(back(asked(), Amounts={("A-1/1", "Rating"): "Red"})).changes
    assert change.nature is Nature.RE_RATING
    assert change.changes == {
        ("2016/17", Account.AMBER): -40_000_00,
        ("2016/17", Account.RED): 40_000_00,
    }
    assert change.places == {("2016/17", Account.RED): "Amounts!E2"}


@pytest.mark.parametrize(
    ("said", "nature", "wrong"),
    [
        ("", None, ""),
        ("re-estimate", Nature.RE_ESTIMATE, ""),
        ("Re-profile", Nature.RE_PROFILE, "Over all years the line changes by £1,000"),
        ("Guess", None, "“Guess” is none of: Re-rating"),
    ],
)
def test_what_a_change_is_may_be_said(said: str, nature: Nature | None, wrong: str) -> None:
    """TRP-05: 41 for 40 may be several things."""
    cells = {("A-1/1", "2016/17"): "41", ("A-1/1", "What changed"): said}
    found = read(back(asked(), Amounts=cells))
    assert [change.nature for change in found.changes] == [nature]
    assert [message for _, message in problems(found) if wrong not in message or not wrong] == []
    assert bool(found.problems) == bool(wrong)


def test_slips_of_one_line_are_taken_together() -> None:
    """TRP-05."""
    slip = {"Line": "A-2", "Rating": "Red", "From year": "2016/17", "To year": "2017/18"}
    cells = {(n, head): text for n in ("1", "2") for head, text in slip.items()}
    cells |= {("1", "Amount"): "2", ("2", "Amount"): "0.5"}
    (change,) = read(back(asked(), Slips=cells)).changes
    assert change.nature is Nature.RE_PROFILE
    # By hand: 2 and 0.5 thousand of 10 go to the next year.
    assert change.changes == {
        ("2016/17", Account.RED): -2_500_00,
        ("2017/18", Account.RED): 2_500_00,
    }
    assert change.wanted["2016/17", Account.RED] == 7_500_00


def test_each_mistake_is_told_at_its_cell() -> None:
    """TRP-07."""
    found = read(
        back(
            asked(),
            Amounts={
                ("A-1/1", "2016/17"): "about 40",
                ("A-2/1", "Rating"): "Purple",
                ("A-2/3", "2017/18"): "0.000001",
            },
            Slips={("1", "Line"): "A-9", ("1", "Amount"): "1"},
            Owners={("A-1", "Owner"): "Nobody"},
        )
    )
    told_at = dict(problems(found))
    assert told_at["Amounts!E2"] == "“about 40” is not an exact amount."
    assert told_at["Amounts!D4"].startswith("“Purple” is no rating")
    assert told_at["Amounts!F6"] == "“0.000001” has a fraction of a penny."
    assert told_at["Slips!B2"] == "“A-9” is no line of this return."
    assert told_at["Owners!C2"].startswith("“Nobody” is no post")
    assert found.changes == ()


def test_a_row_or_a_sheet_that_is_gone_is_a_mistake() -> None:
    """TRP-03."""
    whole = back(asked())
    amounts = whole.grids[0]
    short = FilledGrid(amounts.mark, amounts.lines[1:], amounts.columns, amounts.sheet)
    found = read(Filled("r.xlsx", "", "", (short, whole.grids[2])))
    assert [message for _, message in problems(found)] == [
        "Row “A-1/1” is gone. Put it back, with its amounts.",
        f"The sheet whose first column is “{SLIPS}” is gone.",
    ]
    assert amounts.mark == AMOUNTS


def test_a_line_that_moved_is_refused_only_where_it_changes() -> None:
    """TRP-06."""
    edited = back(asked(), Amounts={("A-1/1", "Rating"): "Red"})
    assert read(edited, {"A-1": 3, "A-2": 1}).problems == ()
    assert problems(read(edited, {"A-1": 2, "A-2": 4})) == [
        ("Amounts!E2", "A-1 moved after journal 2")
    ]


def test_a_block_names_lines_by_reference_or_title_and_ratings_where_there_are_several() -> None:
    """TRP-08."""
    found = read_block("Line\tRating\t2016/17\nopening  HOURS\t\t50\nA-2\tRed\t-\n", LINES)
    assert found.problems == ()
    assert [(change.ref, change.changes) for change in found.changes] == [
        ("A-1", {("2016/17", Account.AMBER): 10_000_00}),
        ("A-2", {("2016/17", Account.RED): -10_000_00}),
    ]
    assert problems(read_block("Line\t2016/17\nA-2\t1\n", LINES)) == [
        ("Pasted!A2", "Line A-2 stands under several ratings. Add a column headed “Rating”.")
    ]
    assert read_block("A-1\t5", LINES).problems


def test_a_row_that_is_added_or_gone_is_a_difference_and_a_lost_table_is_none() -> None:
    """TRP-03, TRP-04."""
    blank = Line("", (Box(), Box("", ("Low", "High"))))
    rows = (Line("7", (Box("Doors stick"), Box("Low", ("Low", "High")))),)
    form = Form("Form", (Grid("", "Risk no.", ("What", "How likely"), rows, blank=blank),), "")

    def came(*lines: tuple[str, str, str]) -> Filled:
        found = tuple(
            FilledLine(
                Answer(mark, "row"), {"What": Answer(what, "a"), "How likely": Answer(likely, "b")}
            )
            for mark, what, likely in lines
        )
        return Filled("f.docx", "", "", (FilledGrid("Risk no.", found, ("What", "How likely")),))

    ticked = came(("7", "Doors stick", "☐ Low ☒ High"), ("", "", "☐ Low\n☐ High"))
    (one,) = compare(form, values_of(form), ticked).differences
    assert (one.kind, one.column, one.base, one.theirs) == (
        Kind.CHANGED,
        "How likely",
        "Low",
        "High",
    )
    added = came(("7", "Doors stick", "Low"), ("", "Keys break", "☒ Low ☐ High"))
    (one,) = compare(form, values_of(form), added).differences
    assert (one.kind, dict(one.row)) == (Kind.ADDED, {"What": "Keys break", "How likely": "Low"})
    (one,) = compare(form, values_of(form), came()).differences
    assert (one.kind, one.mark, one.is_conflict) == (Kind.REMOVED, "7", False)
    lost = compare(form, values_of(form), Filled("f.docx", "", "", ()))
    assert lost.differences == ()
    assert [problem.message for problem in lost.problems] == [
        "The table “Risk no.” is gone from the file."
    ]


def test_how_an_amount_is_written_is_no_difference() -> None:
    """TRP-02."""
    number = Box(is_number=True)
    assert same("150", "£150,000", number)
    assert same("", "-", number)
    assert not same("150", "150.01", number)
    assert told(Answer("☐ One  ☒ Two", ""), Box("", ("One", "Two"))) == "Two"
    with pytest.raises(NotMoney, match="fraction of a penny"):
        pence_of("0.123456")
