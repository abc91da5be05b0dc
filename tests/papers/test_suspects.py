"""Which figure is wrong, where totals fail: the likeliest slip, exchanges, blanks, rows not there.

Rules AUD-34 (the likeliest suspect), AUD-35 (figures in each other's place), AUD-36 (rows that are
not all there). Expected figures are worked by hand.
"""

from decimal import Decimal

import pytest

from futurefit.kernel.findings import Finding
from futurefit.papers.slips import odds, slip_of
from tests.papers.drawing import findings, grid, in_tables, told

ONE_WAY = """
    | Service | 2016/17 | 2017/18 |
    | --- | --- | --- |
    | Schools | {} | 2,218 |
    | Social care | 3,847 | 3,911 |
    | Parks | 1,386 | 1,402 |
    | Roads | 962 | 975 |
    | Total | 8,350 | 8,506 |
    """


def only(text: str) -> Finding:
    (finding,) = in_tables(findings(text))
    return finding


@pytest.mark.parametrize(
    ("printed", "advice"),
    [
        ("2,515", "Look for transposed figures: 51 for 15."),
        ("21,550", "It is ten times too large: look at its unit and its noughts."),
        ("2,155,000", "It is a thousand times too large: look at its unit and its noughts."),
        ("(2,155)", "A minus or brackets too many: the sign is the wrong way round."),
        ("255", "A 1 was left out: look for 2,155."),
        ("21,555", "A digit was typed twice: look for 2,155."),
    ],
)
def test_a_slip_in_a_part_is_named_though_figures_are_added_in_one_direction_only(
    printed: str, advice: str
) -> None:
    """AUD-34: of all the figures that could be wrong, one alone is a slip away from right."""
    finding = only(ONE_WAY.format(printed))
    assert told([finding]) == [("error", "AUD-12", 2, 2)]
    assert finding.expected == "2,155"
    assert finding.advice == advice


def test_where_no_slip_explains_the_difference_the_total_is_told() -> None:
    finding = only(ONE_WAY.format("2,678"))
    assert told([finding]) == [("error", "AUD-12", 6, 2)]


def test_the_next_suspects_are_named_where_nothing_decides() -> None:
    finding = only(ONE_WAY.format("2,255"))
    assert "may be 2,155" in finding.message
    assert "If not" in finding.message


def test_a_single_blank_among_parts_that_are_all_there_is_what_the_total_lacks() -> None:
    finding = only(ONE_WAY.format(""))
    assert told([finding]) == [("error", "AUD-12", 2, 2)]
    assert (finding.printed, finding.expected) == ("", "2,155")
    assert "Schools, 2016/17 is blank and may be 2,155" in finding.message


def test_a_sign_has_better_odds_than_a_digit_and_a_digit_than_anything() -> None:
    figure = grid(ONE_WAY.format("2,155")).figures[2, 2]
    sign, scale, turned, digit, other = (
        odds(figure, Decimal(meant)) for meant in (-2155, 21550, 2515, 2158, 3333)
    )
    assert sign > scale > other
    assert turned > digit > other
    assert slip_of(figure, Decimal(3333)) == ""


CROSSED = """
    | Service | 2016/17 | 2017/18 | 2018/19 | Total |
    | --- | --- | --- | --- | --- |
    | Schools | {} | {} | 31 | 344 |
    | Parks | 58 | 39 | 27 | 124 |
    | Roads | 75 | {} | 92 | 251 |
    | Total | 322 | 247 | 150 | 719 |
    """


def test_figures_of_one_row_in_each_others_place_are_one_finding() -> None:
    """AUD-35: 189 and 124 exchanged; both columns fail, and the row still adds up."""
    finding = only(CROSSED.format(124, 189, 84))
    assert (finding.code, finding.printed, finding.expected) == ("AUD-14", "189", "124")


def test_figures_of_two_rows_in_each_others_place_are_one_finding() -> None:
    """AUD-35: 124 and 84 exchanged; both rows fail, and the column still adds up."""
    finding = only(CROSSED.format(189, 84, 124))
    assert (finding.code, finding.printed, finding.expected) == ("AUD-14", "124", "84")


def test_a_total_left_blank_with_its_figure_beside_it_is_one_amount_out_of_place() -> None:
    found = in_tables(
        findings(
            """
            | Service | 2016/17 | 2017/18 | Total | Note |
            | --- | --- | --- | --- | --- |
            | Parks | 48 | 39 | 87 | |
            | Roads | 75 | 84 | | 159 |
            | Trees | 12 | 13 | 25 | |
            | Total | 135 | 136 | 271 | |
            """
        )
    )
    assert ("warning", "AUD-14", 3, 5) in told(found)


def test_a_total_row_that_is_right_across_was_worked_out_from_rows_that_are_not_all_there() -> None:
    """AUD-36: Roads, 75 and 84 and 92, is not printed; the total row still adds up across."""
    finding = only(
        """
        | Service | 2016/17 | 2017/18 | 2018/19 | Total |
        | --- | --- | --- | --- | --- |
        | Schools | 189 | 124 | 31 | 344 |
        | Parks | 48 | 39 | 27 | 114 |
        | Total | 312 | 247 | 150 | 709 |
        """
    )
    assert told([finding]) == [("warning", "AUD-12", 4, 2)]
    assert "in 4 places" in finding.message


def test_percentages_that_are_wrong_only_because_an_amount_is_are_not_told_again() -> None:
    found = in_tables(
        findings(
            """
            | Service | £000 | % |
            | --- | --- | --- |
            | Schools | 1,890 | 36% |
            | Parks | 4,800 | 9% |
            | Roads | 2,880 | 55% |
            | Total | 5,250 | 100% |
            """
        )
    )
    assert told(found) == [("error", "AUD-12", 3, 2)]
    assert found[0].expected == "480"


def test_a_percentage_beside_it_tells_which_part_is_wrong() -> None:
    """AUD-34: 600 too much: 36% of 5,250 says that Roads has them, and no slip does."""
    finding = only(
        """
        | Service | £000 | % |
        | --- | --- | --- |
        | Schools | 1,890 | 36% |
        | Parks | 480 | 9% |
        | Roads | 2,480 | 36% |
        | Trees | 1,000 | 19% |
        | Total | 5,250 | 100% |
        """
    )
    assert (finding.place.row, finding.printed, finding.expected) == (4, "2,480", "1,880")
