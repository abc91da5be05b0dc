"""What stands in each report, and in which order? (rules RPT-02 to RPT-07)

Amounts are worked by hand.
"""

from datetime import date

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Heading, Paragraph, Report, Table
from futurefit.programme.reports import (
    Due,
    Risky,
    Standing,
    Sums,
    Told,
    Tracked,
    TrackedTranche,
    TrancheFigures,
    Waiting,
    highlight_report,
    programme_report,
    reddest,
    theme_report,
    tracker_report,
)

M, K = 1_000_000_00, 1000_00  # a million and a thousand pounds in pence
STANDING = Standing("31 March 2016", "31 December 2015", date(2016, 3, 31), 12)


def tables(report: Report) -> dict[str, list[list[object]]]:
    """The values of every table, by its title."""
    return {
        block.title: [[cell.value for cell in row.cells] for row in block.rows]
        for block in report.blocks
        if isinstance(block, Table)
    }


def paragraphs(report: Report) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Paragraph)]


def programme(
    figures: list[TrancheFigures] | None = None,
    milestones: list[Due] | None = None,
    risks: list[Risky] | None = None,
    findings: list[Finding] | None = None,
    waiting: list[Waiting] | None = None,
) -> Report:
    return programme_report(
        "FutureFit",
        STANDING,
        figures or [],
        milestones=milestones or [],
        risks=risks or [],
        findings=findings or [],
        waiting=waiting or [],
    )


def test_a_report_says_where_it_stands_and_what_it_is_compared_with() -> None:
    """RPT-01"""
    report = programme()
    assert report.title == "FutureFit: programme report, 31 March 2016"
    (said, *_) = paragraphs(report)
    assert (
        "stand at 31 March 2016 and are compared with 31 December 2015. Ledger at journal 12."
        in said
    )


def test_each_tranche_is_told_in_one_sentence_and_never_added() -> None:
    """RPT-02"""
    current = Sums(4 * M, 3 * M + 400 * K, 1 * M, 3 * M, 1 * M)
    proposed = Sums(2 * M, 2 * M, 0, 2 * M + 50 * K, 0)
    report = programme(
        [TrancheFigures("Current", current, ()), TrancheFigures("Proposed", proposed, ())]
    )
    assert paragraphs(report)[1:3] == [
        "Current: £3.400m is forecast against a target of £4.000m, £0.600m short; £1.000m is "
        "delivered. The forecast rose by £400k; what is delivered has not moved.",
        "Proposed: £2.000m is forecast against a target of £2.000m; nothing is delivered. "
        "The forecast fell by £50k; what is delivered has not moved.",
    ]


def test_milestones_are_overdue_before_the_day_and_due_within_a_quarter() -> None:
    """RPT-03"""
    report = programme(
        milestones=[
            Due("On the day", "Roads", date(2016, 3, 31)),
            Due("The day before", "Roads", date(2016, 3, 30)),
            Due("Long late", "Roads", date(2015, 12, 31)),
            Due("Last day of the quarter", "Roads", date(2016, 7, 1)),
            Due("A day later", "Roads", date(2016, 7, 2)),
            Due("Some day", "Roads", None, printed="TBC"),
        ]
    )
    found = tables(report)
    assert [(row[0], row[-1]) for row in found["Overdue: 2"]] == [
        ("Long late", 91),
        ("The day before", 1),
    ]
    due = found["Due by 1 July 2016: 2"]
    assert [row[0] for row in due] == ["On the day", "Last day of the quarter"]
    assert "Without a date: 1." in paragraphs(report)


def test_a_milestone_is_expected_when_its_lead_says() -> None:
    """RPT-03"""
    slipped = Due("Slipped", "Roads", date(2016, 3, 1), forecast_on=date(2016, 5, 1))
    report = programme(milestones=[slipped])
    assert "No milestone is overdue." in paragraphs(report)
    assert tables(report)["Due by 1 July 2016: 1"] == [
        ["Slipped", "Roads", date(2016, 3, 1), date(2016, 5, 1)]
    ]


def test_the_gravest_risks_come_first_and_what_is_left_out_is_counted() -> None:
    """RPT-04"""
    risks = [Risky(f"Risk {score}", "Roads", score, "", "") for score in range(1, 18)]
    report = programme(risks=[Risky("Nobody scored", "Roads", None, "", ""), *risks])
    (table,) = [b for b in report.blocks if isinstance(b, Table) and b.title.startswith("Risks")]
    assert [row.cells[0].value for row in table.rows] == [f"Risk {n}" for n in range(17, 2, -1)]
    assert table.notes == ("3 more are not shown here; the site lists them all.",)


def test_of_risks_of_one_score_the_dearest_comes_first_in_pounds() -> None:
    """RPT-04"""
    risks = [
        Risky("Cheap", "Roads", 12, "", "", exposure_pence=5 * K),
        Risky("Dear", "Roads", 12, "", "", exposure_pence=50 * K),
        Risky("Graver", "Roads", 15, "", ""),
    ]
    rows = tables(programme(risks=risks))["Risks, the gravest first"]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("Graver", 15, None),
        ("Dear", 12, 50 * K),
        ("Cheap", 12, 5 * K),
    ]


