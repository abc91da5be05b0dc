"""The benchmark of tagged PDF runs, small."""

from benchmarks import tagged_pdf
from benchmarks.measuring import TINY


def test_both_ways_of_writing_hold_the_same_figures() -> None:
    report = tagged_pdf.run(TINY)
    assert report.agreed == ["132 figures, as PDFium reads them"]
    assert all(score.reached for score in report.scores)
