"""Figures are put together and said as they were measured."""

import pytest

from benchmarks import __main__ as command
from benchmarks import measuring
from benchmarks.measuring import Comparison, Report, Score, Skipped, Times


def test_median_and_p95_are_of_runs_that_were_measured() -> None:
    times = Times("FutureFit", tuple(float(n) for n in range(1, 101)))
    assert (times.median, times.p95) == (50.5, 95)
    assert Times("once", (7.0,)).p95 == 7


def test_answers_that_differ_are_a_fault() -> None:
    with pytest.raises(measuring.Disagreement, match="by theme: the answers differ"):
        measuring.agree("by theme", {("estate", "2016/17"): 1}, {("estate", "2016/17"): 2})


def test_a_report_says_ratios_aims_and_what_was_not_measured() -> None:
    report = Report("sums", "60,000 postings")
    report.comparisons.append(
        Comparison(
            "By theme",
            Times("FutureFit", (4.0,)),
            aim_ms=3,
            floor=Times("NumPy", (2.0,)),
            peers=(Times("Python", (100.0,)), Skipped("LibreOffice", "it is not here")),
        )
    )
    words = "\n".join(measuring.in_words(report))
    assert "FutureFit takes 2.0 times as long" in words
    assert "takes 25 times as long as FutureFit" in words
    assert "aim: median under 3 ms, missed" in words
    assert "LibreOffice was not measured: it is not here" in words
    figures = measuring.as_json(report)["comparisons"][0]
    assert figures["ours"] == {"name": "FutureFit", "runs": 1, "median_ms": 4, "p95_ms": 4}
    assert figures["peers"][1] == {"name": "LibreOffice", "skipped": "it is not here"}


def test_an_unknown_benchmark_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "everything"])
    with pytest.raises(SystemExit):
        command.main()
    assert "there is no everything; choose from presentations" in capsys.readouterr().err


def test_a_score_says_its_aim_and_whether_it_is_reached() -> None:
    report = Report("finding", "totals")
    report.scores += [
        Score("precision", 0.97, aim=0.99, peers=(("AggreCol", 0.9),)),
        Score("false alarms", 0, "in all", aim=0, more=False),
    ]
    said = list(measuring.in_words(report))
    assert any("precision" in line and "aim: at least 0.99, missed" in line for line in said)
    assert any("AggreCol" in line and "0.9" in line for line in said)
    assert any("false alarms" in line and line.endswith("aim: at most 0") for line in said)
    assert [one["aim"] for one in measuring.as_json(report)["scores"]] == [0.99, 0]
