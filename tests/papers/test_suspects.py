"""Which figure is wrong, where totals fail: the likeliest slip, exchanges, blanks, rows not there.

Rules AUD-34 (the likeliest suspect), AUD-35 (figures in each other's place), AUD-36 (rows that are
not all there). Expected figures are worked by hand.
"""

from decimal import Decimal

import pytest

from futurefit.kernel.findings import Finding
from futurefit.papers.document import TableCell
from futurefit.papers.figures import Figure
from futurefit.papers.printed import Kind
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


def test_a_slip_that_rounding_hides_by_a_little_is_still_named() -> None:
    """AUD-34: the parts of 2017/18 are 0.1 apart from their total; with 41.9 below nought, 83.7."""
    found = in_tables(
        findings(
            """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Schools | 31.2 | -41.9 |
        | Parks | 20.4 | 22.2 |
        | Roads | 11.1 | 12.6 |
        | Trees | 8.2 | 9.3 |
        | Total | 71.0 | 85.9 |
        """
        )
    )
    assert told(found) == [("error", "AUD-12", 2, 3), ("note", "AUD-17", 6, 2)]
    assert found[0].expected == "41.9"


def test_parts_of_two_blocks_in_each_others_place_are_one_finding() -> None:
    """AUD-35: 58 and 84 exchanged; the first block is 26 too much, the second 26 too little."""
    finding = only(
        """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Schools | 189 | 124 |
        | Parks | 84 | 39 |
        | Sub-total | 247 | 163 |
        | Roads | 75 | 92 |
        | Trees | 58 | 31 |
        | Sub-total | 159 | 123 |
        | Total | 406 | 286 |
        """
    )
    assert (finding.code, finding.printed, finding.expected) == ("AUD-14", "84", "58")


def test_amounts_and_posts_in_each_others_place_are_compared_as_printed() -> None:
    """AUD-35: 41.5 stands under posts and is 41,500 pounds where it belongs."""
    finding = only(
        """
        | Service | Savings £000 | Posts FTE |
        | --- | --- | --- |
        | Schools | 120.5 | 12.5 |
        | Parks | | 41.5 |
        | Roads | 75.0 | 9.5 |
        | Sub-total | 237.0 | 22.0 |
        | Trees | 31.0 | 4.5 |
        | Tips | 17.0 | 2.5 |
        | Sub-total | 48.0 | 7.0 |
        | Total | 285.0 | 29.0 |
        """
    )
    assert told([finding]) == [("error", "AUD-14", 3, 3)]


def test_a_row_without_its_only_figure_is_what_the_total_lacks() -> None:
    """AUD-34: 3,847 is missing, and one row of the only column is blank."""
    finding = only(
        """
        | Parish | Tax base |
        | --- | --- |
        | Acton | 2,155 |
        | Bobbington | |
        | Coven | 1,386 |
        | Dunston | 962 |
        | Total | 8,350 |
        """
    )
    assert told([finding]) == [("warning", "AUD-12", 3, 2)]
    assert finding.expected == "3,847"


def test_a_year_without_the_only_figure_of_its_column_is_what_the_total_lacks() -> None:
    """AUD-34: 150 is missing, and one column headed by a year is blank."""
    finding = only(
        """
        | 2015/16 | 2016/17 | 2017/18 | 2018/19 | Total |
        | --- | --- | --- | --- | --- |
        | £0.125m | | £0.075m | £0.050m | £0.400m |
        """
    )
    assert told([finding])[0][1:] == ("AUD-13", 2, 2)
    assert finding.expected == "£0.150m"


def test_of_two_figures_with_the_same_odds_the_one_unlike_its_row_is_told() -> None:
    """AUD-34: 1,000 too much. Schools grow a little every year, so 3,244 for 2,244 stands out."""
    finding = only(
        """
        | Service | 2015/16 | 2016/17 | 2017/18 | 2018/19 |
        | --- | --- | --- | --- | --- |
        | Social care | 3,811 | 3,847 | 3,911 | 3,958 |
        | Schools | 2,198 | 2,221 | 3,244 | 2,267 |
        | Parks | 1,386 | 1,402 | 1,417 | 1,433 |
        | Total | 7,395 | 7,470 | 7,572 | 7,658 |
        """
    )
    assert told([finding]) == [("error", "AUD-12", 3, 4)]
    assert finding.expected == "2,244"


