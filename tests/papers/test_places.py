"""Amounts under the wrong heading, rows that slipped, totals left blank.

Rules AUD-14 (misplaced), AUD-15 (layout), AUD-16 (blank). Expected figures are worked by hand.
"""

from tests.papers.drawing import findings, told


def test_a_total_under_the_wrong_year_is_told_as_such() -> None:
    (finding,) = findings(
        """
        | Savings | 2016/17 | 2017/18 | 2018/19 | Total |
        | --- | --- | --- | --- | --- |
        | Red | | 100 | | 100 |
        | Amber | | | 40 | 40 |
        | Total | 100 | | 40 | 140 |
        """
    )
    assert (finding.code, finding.severity.value) == ("AUD-14", "error")
    assert (finding.place.row, finding.place.column) == (4, 2)
    assert finding.message == (
        "Table 1: Total prints 100 under 2016/17; what it adds up stands under 2017/18."
    )
    assert (finding.printed, finding.expected) == ("100", "100 under 2017/18")


def test_totals_that_stand_a_year_early_are_one_finding() -> None:
    (finding,) = findings(
        """
        | Savings | 2016/17 | 2017/18 | 2018/19 | Total |
        | --- | --- | --- | --- | --- |
        | Red | | 100 | 30 | 130 |
        | Amber | | 25 | 40 | 65 |
        | Total | 125 | 70 | | 195 |
        """
    )
    assert told([finding]) == [("error", "AUD-14", 4, 2)]
    assert "prints 125, 70 under 2016/17 to 2017/18" in finding.message
    assert "under 2017/18 to 2018/19" in finding.message


def test_a_part_under_the_wrong_year_is_one_finding() -> None:
    (finding,) = findings(
        """
        | Savings | 2016/17 | 2017/18 | 2018/19 | Total |
        | --- | --- | --- | --- | --- |
        | Parks | 25 | | 7 | 32 |
        | Roads | 30 | 41 | 8 | 79 |
        | Trees | 11 | 12 | 9 | 32 |
        | Total | 41 | 78 | 24 | 143 |
        """
    )
    assert told([finding]) == [("error", "AUD-14", 2, 2)]
    assert finding.message == (
        "Table 1: Parks prints 25 against 2016/17; the totals agree if it stands against 2017/18. "
        "As printed, both are 25 out."
    )


def test_two_figures_that_changed_places_are_one_finding() -> None:
    (finding,) = findings(
        """
        | Savings | 2016/17 | 2017/18 | 2018/19 |
        | --- | --- | --- | --- |
        | Parks | 25 | 60 | 7 |
        | Roads | 30 | 41 | 8 |
        | Total | 90 | 66 | 15 |
        """
    )
    assert told([finding]) == [("error", "AUD-14", 2, 3)]
    assert "if they are the other way round" in finding.message


def test_a_total_row_that_slipped_out_of_its_columns_is_a_note_and_read_where_it_agrees() -> None:
    found = findings(
        "\t<b>Rating</b>\t<b>2015/16</b>\t<b>2016/17</b>\t<b>2017/18</b>\t<b>Total</b>\n"
        "\tDelivered\t332\t\t\t332\n"
        "\tAmber\t40\t156\t\t196\n"
        "\tRed\t\t\t190\t190\n"
        "Total\t372\t156\t190\t\t718\n"
    )
    assert told(found) == [("note", "AUD-15", 5, 2)]
    assert "(372, 156, 190) stand one column to the left of their headings" in found[0].message


def test_a_slipped_row_is_still_added_up() -> None:
    found = findings(
        "\tRating\t2015/16\t2016/17\t2017/18\tTotal\n"
        "\tDelivered\t332\t\t\t332\n"
        "\tAmber\t40\t156\t\t196\n"
        "\tRed\t\t\t190\t190\n"
        "Total\t372\t156\t190\t\t817\n"
    )
    assert told(found) == [("note", "AUD-15", 5, 2), ("error", "AUD-13", 5, 6)]


def test_a_total_left_blank_is_a_note() -> None:
    (note,) = findings(
        """
        | Rating | 2015/16 | 2016/17 | Total |
        | --- | --- | --- | --- |
        | Delivered | 584 | 318 | |
        | Amber | | 152 | |
        | Total | 584 | 470 | 1,054 |
        """
    )
    assert (note.code, note.severity.value) == ("AUD-16", "note")
    assert note.message == (
        "Table 1: Total is left blank for Delivered (adds to 902), Amber (adds to 152)."
    )
    assert (note.place.row, note.place.column) == (2, 4)


def test_a_blank_sub_total_does_not_disturb_the_total_below_it() -> None:
    found = findings(
        """
        | | Rating | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- | --- |
        | New | Amber | 30 | 70 | 100 |
        | | Total | | | |
        | Existing | Amber | | | |
        | | Total | | | |
        | Total savings | | 30 | 70 | 100 |
        """
    )
    assert told(found) == [("note", "AUD-16", 3, 3)]


def test_a_row_total_left_blank_does_not_break_the_total_of_totals() -> None:
    found = findings(
        """
        | Service | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- |
        | Parks | 30 | 71 | 101 |
        | Roads | 22 | 13 | |
        | Total | 52 | 84 | 136 |
        """
    )
    # A single blank among totals that are right, which another total counts: it was forgotten.
    assert told(found) == [("warning", "AUD-16", 3, 4)]


def test_a_total_without_any_part_is_a_note() -> None:
    (note,) = findings(
        """
        | Service | 2015/16 | 2016/17 | 2017/18 |
        | --- | --- | --- | --- |
        | Parks | 30 | 11 | |
        | Roads | 22 | 13 | |
        | Total | 52 | 24 | 77 |
        """
    )
    assert (note.code, note.severity.value, note.printed) == ("AUD-16", "note", "77")
    assert note.message == "Table 1: Total prints 77 for 2017/18, but no part of it."
