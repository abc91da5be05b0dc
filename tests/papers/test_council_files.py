"""Real council files: what is known to add up does, and nothing is cried wolf over.

Expected figures are published: those that the councils print, as the data's own notes list them.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from futurefit.papers.arithmetic import TableArithmetic, read_arithmetic
from futurefit.papers.audit import audit
from futurefit.papers.readers import read, read_file
from futurefit.papers.sums import Status
from tests.papers.drawing import in_tables, told

FOLDERS = (
    "budget-papers",
    "fraud",
    "programme",
    "reference",
    "reference/council-tax-collection",
    "pdf-tables/simple",
    "spend/darlington",
    "spend/hyndburn",
    "spend/manchester",
    "spend/salford",
    "spend/sutton-coldfield",
    "spend/tameside",
    "spend/trafford",
)
SUTTON = "payments_2016-17_clean.csv"


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_in_files_that_are_right_is_above_a_note(shared: Path, folder: str) -> None:
    alarms = [
        (path.name, told([finding]), finding.message)
        for path in sorted((shared / "data" / folder).glob("*.csv"))
        for finding in in_tables(audit(read_file(path)))
        if finding.severity.value != "note"
    ]
    assert alarms == []


def arithmetic(path: Path) -> TableArithmetic:
    (only,) = read_arithmetic(read_file(path))
    return only


def proven(found: TableArithmetic, column: int) -> list[Decimal]:
    """The totals of a column that add up, in order."""
    checks = [
        check
        for one in found.down
        for check in one.checks
        if check.cross == column and check.status is Status.HOLDS
    ]
    return [check.total.value for check in checks if check.total is not None]


def test_six_papers_of_brighton_savings_add_up(shared: Path) -> None:
    found = arithmetic(shared / "data/budget-papers/brighton-hove_savings_monitoring_2022-25.csv")
    in_pounds = 1000
    assert proven(found, 7) == [
        in_pounds * total for total in (10_509, 10_509, 14_173, 14_173, 23_627, 23_627)
    ]
    assert all(check.status is Status.HOLDS for one in found.down for check in one.checks)


def test_draft_and_final_savings_of_brighton_add_up_with_every_sub_total(shared: Path) -> None:
    found = arithmetic(
        shared / "data/budget-papers/brighton-hove_savings_proposals_2026-27_draft_and_final.csv"
    )
    assert [total / 1000 for total in proven(found, 5)] == [
        1_209, 7_439, 1_682, 2_116, 12_446, 1_870, 7_862, 5_222, 2_670, 20_749,
    ]  # fmt: skip
    grand = [one for one in found.down if one.rank.name == "GRAND_TOTAL"]
    assert [
        check.total.value
        for one in grand
        for check in one.checks
        if check.total and check.cross == 6
    ] == [
        Decimal("3604.5"),
        Decimal("3604.5"),
    ]
    assert all(check.status is Status.HOLDS for one in found.down for check in one.checks)


def test_parish_tax_bases_of_south_staffordshire_add_up(shared: Path) -> None:
    found = arithmetic(
        shared / "data/budget-papers/south-staffordshire_parish_tax_bases_2018-19.csv"
    )
    assert proven(found, 2) == [Decimal("37785.11")]
    assert len(found.down[0].parts) == 27


def test_figures_of_minutes_add_up_whichever_way_they_are_listed(shared: Path) -> None:
    found = arithmetic(
        shared / "data/budget-papers/minutes_figures_herefordshire_reading_enfield.csv"
    )
    assert [
        str(total / 1_000_000) if total > 1000 else str(total) for total in proven(found, 5)
    ] == [
        "19.5",
        "12.1",
        "4.987",
        "24.5",
    ]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("line,667,183.2,0.6", "line,676,183.2,0.6", 27),
        ("line,2696,589.2,17.1", "line,26960,589.2,17.1", 32),
        ("subtotal,5222,1191.5,16.5", "subtotal,5252,1191.5,16.5", 42),
        ("total,20749,3604.5,94.2", "total,20794,3604.5,94.2", 51),
    ],
)
def test_one_figure_changed_in_a_real_paper_is_found_where_it_tells(
    shared: Path, before: str, after: str, line: int
) -> None:
    name = "brighton-hove_savings_proposals_2026-27_draft_and_final.csv"
    text = (shared / "data/budget-papers" / name).read_text(encoding="utf-8")
    found = [
        finding
        for finding in audit(read(name, text.replace(before, after).encode()))
        if finding.severity.value != "note"
    ]
    assert [(one.severity.value, one.code, one.place.line) for one in found] == [
        ("error", "AUD-12", line)
    ]


def test_rounded_counts_of_dwellings_are_one_note(shared: Path) -> None:
    found = audit(read_file(shared / "data/reference/dwellings_by_band_and_region_2024.csv"))
    assert [(one.severity.value, one.code) for one in found] == [("note", "AUD-17")]