ROUNDED = """
    | Region | A | B | C | D | Total |
    | --- | --- | --- | --- | --- | --- |
    | North East | 20,530 | 18,840 | 17,250 | 9,410 | 66,031 |
    | North West | {} | 31,120 | 28,340 | 15,680 | 145,141 |
    | South East | {} | 40,390 | 44,870 | 30,550 | 141,112 |
    | South West | 24,110 | 26,780 | 22,460 | 18,930 | 92,280 |
    | Wales | 21,350 | 27,440 | 29,610 | 20,140 | 98,540 |
    """


def beyond_rounding(text: str) -> list[tuple[str, str, int | None, int | None]]:
    return told([one for one in in_tables(findings(text)) if one.code != "AUD-17"])


def test_exchanged_figures_are_found_though_rounding_leaves_totals_a_little_off() -> None:
    """AUD-35: 70,000 and 25,300 the other way round; both rows are off by rounding as they are."""
    assert beyond_rounding(ROUNDED.format("70,000", "25,300")) == []
    assert beyond_rounding(ROUNDED.format("25,300", "70,000")) == [("error", "AUD-14", 4, 2)]


def test_a_slip_in_rounded_figures_is_not_taken_for_an_average() -> None:
    """AUD-10: 141,112 lies between its parts and far below their sum; 25,300 for 25,300,000."""
    text = ROUNDED.format("70,000", "25,300,000")
    assert beyond_rounding(text) == [("error", "AUD-13", 4, 2)]


def test_an_only_total_that_lacks_a_line_like_its_parts_everywhere_is_a_warning() -> None:
    """AUD-36: 510, 480 and 530 are missing, each about as large as a part."""
    finding = only(
        """
        | Service | 2016/17 | 2017/18 | 2018/19 |
        | --- | --- | --- | --- |
        | Schools | 620 | 634 | 641 |
        | Parks | 418 | 402 | 377 |
        | Roads | 385 | 391 | 402 |
        | Total | 1,933 | 1,907 | 1,950 |
        """
    )
    assert told([finding]) == [("warning", "AUD-12", 5, 2)]


def test_a_figure_that_is_not_available_is_no_excuse_where_totals_hold_without_it() -> None:
    """AUD-11: Trees is not available in any year, and the other years add up without it."""
    text = """
        | Service | 2016/17 | 2017/18 | 2018/19 |
        | --- | --- | --- | --- |
        | Schools | 189 | 124 | {} |
        | Parks | 58 | 39 | 27 |
        | Trees | .. | .. | .. |
        | Total | 247 | 163 | 158 |
        """
    assert in_tables(findings(text.format(131))) == []
    assert told([only(text.format(113))]) == [("error", "AUD-12", 2, 4)]


def test_a_total_that_is_right_if_its_point_parts_thousands_is_a_warning() -> None:
    """AUD-11, AUD-37: 1.256 below 803 and 453 may be 1,256, printed as the Continent does."""
    finding = only(
        """
        | Topic | Enquiries |
        | --- | --- |
        | Trade | 803 |
        | Travel | 453 |
        | Total | 1.256 |
        """
    )
    assert told([finding]) == [("warning", "AUD-12", 4, 2)]


def test_a_total_printed_first_takes_in_a_last_line_that_is_mostly_nought() -> None:
    """AUD-08: Svalbard has pupils, and none in special classes."""
    text = """
        | County | Pupils | In special classes | In language classes |
        | --- | --- | --- | --- |
        | Total | {} | 753 | 371 |
        | Agder | 34,428 | 320 | 199 |
        | Oslo | 74,443 | 433 | 172 |
        | Svalbard | 234 | 0 | 0 |
        """
    assert in_tables(findings(text.format("109,105"))) == []
    assert told([only(text.format("109,015"))]) == [("error", "AUD-12", 2, 2)]


def test_figures_with_spaced_thousands_are_printed_back_with_their_spaces() -> None:
    """AUD-10: what is expected is written as the paper writes it."""
    figure = Figure(
        TableCell(1, 1, "2\u00a0515", line=1), Kind.NUMBER, Decimal(2515), Decimal("0.5")
    )
    assert figure.like(Decimal(2155)) == "2\u00a0155"


def test_a_row_left_out_that_is_nought_in_most_columns_is_one_finding() -> None:
    """AUD-36: Trees, 92 in 2018/19 and 92 in all, is not printed; the other columns hold."""
    finding = only(
        """
        | Service | 2015/16 | 2016/17 | 2017/18 | 2018/19 | Total |
        | --- | --- | --- | --- | --- | --- |
        | Schools | 21 | 189 | 124 | 31 | 365 |
        | Parks | 35 | 48 | 39 | 27 | 149 |
        | Total | 56 | 237 | 163 | 150 | 606 |
        """
    )
    assert told([finding]) == [("error", "AUD-12", 4, 5)]
    assert "in 2 places" in finding.message
