"""What does each page of a PDF hold, and which files are refused? (rules AUD-22 and AUD-24)"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from futurefit.papers.document import Unreadable
from futurefit.papers.readers.pdf import calls
from futurefit.papers.readers.pdf.drawing import MOST_DRAWN_ON_A_PAGE, Drawn, Turn, walk
from futurefit.papers.readers.pdf.page import Page
from futurefit.papers.readers.pdf.words import Letters, fields

MOST_PAGES = 5_000
MOST_LETTERS = 20_000_000
MOST_LETTERS_ON_A_PAGE = 500_000
"""More than any paper has; a file that has more was made to hold up its readers."""


def pages(name: str, data: bytes) -> Iterator[Page | int]:
    """The pages one by one; the bare number of a page that cannot be read.

    Raises Unreadable for a file that is locked, damaged, or larger than any paper. Nothing of a
    page is kept once the next is asked for.
    """
    with calls.ONE_AT_A_TIME:
        file = _opened(name, data)
    try:
        count = len(file)
        if not count:
            raise Unreadable(f"{name} is a PDF without a page. Save it anew and try again.")
        if count > MOST_PAGES:
            raise Unreadable(f"{name} has {count:,} pages, more than {MOST_PAGES:,}. Split it.")
        letters = 0
        for number in range(1, count + 1):
            with calls.ONE_AT_A_TIME:
                page, here = _page(name, file, number)
            letters += here
            if letters > MOST_LETTERS:
                raise Unreadable(f"{name} holds more than {MOST_LETTERS:,} letters. Split it.")
            yield number if page is None else page
    finally:
        with calls.ONE_AT_A_TIME:
            file.close()


def _opened(name: str, data: bytes) -> calls.File:
    try:
        return calls.File(data)
    except calls.Locked:
        raise Unreadable(
            f"{name} is locked with a password. Open it with the password, and save or print it "
            "as a PDF without one."
        ) from None
    except calls.Damaged:
        raise Unreadable(
            f"{name} is damaged, cut off, or no PDF. Fetch it again, or open it in a PDF viewer "
            "and save it anew."
        ) from None


def _page(name: str, file: calls.File, number: int) -> tuple[Page | None, int]:
    """A page, and how many letters it has; None for a page that cannot be loaded."""
    page = calls.load_page(file.handle, number - 1)
    if not page:
        return None, 0
    try:
        text = calls.load_text(page)
        if not text:
            return None, 0
        try:
            return _read(name, page, text, number)
        finally:
            calls.close_text(text)
    finally:
        calls.close_page(page)


def _read(name: str, page: int, text: int, number: int) -> tuple[Page, int]:
    count = max(0, calls.count_letters(text))
    if count > MOST_LETTERS_ON_A_PAGE:
        raise Unreadable(
            f"{name}: page {number} holds {count:,} letters, more than a page can. Save the file "
            "anew, or leave the page out."
        )
    if calls.count_drawn(page) > MOST_DRAWN_ON_A_PAGE:
        raise Unreadable(
            f"{name}: page {number} is drawn with more than {MOST_DRAWN_ON_A_PAGE:,} parts. Leave "
            "it out, or print the file to a new PDF."
        )
    letters = Letters(text, count)
    asked = calls.page_rotation(page) % 4
    quarters = letters.quarters(asked)
    frame = calls.Rectangle()
    calls.page_box(page, ctypes.addressof(frame))
    turn = Turn((frame.left, frame.bottom, frame.right, frame.top), quarters)
    drawn = Drawn()
    walk(page, turn, drawn)
    runs = letters.runs(turn, drawn.down)
    runs += fields(page, turn, len(runs), len(letters.lines))
    area = turn.width * turn.height
    return (
        Page(
            number,
            turn.width,
            turn.height,
            runs,
            drawn.across,
            drawn.down,
            min(1.0, drawn.pictured / area) if area > 0 else 0.0,
            (quarters - asked) % 4,
        ),
        count,
    )
