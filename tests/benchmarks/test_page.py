"""The page's benchmark at a size where its figures mean nothing: every reader sees the same."""

import pytest

from benchmarks import load, page
from benchmarks.measuring import TINY


def test_readers_and_the_naive_page_see_the_same_amounts_after_the_last_journal() -> None:
    report = page.run(TINY)
    assert len(report.comparisons) == 7
    assert "of 62 rows" in report.agreed[0]  # 60 lines, and a total for each tranche


def test_an_answer_that_is_not_the_page_is_a_fault() -> None:
    with pytest.raises(load.BadAnswer, match="503"):
        load._length(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0")
    with pytest.raises(load.BadAnswer, match="how long"):
        load._length(b"HTTP/1.1 200 OK\r\nContent-Type: text/html")


def test_amounts_are_read_as_they_are_printed() -> None:
    printed = (
        b'<tr><th scope="row"><a href="/lines/L00007/">L00007</a></th><td>Title</td><td>Part</td>'
        b'<td><strong class="rag">Red</strong></td><td class="n"><a href="/w/">1,250</a></td>'
        b'<td class="n"></td><td class="n">-3</td><td>Saving</td></tr>'
        b"<tr><th>Net total, current</th><td></td><td></td><td></td><td>1,250</td></tr>"
        b"<tr><th>Cost avoidance</th><td></td><td></td><td></td><td>9</td></tr>"
    )
    assert page.figures_of(printed) == (
        ("L00007", ("1,250", "0", "-3")),
        ("total 1", ("1,250",)),
    )
