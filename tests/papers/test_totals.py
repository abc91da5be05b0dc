"""Totals both ways: what is found, where, how it is said, and what is let be.

Rules AUD-08 (what adds up to what), AUD-09 and AUD-17 (rounding), AUD-10 (one cause, one finding),
AUD-11 (severity and confidence), AUD-12 (columns), AUD-13 (rows). Expected figures are worked by
hand.
"""

import pytest

from tests.papers.drawing import findings, in_tables, told

RIGHT = {
    "a plain column": """
        | Service | £000 |
        | --- | --- |
        | Parks | 30 |
        | Roads | 70 |
        | Total | 100 |
        """,
    "rows and columns": """
        | Service | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- |
        | Parks | 30 | 70 | 100 |
        | Roads | (5) | - | (5) |
        | Total | 25 | 70 | 95 |
        """,
    "nested sub-totals": """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Schools | 10 | 20 |
        | Social care | 5 | 6 |
        | Sub-total children | 15 | 26 |
        | Parks | 1 | 2 |
        | Roads | 3 | 4 |
        | Sub-total places | 4 | 6 |
        | Chief executive | 100 | 200 |
        | Grand total | 119 | 232 |
        """,
    "a sub-total without parts": """
        | Service | £000 |
        | --- | --- |
        | Parks | 30 |
        | Roads | 70 |
        | Sub-total | 100 |
        | Sub-total | 25 |
        | Grand total | 125 |
        """,
    "net of income in brackets": """
        | | DASH | ChS |
        | --- | --- | --- |
        | Commissioned | 148 | 40 |
        | Internal | 62 | 32 |
        | Total expenditure | 210 | 72 |
        | Total income | (90) | (8) |
        | Net budget | 120 | 64 |
        """,
    "net of income printed without a sign": """
        | | DASH | ChS |
        | --- | --- | --- |
        | Pay | 148 | 40 |
        | Premises | 62 | 32 |
        | Total expenditure | 210 | 72 |
        | Fees | 90 | 8 |
        | Net budget | 120 | 64 |
        """,
    "the total first": """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Total | 100 | 205 |
        | Parks | 30 | 101 |
        | Roads | 70 | 104 |
        """,
    "parts that are repeated below": """
        | Service | £000 |
        | --- | --- |
        | Pay | 500 |
        | of which agency | 100 |
        | Premises | 200 |
        | Total | 700 |
        """,
    "averages beside amounts": """
        | Service | Posts | Pay | Average pay |
        | --- | --- | --- | --- |
        | Parks | 10 | 300 | 30 |
        | Roads | 20 | 500 | 25 |
        | Total | 30 | 800 | 26.7 |
        """,
    "a rate that no heading tells": """
        | Service | Posts | Pay | Each |
        | --- | --- | --- | --- |
        | Parks | 10 | 310 | 31 |
        | Roads | 20 | 500 | 25 |
        | Total | 30 | 810 | 27.0 |
        """.replace("27.0", "27.1"),
    "an unlabelled bold total": """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Parks | 30 | 31 |
        | Roads | 70 | 72 |
        | | **100** | **103** |
        """,
    "a bold row that is no total": """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Council tax | 30 | 31 |
        | Rates | 70 | 72 |
        | **New savings** | **5** | **8** |
        | **Total** | **105** | **111** |
        """,
    "units of their own": """
        | 2016/17 | 2017/18 | Total |
        | --- | --- | --- |
        | £0.050m | £100k | £150,000 |
        """,
    "a remark after a figure": """
        | Rating | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Amber | 40 | 10 |
        | Red | 190 (inc. 90 for delivery) | 5 |
        | Total | 230 | 15 |
        """,
    "two programmes, each with its years": """
        | | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Parks | 1 | 2 |
        | Roads | 3 | 5 |
        | Total | 4 | 7 |
        | | 2018/19 | 2019/20 |
        | Parks | 10 | 20 |
        | Roads | 30 | 50 |
        | Total | 40 | 70 |
        """,
    "words only": """
        | Risk | Total |
        | --- | --- |
        | Too slow | a plan |
        | Total reward scheme | a review |
        """,
    "a supplier called Total": """
        | Supplier | Amount |
        | --- | --- |
        | Alpha | 1896.50 |
        | Beta | 1079.00 |
        | TOTAL RESOURCES UK LTD | 5.25 |
        | Gamma | 12.00 |
        """,
    "a total still to be confirmed": """
        | Service | £000 |
        | --- | --- |
        | Parks | 30 |
        | Roads | 70 |
        | Total | TBC |
        """,
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_table_that_is_right_raises_nothing(case: str) -> None:
    assert told(in_tables(findings(RIGHT[case]))) == []


WRONG = {
    "a column": (
        """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Parks | 30 | 10 |
        | Roads | 70 | 20 |
        | Total | 101 | 50 |
        """,
        [("note", "AUD-17", 4, 2), ("error", "AUD-12", 4, 3)],
    ),
    "a row": (
        """
        | Service | 2015/16 | 2016/17 | Total |
        | --- | --- | --- | --- |
        | Parks | 40 | 156 | 256 |
        | Roads | 10 | 20 | 30 |
        """,
        [("error", "AUD-13", 2, 4)],
    ),
    "the only total of a table": (
        """
        | Service | £000 |
        | --- | --- |
        | Parks | 30 |
        | Roads | 70 |
        | Total | 120 |
        """,
        [("error", "AUD-12", 4, 2)],
    ),
    "the only total, far off": (
        """
        | Service | £000 |
        | --- | --- |
        | Parks | 30 |
        | Roads | 70 |
        | Total | 964 |
        """,
        [("warning", "AUD-12", 4, 2)],
    ),
    "a sub-total beside others that are right": (
        """
        | Service | £000 |
        | --- | --- |
        | Schools | 10 |
        | Social care | 50 |
        | Sub-total | 83 |
        | Parks | 10 |
        | Roads | 30 |
        | Sub-total | 40 |
        | Grand total | 123 |
        """,
        [("warning", "AUD-12", 4, 2)],
    ),
    "one figure in a row and a column": (
        """
        | Service | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- |
        | Parks | 30 | 70 | 100 |
        | Roads | 15 | 29 | 46 |
        | Trees | 11 | 12 | 23 |
        | Total | 56 | 113 | 169 |
        """,
        [("error", "AUD-13", 3, 3)],
    ),
    "one figure in a row and a column, far off": (
        """
        | Service | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- |
        | Parks | 30 | 70 | 100 |
        | Roads | 15 | 92 | 44 |
        | Trees | 11 | 12 | 23 |
        | Total | 56 | 111 | 167 |
        """,
        [("error", "AUD-13", 3, 3)],
    ),
    "a total that is only bold": (
        """
        | Service | 2016/17 | 2017/18 | 2018/19 |
        | --- | --- | --- | --- |
        | Parks | 30 | 10 | 44 |
        | Roads | 71 | 25 | 12 |
        | All services | **101** | **35** | **65** |
        """,
        [("error", "AUD-12", 3, 4)],
    ),
    "a total that is only last": (
        """
        | Service | 2016/17 | 2017/18 | 2018/19 |
        | --- | --- | --- | --- |
        | Parks | 30 | 10 | 44 |
        | Roads | 71 | 25 | 12 |
        | | 101 | 35 | 65 |
        """,
        [("error", "AUD-12", 3, 4)],
    ),
    "a line that was left out": (
        """
        | Service | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- |
        | Parks | 300 | 700 | 1,000 |
        | Roads | 150 | 310 | 460 |
        | Total | 472 | 1,051 | 1,523 |
        """,
        [("error", "AUD-12", 4, 2)],
    ),
    "parts of which one is to be confirmed": (
        """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Parks | 30 | 10 |
        | Roads | TBC | 20 |
        | Trees | 5 | 7 |
        | Total | 95 | 37 |
        """,
        [("note", "AUD-12", 5, 2)],
    ),
    "parts of which one is about right": (
        """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Parks | 30 | 10 |
        | Roads | about 20 | 20 |
        | Trees | 5 | 7 |
        | Total | 95 | 37 |
        """,
        [("note", "AUD-12", 5, 2)],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_table_that_is_wrong_raises_one_finding_for_each_cause(case: str) -> None:
    text, expected = WRONG[case]
    assert told(in_tables(findings(text))) == expected


def test_a_finding_says_where_what_was_found_what_was_expected_and_what_to_do() -> None:
    (finding,) = findings(
        """
        ## Appendix B

        | Service | 2015/16 | 2016/17 | 2017/18 |
        | --- | --- | --- | --- |
        | Parks | 1,215 | 2,101 | 10 |
        | Roads | 3,000 | 420 | 20 |
        | Total | 4,251 | 2,521 | 30 |
        """
    )
    assert finding.message == (
        "“Appendix B”, table 1: 2015/16 adds to 4,215; the printed Total is 4,251, 36 apart. If "
        "not, Parks, 2015/16 may be 1,251."
    )
    assert finding.advice == "Look for transposed figures: 51 for 15."
    assert (finding.printed, finding.expected, finding.difference) == ("4,251", "4,215", "36")
    place = finding.place
    assert (place.file, place.heading, place.line) == ("paper.md", "Appendix B", 8)
    assert (place.table, place.row, place.column, place.printed) == (1, 4, 2, "4,251")
    assert len(place.sha256) == 64
    assert finding.confidence == 0.95


@pytest.mark.parametrize(
    ("parts", "total", "advice"),
    [
        ((1215, 3000), "4,251", "Look for transposed figures: 51 for 15."),
        ((1215, 3000), "4,815", "One digit is wrong."),
        ((1215, 3000), "-4,215", "A minus or brackets too many: the sign is the wrong way round."),
        (
            (1215, 3000),
            "4,215,000",
            "It is a thousand times too large: look at its unit and its noughts.",
        ),
        (
            (1215, 3000),
            "42.15",
            "It is a hundred times too small: look at its unit and its noughts.",
        ),
        ((1215, 3000), "3,000", "The total is right without Parks, 2015/16."),
        ((1215, 3000), "5,430", "The total is right if Parks, 2015/16 is counted twice."),
        (
            (1215, 3000),
            "1,785",
            "A minus or brackets are missing: the sign is the wrong way round.",
        ),
        ((1215, 2130), "4,215", "Check 4,215 against its source; 3,345 would add up."),
        ((1251, 3000), "4,215", "Look for transposed figures: 15 for 51."),
    ],
)
def test_a_slip_is_named_where_it_alone_explains_the_difference(
    parts: tuple[int, int], total: str, advice: str
) -> None:
    (finding,) = findings(
        f"""
        | Service | 2015/16 | 2016/17 | 2017/18 |
        | --- | --- | --- | --- |
        | Parks | {parts[0]} | 210 | 11 |
        | Roads | {parts[1]} | 42 | 22 |
        | Total | {total} | 252 | 33 |
        """
    )
    assert finding.advice == advice


def test_one_error_that_shows_twice_is_told_once_with_its_consequence() -> None:
    """O-RAG-02: 40 and 156 printed as 256; the grand total, which the columns prove, is 60 less."""
    (finding,) = findings(
        """
        | Rating | 2015/16 | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- | --- |
        | Delivered | 332 | | | 332 |
        | Amber | 40 | 156 | | 256 |
        | Red | | | 190 | 190 |
        | Total | 372 | 156 | 190 | 718 |
        """
    )
    assert (finding.code, finding.severity.value) == ("AUD-13", "error")
    assert (finding.printed, finding.expected, finding.difference) == ("256", "196", "60")
    assert finding.message == (
        "Table 1: Amber adds to 196; the printed Total is 256, 60 apart. The same 60 is why Total "
        "adds to 778 beside the printed 718: it is one error."
    )
    assert finding.confidence == 0.98


def test_a_figure_that_mends_both_its_totals_is_the_one_named() -> None:
    (finding,) = findings(WRONG["one figure in a row and a column, far off"][0])
    assert finding.message == (
        "Table 1: Roads, 2017/18 is printed as 92; what it is added into agrees both ways if it is "
        "29, 63 apart."
    )
    assert finding.advice == "Look for transposed figures: 92 for 29."


def test_a_part_is_named_where_the_total_is_borne_out() -> None:
    # The grand total bears 1,300 out, and Schools its own row: 300 for Fees is what is left.
    (finding,) = [
        found
        for found in findings(
            """
            | Service | 2016/17 | 2017/18 | Total |
            | --- | --- | --- | --- |
            | Schools | 700 | 50 | 750 |
            | Fees | 300 | 20 | |
            | Sub-total | 1,300 | 70 | 1,370 |
            | Parks | 100 | 30 | 130 |
            | Roads | 200 | 40 | 240 |
            | Sub-total | 300 | 70 | 370 |
            | Grand total | 1,600 | 140 | 1,740 |
            """
        )
        if found.code == "AUD-12"
    ]
    assert (finding.place.row, finding.place.column) == (3, 2)
    assert (finding.printed, finding.expected) == ("300", "600")
    assert "Other totals bear that total out" in finding.message


def test_a_total_of_rounded_parts_may_differ_by_half_a_unit_a_part() -> None:
    # hand-worked: three parts and the total make up to 2 units; one apart can be, two cannot
    def table(total: int) -> str:
        return f"""
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Parks | 11 | 5 |
        | Roads | 22 | 6 |
        | Trees | 33 | 7 |
        | Total | {total} | 18 |
        """

    assert told(findings(table(67))) == [("note", "AUD-17", 5, 2)]
    assert told(findings(table(65))) == [("note", "AUD-17", 5, 2)]
    assert told(findings(table(68))) == [("error", "AUD-12", 5, 2)]


def test_a_dash_is_exactly_nought_and_widens_nothing() -> None:
    found = findings(
        """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Parks | 11 | 5 |
        | Roads | 22 | 6 |
        | Trees | - | 8 |
        | Total | 35 | 19 |
        """
    )
    assert told(found) == [("error", "AUD-12", 5, 2)]


def test_rounding_differences_are_one_note_for_a_table() -> None:
    (note,) = findings(
        """
        | Service | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- |
        | Parks | 1.2 | 3.4 | 4.7 |
        | Roads | 5.1 | 6.1 | 11.2 |
        | Total | 6.3 | 9.5 | 15.9 |
        """
    )
    assert (note.code, note.severity.value) == ("AUD-17", "note")
    assert "Parks adds to 4.6, Total 4.7" in note.message


def test_a_total_that_is_right_without_the_first_line_is_a_note() -> None:
    """AUD-21: the figures cannot tell whether the line was forgotten or does not belong."""
    (note,) = findings(
        """
        | Service | 2016/17 | 2017/18 |
        | --- | --- | --- |
        | Libraries | 31 | 44 |
        | Parks | 315 | 128 |
        | Roads | 722 | 236 |
        | Total | 1,037 | 364 |
        """
    )
    assert told([note]) == [("note", "AUD-21", 2, 2)]
    assert note.message == (
        "Table 1: Total adds up what follows Libraries and leaves Libraries out (31, 44)."
    )


def test_a_year_that_a_row_total_leaves_out_is_a_note() -> None:
    """AUD-21 across: the base year stands beside the plan's."""
    (note,) = findings(
        """
        | Service | 2015/16 | 2016/17 | 2017/18 | Total |
        | --- | --- | --- | --- | --- |
        | Parks | 31 | 315 | 128 | 443 |
        | Roads | 44 | 722 | 236 | 958 |
        """
    )
    assert told([note]) == [("note", "AUD-21", 2, 2)]


def test_a_table_of_more_likely_totals_than_any_paper_has_is_not_added_up_and_says_so() -> None:
    lines = "".join("Parks\t1\nRoads\t2\nTotal\t3\n" for _ in range(1001))
    (note,) = findings(f"Service\tAmount\n{lines}")
    assert (note.code, note.severity.value) == ("AUD-08", "note")
    assert "more than 1,000 rows look like totals" in note.message


def test_the_audit_gives_the_same_findings_in_the_same_order_every_time() -> None:
    text = "\n\n".join(text for text, _ in WRONG.values())
    assert findings(text) == findings(text)
    places = [(one.place.table, one.place.line) for one in findings(text)]
    assert places == sorted(places)
