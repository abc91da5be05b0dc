"""Does the command line give the programme's figures as the ledger holds them?

Figures are published (the papers of the reference programme) or their sum (O-SAV-05).
"""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
YEARS = ["2015/16", "2016/17", "2017/18", "2018/19", "2019/20", "2020/21+"]


def row(rows: list[dict[str, Any]], code: str) -> dict[str, Any]:
    return next(row for row in rows if row["code"] == code)


def test_the_summary_shows_what_each_theme_and_project_proposes(futurefit: Command) -> None:
    said = futurefit("programme", "summary", "--format", "json")
    proposed = said.values["proposed"]["revenue"]
    assert {row["code"]: row["total_pence"] for row in proposed["themes_and_projects"]} == {
        "self-sufficient": 1_036_900_000,
        "commissioning": 265_000_000,
        "active-alliances": 40_000_000,
        "operating-model": 150_000_000,
        "send-contract": 10_000_000,
        "modernising-hr": 10_000_000,
    }
    assert said.values["years"] == YEARS
    net = proposed["net_effect"]
    assert net["total_pence"] == 1_511_900_000
    assert list(net["years_pence"].values()) == [
        *(0, 319_900_000, 332_000_000, 405_000_000, 390_000_000, 65_000_000)
    ]
    assert row(proposed["kinds"], "SAVING")["total_pence"] == 775_000_000
    assert row(proposed["kinds"], "FUNDING")["total_pence"] == 736_900_000
    assert row(proposed["kinds"], "INVESTMENT")["unprofiled_pence"] == -280_000_000


