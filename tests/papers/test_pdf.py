"""PDF: pages, paragraphs, headings, and what is refused (rules AUD-22 and AUD-24)."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from futurefit.kernel.findings import Severity
from futurefit.papers.document import (
    BOLD_LINE,
    Aside,
    AsideKind,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Unreadable,
)
from futurefit.papers.readers import read
from tests.papers.drawn_pdf import HEIGHT, LEFT, WIDTH, Sheet, pdf

PROSE = [
    "The council spends more on waste than on any other service, and the cost",
    "of it rises with every household that is built. This paper asks for leave",
    "to change how often bins are emptied.",
]


def told(data: bytes) -> Document:
    return read("paper.pdf", data)


def test_a_paper_is_headings_paragraphs_and_items_in_reading_order() -> None:
    """AUD-22"""

    def page(sheet: Sheet) -> None:
        sheet.text(LEFT, 80, "Waste collection", size=18, bold=True)
        sheet.prose(120, PROSE)
        sheet.text(LEFT, 180, "What it costs", bold=True)
        sheet.prose(200, PROSE)
        sheet.text(LEFT, 260, "1. Empty bins every third week")
        sheet.text(LEFT, 272, "2. Charge for garden waste")
        sheet.text(LEFT, 284, "• Nothing else")

    document = told(pdf(page))
    assert [(type(block), block.text) for block in document.blocks if hasattr(block, "text")] == [
        (Heading, "Waste collection"),
        (Paragraph, " ".join(PROSE)),
        (Heading, "What it costs"),
        (Paragraph, " ".join(PROSE)),
        (ListItem, "Empty bins every third week"),
        (ListItem, "Charge for garden waste"),
        (ListItem, "Nothing else"),
    ]
    levels = [block.level for block in document.blocks if isinstance(block, Heading)]
    markers = [block.marker for block in document.blocks if isinstance(block, ListItem)]
    assert (levels, markers) == ([1, BOLD_LINE], ["1.", "2.", ""])
    assert (document.pages, document.has_lines, list(document.tables)) == (1, False, [])


def test_a_block_says_where_on_which_page_it_stands() -> None:
    document = told(
        pdf(lambda one: one.prose(120, PROSE), lambda one: one.text(200, 400, "Second"))
    )
    second = document.blocks[-1]
    assert isinstance(second, Paragraph)
    assert second.page == 2
    assert second.box is not None
    assert second.box.left == pytest.approx(200, abs=1)
    assert second.box.top < 400 < second.box.bottom + 1


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_its_text_stands(rotate: int) -> None:
    # The page is shown turned: text drawn straight stands sideways on it, and is read all the same.
    document = told(pdf(lambda one: one.prose(120, PROSE), rotate=rotate))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        " ".join(PROSE)
    ]
    box = document.blocks[0].box
    assert box is not None
    place = (round(box.left), round(box.top))
    high, low = 120 - 10, 120 + 24 + 3
    if rotate == 90:
        assert place[1] == pytest.approx(LEFT, abs=2)
        assert box.right == pytest.approx(HEIGHT - high, abs=3)
    elif rotate == 180:
        assert box.right == pytest.approx(WIDTH - LEFT, abs=2)
        assert box.bottom == pytest.approx(HEIGHT - high, abs=3)
    else:
        assert box.bottom == pytest.approx(WIDTH - LEFT, abs=2)
        assert box.right == pytest.approx(low, abs=3)


def test_text_drawn_sideways_is_read() -> None:
    def page(sheet: Sheet) -> None:
        sheet.canvas.translate(WIDTH, 0)
        sheet.canvas.rotate(90)
        sheet.prose(HEIGHT - WIDTH + 120, PROSE)

    assert [block.text for block in told(pdf(page)).blocks if isinstance(block, Paragraph)] == [
        " ".join(PROSE)
    ]


def test_running_heads_feet_and_page_numbers_are_told_once() -> None:
    def page(number: int) -> object:
        def draw(sheet: Sheet) -> None:
            sheet.text(LEFT, 40, "Cabinet, 5 November")
            sheet.prose(120, [f"{word} on page {number}" for word in PROSE])
            sheet.text(WIDTH / 2, HEIGHT - 30, f"Page {number}")

        return draw

    document = told(pdf(*(page(number) for number in range(1, 5))))  # type: ignore[arg-type]
    asides = [block for block in document.blocks if isinstance(block, Aside)]
    assert [(one.kind, one.text, one.page) for one in asides] == [
        (AsideKind.HEADER, "Cabinet, 5 November", 1),
        (AsideKind.FOOTER, "Page 1", 1),
    ]
    assert sum(isinstance(block, Paragraph) for block in document.blocks) == 4


def test_a_paragraph_that_a_page_s_end_breaks_is_one() -> None:
    def page(lines: list[str], number: int) -> object:
        def draw(sheet: Sheet) -> None:
            sheet.text(LEFT, 40, "Cabinet, 5 November")
            sheet.prose(120, lines)
            sheet.text(WIDTH / 2, HEIGHT - 30, f"Page {number}")

        return draw

    broken = [page(PROSE[:2], 1), page(PROSE[2:], 2), page(PROSE, 3)]
    document = told(pdf(*broken))  # type: ignore[arg-type]
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    whole = " ".join(PROSE)
    # The last starts with a capital letter, after a full stop: a paragraph of its own.
    assert [(one.text, one.page) for one in paragraphs] == [(whole, 1), (whole, 3)]
    lines = [block.line for block in document.blocks]
    assert lines == sorted(set(lines))


def test_a_word_broken_at_a_line_keeps_its_hyphen() -> None:
    document = told(pdf(lambda one: one.prose(120, ["We expect less co-", "operation this year."])))
    assert document.blocks[0].text == "We expect less co-operation this year."  # type: ignore[union-attr]


def test_a_footnote_mark_stays_raised() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(LEFT, 120, "Net spending 250")
        sheet.text(LEFT + 77, 116, "1", size=6)

    assert "250¹" in told(pdf(page)).blocks[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize("gap", [3, 6], ids=["close to its words", "a space before them"])
def test_footnotes_stand_outside_the_text_under_their_numbers(gap: int) -> None:
    def first(sheet: Sheet) -> None:
        sheet.prose(120, PROSE)
        sheet.prose(640, PROSE[:2])
        for y, mark, lines in (
            (700, "1", ["See the plan for 2015, agreed", "in June."]),
            (720, "12", ["Ibid."]),
        ):
            sheet.text(LEFT, y - 3, mark, size=5)
            for at, line in enumerate(lines):
                sheet.text(LEFT + gap * len(mark), y + 10 * at, line, size=8)

    document = told(pdf(first, lambda sheet: sheet.prose(100, PROSE[2:])))
    whole = " ".join(PROSE)
    # The paragraph goes on over the page, whatever stands below it.
    assert [
        block.text if isinstance(block, Paragraph) else (block.kind, block.marker, block.text)
        for block in document.blocks
        if isinstance(block, Paragraph | Aside)
    ] == [
        whole,
        whole,
        (AsideKind.FOOTNOTE, "1", "See the plan for 2015, agreed in June."),
        (AsideKind.FOOTNOTE, "12", "Ibid."),
    ]


def test_a_number_as_large_as_its_words_marks_no_footnote() -> None:
    def page(sheet: Sheet) -> None:
        sheet.prose(120, PROSE)
        sheet.text(LEFT, 700, "2015 was the year of the plan.", size=8)

    assert not any(isinstance(block, Aside) for block in told(pdf(page)).blocks)


def test_control_characters_never_reach_the_text() -> None:
    data = pdf(lambda one: one.text(LEFT, 120, "Savings of 12")).replace(
        b"(Savings of 12)", b"(Sav\\001ngs\\033 of 12)"
    )
    text = told(data).blocks[0].text  # type: ignore[union-attr]
    assert text.endswith("of 12")
    assert all(letter.isprintable() for letter in text)


def test_a_scanned_page_is_reported_and_never_guessed() -> None:
    """AUD-24"""

    def scanned(sheet: Sheet) -> None:
        picture = io.BytesIO(b"P5 2 2 255 " + bytes([0, 255, 255, 0]))
        sheet.canvas.drawImage(ImageReader(picture), 0, 0, *A4)

    document = told(pdf(lambda one: one.prose(120, PROSE), scanned, scanned))
    assert [(one.code, one.severity, one.place.page) for one in document.findings] == [
        ("AUD-24", Severity.WARNING, 2)
    ]
    assert document.findings[0].message.startswith("Pages 2 to 3 are pictures without text")
    assert document.pages == 3


def test_a_page_in_too_many_pieces_is_read_without_tables_and_says_so() -> None:
    def page(sheet: Sheet) -> None:
        for at in range(20_500):
            sheet.text(at % 145 * 4, at // 145 * 5 + 50, "x", size=1)

    document = told(pdf(page))
    assert [one.message for one in document.findings] == [
        "Page 1: the words are in more than 20,000 pieces, so no table was looked for."
    ]
    assert document.blocks


def test_a_blank_page_is_nothing_to_report() -> None:
    document = told(pdf(lambda one: None, lambda one: one.prose(120, PROSE)))
    assert document.findings == ()
    assert document.blocks[0].page == 2


def test_entries_of_a_form_are_read() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.drawString(60, 700, "Sponsor:")
    canvas.acroForm.textfield(value="Director", x=120, y=695, width=120, height=16, name="sponsor")
    for y, ticked, words in ((660, True, "Approved"), (630, False, "Deferred")):
        canvas.drawString(90, y, words)
        canvas.acroForm.checkbox(checked=ticked, x=60, y=y - 3, size=14, name=words)
    canvas.save()
    words = " ".join(block.text for block in told(file.getvalue()).blocks if hasattr(block, "text"))
    assert "Director" in words
    assert ("☒" in words, "☐" in words) == (True, True)


def test_places_beyond_all_bounds_are_brought_within_them() -> None:
    def page(sheet: Sheet) -> None:
        for power in (6, 20, 37):
            sheet.text(10.0**power, 120, f"far {power}")
            sheet.text(LEFT, -(10.0**power), f"deep {power}")
            sheet.line(LEFT, 10.0**power, 10.0**power, 100)
        sheet.prose(120, PROSE)

    document = told(pdf(page))
    assert " ".join(PROSE) in [block.text for block in document.blocks if hasattr(block, "text")]
    for block in document.blocks:
        assert block.box is not None
        assert all(abs(place) < 1_000_000 for place in (block.box.left, block.box.bottom))


@pytest.mark.parametrize("letters", ["1", "(a) "])
def test_absurd_pages_take_no_longer_than_their_length_allows(letters: str) -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(LEFT, 100, letters * 20_000, size=1)
        for at in range(0, 8_000):
            sheet.text((at * 37) % 1_999, (at * 7) % 999, letters, size=1)
            if at < 2_000:
                sheet.line(at, 0, at, 2_000)
                sheet.line(0, at, 2_000, at)

    data = pdf(page)
    began = time.process_time()
    told(data)
    assert time.process_time() - began < 10


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"paper.pdf is locked with a password"):
        told(pdf(lambda one: one.prose(120, PROSE), password="secret"))


def test_a_truncated_file_is_read_or_refused_at_every_length() -> None:
    whole = pdf(*[lambda one: one.prose(120, PROSE)] * 3)
    step = max(1, len(whole) // 50)
    refused = 0
    for length in range(5, len(whole), step):
        try:
            document = told(whole[:length])
        except Unreadable as error:
            refused += str(error).startswith("paper.pdf is damaged, cut off, or no PDF")
        else:
            assert document.pages in (0, 1, 2, 3)
    assert refused > 10


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_garbage_is_refused(junk: bytes) -> None:
    with pytest.raises(Unreadable):
        told(b"%PDF-1.7\n" + junk)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(pdf(lambda one: one.table([["a", "1"], ["b", "2"], ["c", "3"]], grid=True)))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = told(bytes(whole))
    except Unreadable:
        return
    lines = [block.line for block in document.blocks]
    assert lines == sorted(lines)