def test_grave_findings_stand_in_full_and_notes_by_their_number() -> None:
    found = [
        Finding("CON-01", Severity.ERROR, "The paper prints 5."),
        Finding("AUD-01", Severity.NOTE, "A trifle."),
    ]
    report = programme(findings=found)
    assert "Findings: 1 error, 1 note." in paragraphs(report)
    (row,) = tables(report)["Errors and warnings"]
    assert "The paper prints 5." in row


def test_what_waits_is_counted_and_nothing_waiting_is_said() -> None:
    assert "Nothing is waiting." in paragraphs(programme(waiting=[Waiting("Changes", 0)]))
    report = programme(waiting=[Waiting("Changes", 2, date(2016, 3, 1)), Waiting("Others", 0)])
    assert tables(report)["What is waiting"] == [["Changes", 2, date(2016, 3, 1)]]


def test_a_theme_report_tells_its_words_where_anything_is_said() -> None:
    """RPT-05"""
    told = [Told("Vision", ("Open late",)), Told("Progress so far", ())]
    report = theme_report("Open council", STANDING, [], told=told, milestones=[], risks=[])
    headings = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert headings == ["The theme", "Vision", "Milestones", "Risks"]
    assert "Open late" in paragraphs(report)


def test_a_highlight_report_says_the_rating_now_and_before() -> None:
    """RPT-06"""
    report = highlight_report(
        "Libraries",
        STANDING,
        [],
        stage="Concept",
        lead="Head of Libraries",
        ratings=[("Current", Rag.AMBER, Rag.RED)],
        told=[],
        milestones=[],
        risks=[],
    )
    assert tables(report)["At a glance"] == [
        ["Current", Rag.AMBER, Rag.RED, "Concept", "Head of Libraries"]
    ]


def tracked(name: str, /, **amounts: int) -> Tracked:
    return Tracked(name, "", "", {Rag(rag): pence for rag, pence in amounts.items()}, {})


def test_a_project_is_as_red_as_its_reddest_pound() -> None:
    """RPT-07"""
    assert reddest({Rag.GREEN_DELIVERED: 9 * M, Rag.RED: 1}) is Rag.RED
    assert reddest({Rag.GREEN_ON_TARGET: 1, Rag.UNRATED: 1}) is Rag.UNRATED
    assert reddest({Rag.AMBER: -1, Rag.UNRATED: 1}) is Rag.AMBER
    assert reddest({Rag.RED: 0}) is None


def test_the_tracker_has_the_reddest_first_and_adds_to_its_total() -> None:
    """RPT-07"""
    projects = (
        tracked("Done", GREEN_DELIVERED=9 * M),
        tracked("Little red", RED=10 * K, GREEN_DELIVERED=9 * M),
        tracked("Amber", AMBER=5 * M),
        tracked("Much red", RED=200 * K),
    )
    total = tracked("Total", RED=230 * K, AMBER=5 * M, GREEN_DELIVERED=18 * M)
    report = tracker_report("FutureFit", STANDING, [TrackedTranche("Current", projects, total)])
    rows = tables(report)["Current: projects by rating"]
    assert [row[0] for row in rows] == [
        *("Much red", "Little red", "Amber", "Done", "In no project or theme", "Total")
    ]
    assert [row[1] for row in rows[:4]] == [Rag.RED, Rag.RED, Rag.AMBER, Rag.GREEN_DELIVERED]
    for place in (3, 4, 5):  # forecast, red, amber
        *parts, whole = (row[place] for row in rows)
        assert sum(part for part in parts if isinstance(part, int)) == whole
    assert rows[-1][3:6] == [23 * M + 230 * K, 230 * K, 5 * M]
    counted = "Projects and themes by their least sure rating: 2 red, 1 amber, 1 green delivered."
    assert counted in paragraphs(report)


def test_the_tracker_says_what_moved_and_what_is_overdue() -> None:
    """RPT-07"""
    moved = Tracked(
        "Roads",
        "Open council",
        "Head of Highways",
        {Rag.RED: 80 * K, Rag.AMBER: 10 * K},
        {Rag.AMBER: 100 * K},
        (("Withdrawn", -10 * K), ("Slipped", 0)),
        "Sites chosen",
        date(2016, 3, 30),
    )
    report = tracker_report("P", STANDING, [TrackedTranche("Current", (moved,), moved)])
    (table,) = [block for block in report.blocks if isinstance(block, Table)]
    row = table.rows[0]
    assert row.cells[2].value is Rag.AMBER
    assert row.cells[8].note == "overdue"
    assert row.cells[9].value == "Withdrawn £10k less; Red £80k more; Amber £90k less"
    still = Tracked("Still", "", "", {Rag.RED: 1}, {Rag.RED: 1}, due_on=date(2016, 3, 31))
    report = tracker_report("P", STANDING, [TrackedTranche("Current", (still,), still)])
    (table,) = [block for block in report.blocks if isinstance(block, Table)]
    assert (table.rows[0].cells[8].note, table.rows[0].cells[9].value) == ("", "No change")
