"""Does a report become one page that opens anywhere? (rule PUB-07)"""

from html.parser import HTMLParser

from futurefit.kernel.report import Cell, Column, Heading, Paragraph, Report, Row, Table
from futurefit.publishing import html
from tests.publishing.cases import IMPRINT, grid, report


class Reader(HTMLParser):
    """The cells, headings and tags of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._cell = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data


def test_every_value_of_a_table_is_in_the_page_as_it_prints() -> None:
    page = Reader(html.write(grid()))
    assert page.rows[0] == [
        "Rating",
        *(f"{year} (£000)" for year in ("2015/16", "2016/17", "2017/18", "Total")),
    ]
    assert page.rows[1] == ["Green delivered", "584", "318", "", "902"]


def test_a_hostile_word_stays_a_word() -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="alert(1)">\x1b[31m'
    table = Table(hostile, (Column("a", hostile),), (Row((Cell(hostile, note=hostile),)),))
    page = html.write(Report(hostile, (Heading(hostile), Paragraph(hostile), table)))
    read = Reader(page)
    assert not {tag for tag, _ in read.tags} & {"script", "img"}
    assert all("onerror" not in attributes for _, attributes in read.tags)
    assert b"\x1b" not in page


def test_nothing_comes_from_elsewhere() -> None:
    page = Reader(html.write(report(), IMPRINT))
    for tag, attributes in page.tags:
        assert tag not in ("link", "script", "iframe", "img"), tag
        assert not (attributes.get("src") or "").startswith("http")
    (policy,) = [
        attributes["content"]
        for tag, attributes in page.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy
    assert policy.startswith("default-src 'none'")


def test_a_mark_stands_out_in_words_too() -> None:
    table = Table("T", (Column("a", "A"),), (Row((Cell("40", note="should be 30", marked=True),)),))
    page = Reader(html.write(table))
    assert page.rows[1] == ["40 should be 30"]
    assert ("th", {"scope": "row", "class": "marked"}) in page.tags