def test_the_summary_shows_both_current_grids_cell_by_cell(futurefit: Command) -> None:
    current = futurefit("programme", "summary", "--format", "json").values["current"]["revenue"]
    grids = {
        grid["code"]: {
            r["code"]: [r["years_pence"][year] // 100_000 for year in YEARS[:3]]
            for r in grid["ratings"]
        }
        for grid in current["project_grids"]
    }
    assert grids == {
        "send-contract": {
            "GREEN_DELIVERED": [584, 318, 0],
            "GREEN_ON_TARGET": [0, 1025, 344],
            "AMBER": [0, 152, 32],
            "RED": [0, 0, 0],
        },
        "modernising-hr": {
            "GREEN_DELIVERED": [332, 0, 0],
            "GREEN_ON_TARGET": [0, 0, 0],
            "AMBER": [40, 156, 0],
            "RED": [0, 0, 190],
        },
    }
    totals = {grid["code"]: grid["total"]["total_pence"] for grid in current["project_grids"]}
    assert totals == {"send-contract": 245_500_000, "modernising-hr": 71_800_000}


def test_current_and_proposed_are_nowhere_added(futurefit: Command) -> None:
    def numbers(value: object) -> set[int]:
        if isinstance(value, dict | list):
            parts = value.values() if isinstance(value, dict) else value
            return set().union(*map(numbers, parts)) if parts else set()
        return {value} if isinstance(value, int) else set()

    shown = numbers(futurefit("programme", "summary", "--format", "json").values)
    assert 1_511_900_000 in shown
    assert 317_300_000 in shown
    assert 1_511_900_000 + 317_300_000 not in shown


def test_the_summary_ends_in_1_because_of_its_findings(futurefit: Command) -> None:
    said = futurefit("programme", "summary", "--format", "json")
    assert said.status == 1
    errors = [f for f in said.values["findings"] if f["severity"] == "error"]
    assert [f["printed"] for f in errors] == ["100", "256", "£30K; £70K"]
    amber = errors[1]
    assert (amber["place"]["line"], amber["place"]["table"], amber["place"]["column"]) == (
        1641,
        46,
        6,
    )
    assert amber["expected"] == "£196k"


def test_as_at_shows_what_had_taken_effect(futurefit: Command) -> None:
    asked = ("programme", "summary", "--format", "json", "--as-at")
    then = futurefit(*asked, "2015-11-19").values
    now = futurefit("programme", "summary", "--format", "json").values
    assert (then["proposed"], then["current"]) == (now["proposed"], now["current"])
    early = futurefit(*asked, "2015-08-31").values
    assert early["as_at"] == "2015-08-31"
    assert early["proposed"]["revenue"]["net_effect"]["total_pence"] == 10_000_000
    assert early["current"]["revenue"]["net_effect"]["total_pence"] == 245_500_000


def test_known_at_shows_what_had_been_recorded(futurefit: Command) -> None:
    asked = ("programme", "summary", "--format", "json", "--known-at")
    second = futurefit(*asked, "2").values
    assert second["proposed"]["revenue"]["net_effect"]["total_pence"] == 1_046_900_000
    before = futurefit(*asked, "2015-11-19").values
    assert "proposed" not in before


@pytest.mark.parametrize(
    ("project", "total"), [("send-contract", 245_500_000), ("modernising-hr", 71_800_000)]
)
def test_a_grid_can_be_had_by_itself(project: str, total: int, futurefit: Command) -> None:
    said = futurefit("programme", "grid", "--in", f"project={project}", "--format", "json")
    assert said.status == 0
    rows = said.values["rows"]
    assert rows[-1]["total"] == total
    assert sum(r["total"] or 0 for r in rows[:-1]) == total


def test_the_plan_is_that_of_the_paper(futurefit: Command) -> None:
    # O-SAV-02.
    said = futurefit("programme", "mtfp", "--in", "theme=self-sufficient", "--format", "json")
    rows = {r["mtfp_heading"]: r for r in said.values["rows"]}
    new = rows["New Savings"]
    assert [new.get(year) or 0 for year in YEARS] == [
        *(0, 180_000_000, 5_000_000, 75_000_000, 40_000_000, 0)
    ]
    assert new["total"] == 300_000_000
    assert rows["Council Tax"]["total"] == 845_000_000
    assert rows["Business Rates"]["total"] == -108_100_000


def test_the_bridge_starts_at_the_baseline_and_closes(futurefit: Command) -> None:
    said = futurefit("programme", "bridge", "--tranche", "current", "--format", "json")
    rows = {r["step"]: r for r in said.values["rows"]}
    assert rows["Original target"]["amount"] == rows["Forecast"]["running"] == 317_300_000
    assert rows["Delivered"]["running"] == 123_400_000


def test_changes_are_those_since_a_day_or_a_journal(futurefit: Command) -> None:
    by_day = futurefit("programme", "changes", "--since", "2015-10-01", "--format", "json").values
    lines = {r["line"] for r in by_day["rows"]}
    assert {"CSP-1", "HR-1", "OM-1"} <= lines
    assert not {"SS-1a", "SEN-1"} & lines
    by_number = futurefit(
        *("programme", "changes", "--since", 2, "--known-at", 3, "--format", "json")
    ).values
    assert {r["line"] for r in by_number["rows"] if r["kind"]} == {"CSP-1"}


def test_a_movement_goes_from_one_named_position_to_another(futurefit: Command) -> None:
    baseline = "Papers to Cabinet, November 2015"
    whole = futurefit("programme", "movement", "--since", "0", "--format", "json").values
    rows = {row["step"]: row["total"] for row in whole["rows"]}
    # All that was ever proposed was new once: the total that the papers print, £15.119m.
    assert rows == {"The beginning": 0, "New lines": 1_511_900_000, "Now": 1_511_900_000}
    since = futurefit("programme", "movement", "--since", baseline, "--format", "json").values
    assert [row["step"] for row in since["rows"]] == [baseline, "Now"]


@pytest.mark.parametrize(
    "command", ["summary", "grid", "mtfp", "bridge", "changes --since 1", "movement --since 1"]
)
def test_every_result_comes_in_every_format(
    command: str, futurefit: Command, tmp_path: Path
) -> None:
    asked = ("programme", *command.split(), "--format")
    text = futurefit(*asked, "text")
    assert text.status in (0, 1)
    assert "Ledger head: 8:" in text.out
    whole = futurefit(*asked, "json")
    assert whole.values
    rows = list(csv.reader(io.StringIO(futurefit(*asked, "csv").out.removeprefix("\ufeff"))))
    assert len(rows) > 2
    book = tmp_path / "book.xlsx"
    written = futurefit(*asked, "xlsx", "--output", book)
    assert written.status == text.status
    assert book.read_bytes().startswith(b"PK")
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_csv_amounts_are_whole_pence(futurefit: Command) -> None:
    said = futurefit("programme", "grid", "--in", "project=send-contract", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff"))))
    assert rows[0]["2015/16_pence"] == "58400000"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("grid --in them=x", "lines have no “them”"),
        ("grid --in theme=x", "no line has the theme “x”. There is active-alliances"),
        ("grid --in theme", "no line has the theme “”"),
        ("summary --as-at 2015-13-01", "--as-at: “2015-13-01” is not a date"),
        ("summary --as-at yesterday", "Write it like 2015-11-19"),
        ("summary --known-at 99", "there is no journal 99; the last one is 8"),
        ("summary --known-at noon", "neither the number of a journal nor a moment"),
        ("changes --since 99", "--since: there is no journal 99"),
        ("changes --since soon", "--since: “soon” is not a date"),
        ("movement --since 99", "--since: there is no journal 99"),
        ("movement --since 1 --until x", "--until: This is no named position, no date"),
        ("report theme=none", "There is no report “theme=none”. Write programme, tracker"),
        ("bridge --baseline x", "there is no “x”. There is Papers to Cabinet, November 2015"),
        ("summary --format xlsx", "add --output NAME.xlsx"),
        ("summary --format json --output /nowhere/x.json", "There is no folder /nowhere"),
        ("summary --format json --output /", "/ is a folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_plain_words(
    typed: str, words: str, futurefit: Command
) -> None:
    said = futurefit("programme", *typed.split())
    assert said.status == 2
    assert words in said.err
    assert said.out == ""


def test_a_report_is_that_of_the_site_and_goes_to_any_file(
    futurefit: Command, tmp_path: Path
) -> None:
    said = futurefit("programme", "report", "tracker", "--until", "2015-11-19", "--format", "json")
    assert said.values["title"] == "FutureFit 2020: scrutiny tracker, 19 November 2015"
    rows = [block["rows"] for block in said.values["blocks"] if block["block"] == "table"]
    # The SEN paper's current savings: £2.455m, of which £184k is amber (O-SAV-05).
    assert [(row["forecast"], row["red"], row["amber"]) for row in rows[0]] == [
        *((71_800_000, 19_000_000, 19_600_000), (245_500_000, 0, 18_400_000)),
        (317_300_000, 19_000_000, 38_000_000),
    ]
    file = tmp_path / "report.pdf"
    futurefit("programme", "report", "project=send-contract", "--format", "pdf", "-o", str(file))
    assert file.read_bytes().startswith(b"%PDF")
