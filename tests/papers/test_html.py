"""Web pages as browsers show them (rule AUD-26)."""

import pytest

from futurefit.papers.document import BOLD_LINE, Document, Heading, ListItem, Paragraph, Unreadable
from futurefit.papers.readers import read, web
from tests.papers.drawing import rows


def page(text: str | bytes) -> Document:
    return read("page.html", text.encode() if isinstance(text, str) else text)


def test_blocks_come_in_order_with_their_lines() -> None:
    assert page(
        "<!DOCTYPE html><html><head><title>Tab</title><style>p {}</style></head>\n"
        "<body><h1>Savings\n plan</h1>\n<p>Cabinet is <b>asked</b>\nto approve<br>this.</p>\n"
        "<p><strong>Costs</strong></p><div>loose<p>after</div>tail"
    ).blocks == (
        Heading("Savings plan", 1, 2),
        Paragraph("Cabinet is asked to approve\nthis.", 4),
        Heading("Costs", BOLD_LINE, 6),
        Paragraph("loose", 6),
        Paragraph("after", 6),
        Paragraph("tail", 6),
    )


def test_lists_count_as_they_are_shown() -> None:
    blocks = page(
        "<ul><li>a<ol type='a' start=3><li>b</li><li>c</ol><li>d<p>more</ul>"
        "<ol><li value=7>e<li>f</ol><ol type=I><li>g</ol>"
    ).blocks
    assert blocks == (
        ListItem("a", 1),
        ListItem("b", 1, 2, "c"),
        ListItem("c", 1, 2, "d"),
        ListItem("d", 1),
        Paragraph("more", 1),
        ListItem("e", 1, 1, "7"),
        ListItem("f", 1, 1, "8"),
        ListItem("g", 1, 1, "I"),
    )


def test_tables_keep_spans_captions_headings_and_nesting() -> None:
    read_back = page(
        "<h2>Libraries</h2><table><caption>Savings\n(£000)</caption><thead><tr><td>Service<td "
        "colspan=2>Saving</thead>\n<tbody><tr><th rowspan=9>Parks<td>1\n 250<td><table><tr><td>x"
        "</table></tbody></table><table><tr><td>&pound;5&nbsp;k &lt; 6</table>"
    )
    outer, inner, last = read_back.tables
    assert [(c.row, c.column, c.row_span, c.col_span, c.text, c.heading) for c in outer.cells] == [
        (1, 1, 1, 1, "Service", True),
        (1, 2, 1, 2, "Saving", True),
        (2, 1, 1, 1, "Parks", True),
        (2, 2, 1, 1, "1 250", False),
        (2, 3, 1, 1, "", False),
    ]
    assert (outer.heading, outer.line, inner.within, rows(inner)) == (
        "Savings (£000)", 1, 1, [["x"]]
    )  # fmt: skip
    assert (last.heading, rows(last)) == ("Libraries", [["£5 k < 6"]])
    assert [cell.line for cell in outer.cells] == [2, 2, 3, 3, 4]


def test_what_is_no_text_is_no_text() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 5000}'>"
    read_back = page(
        f"<script>document.write('<p>no</p>')</script><!-- <p>no</p> {'x' * 9000} -->{picture}"
        "<![if !mso]><p>yes</p><?xml v?><noscript>no</noscript><template><p>no</template>"
    )
    assert read_back.blocks == (Paragraph("yes", 1),)


def test_forms_show_their_ticks_and_what_is_filled_in() -> None:
    assert page(
        "<p>Capital <input type=checkbox checked> Revenue <input type='checkbox'> Lead "
        "<input value='Head of Service'><input type=hidden value=secret></p>"
    ).blocks == (Paragraph("Capital ☒ Revenue ☐ Lead Head of Service", 1),)


@pytest.mark.parametrize(
    ("encoding", "declared", "told"),
    [
        ("utf-8", "", []),
        ("utf-8", "iso-8859-15", []),
        ("iso-8859-15", "ISO-8859-15", []),
        ("cp1250", "windows-1250", []),
        ("cp1252", "iso-8859-1", ["Windows-1252"]),
        ("utf-16", "", ["UTF-16"]),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(
    encoding: str, declared: str, told: list[str]
) -> None:
    price = "€5" if "€" in "€".encode(encoding, "ignore").decode(encoding) else "£5"
    read_back = page(f"<meta charset='{declared}'><p>{price} é</p>".encode(encoding))
    assert read_back.blocks == (Paragraph(f"{price} é", 1),)
    assert [note.printed for note in read_back.findings] == told


def test_pages_beyond_all_measure_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="nested more than 20 deep"):
        page("<table><tr><td>" * 30)
    with pytest.raises(Unreadable, match="more than 1,000,000 cells"):
        page("<table><tr><td colspan=999999>" + "<tr><td>" * 2)
    monkeypatch.setattr(web, "_MOST_BLOCKS", 10)
    with pytest.raises(Unreadable, match="more than 10 paragraphs"):
        page("<p>x" * 11)


SLOW = {
    "openings": "<" * 2_000_000,
    "scripts": "<script" * 700_000,
    "comments": "<!--" * 1_000_000,
    "declarations": "<!" * 700_000,
    "pictures": "<img " * 500_000,
    "fields": "<input " * 700_000,
    "lists": "<ul><li>" * 30_000,
    "captions": "<table><caption>" * 15 + "x" * 1_000_000,
}


@pytest.mark.parametrize("kind", SLOW)
def test_no_page_holds_the_reader_up(kind: str) -> None:
    page(SLOW[kind] + "<p>end</p>")
