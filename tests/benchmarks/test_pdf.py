"""The benchmarks of PDF run, small."""

from benchmarks import drawn_paper, pdf
from benchmarks.measuring import TINY


def test_the_paper_is_the_same_each_time_and_has_what_is_asked() -> None:
    data, drawn = drawn_paper.draw(20, 15)
    assert (data, drawn) == drawn_paper.draw(20, 15)
    assert [sum(table.kind is kind for table in drawn) for kind in drawn_paper.Kind] == [5, 5, 5]
    assert len({table.page for table in drawn}) == 15


def test_what_is_read_of_the_drawn_paper_is_marked() -> None:
    report = pdf.run(TINY)
    scores = {score.title: score for score in report.scores}
    for kind in drawn_paper.Kind:
        assert scores[f"cells read right, {kind}"].ours > 95
        assert scores[f"adjacency F1, {kind}"].ours > 0.95
    assert scores["cells read right, sparse pages"].ours > 95
    assert scores["tables found on pages of prose"].ours == 0
    assert report.agreed == ["pages"]
