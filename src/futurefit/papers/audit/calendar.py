"""Can this date be: its weekday, its day, its year, its span? (rule AUD-45)

Days are counted, not guessed: the 31 June is in no calendar, and the 19 November 2015 was a
Thursday. Where a date has no year, that of the paper and its neighbours are tried.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit.passages import finding
from futurefit.papers.dates import (
    MONTHS,
    WEEKDAYS,
    PaperDate,
    SaidDate,
    in_words,
    paper_date,
    read_dates,
)
from futurefit.papers.document import Document
from futurefit.papers.text import Passage, Text, read_text

CODE = "AUD-45"

_MONTHS_IN_A_YEAR = 12
_YEAR_LIKE = re.compile(r"(?P<first>20[0-9]{2})/(?P<second>[0-9]{2}|20[0-9]{2})(?![0-9/]|\.[0-9])")
_SPAN = re.compile(
    r"(?P<first>20[0-9]{2}/[0-9]{2})\s*(?:to|–|-)\s*(?P<last>20[0-9]{2}/[0-9]{2})(?![0-9/])"
    r"|(?<![0-9/])(?P<from>20[0-9]{2})\s?(?:to|–|-)\s?(?P<until>20[0-9]{2})(?![0-9/])"
)
_JOINS = re.compile(r"\s*(?:to|until|till|–|-|through to|and ending(?: on)?)\s*")
_MOVED = re.compile(
    r"\b(?:moved?|moving|changed?|brought|revised|updated|forward|earlier|extended|adjusted|decreased|"
    r"increased|reduced|slipped|put back|amended|corrected)\b"
)
_SEASON = re.compile(
    r"(?P<season>summer|autumn)\s+(?:of\s+)?(?P<year>20[0-9]{2}\s?[/-]\s?[0-9]{2})\b"
)
_NAMES_A_LAW = re.compile(
    r"(?:\b(?:si|s\.i\.|no|nos|minute|min|ref|reference|case|ewhc|ewca)\b\.?\s*|[0-9a-z/])$"
)


def check_calendar(document: Document) -> list[Finding]:
    """Dates that no calendar has, and years and spans that run backwards."""
    text = read_text(document)
    own = paper_date(document)
    found: list[Finding] = []
    said = read_dates(document)
    american = [
        one for one, _ in said if one.first is None and (one.month or 0) > _MONTHS_IN_A_YEAR
    ]
    for one, passage in said:
        if one not in american[1:]:
            found += _impossible(one, passage, len(american))
        found += _weekday(one, passage, own)
    for (first, passage), (last, where) in itertools.pairwise(said):
        if passage is where:
            found += _backwards(text, first, last, passage)
    return [*found, *_years(text), *_spans(text), *_seasons(text)]


def _impossible(one: SaidDate, passage: Passage, alike: int) -> Iterator[Finding]:
    """A day that is in no calendar; dates with the month first are told once."""
    if one.day is None or one.month is None or one.first is not None:
        return
    if one.month > _MONTHS_IN_A_YEAR:
        turned = one.day <= _MONTHS_IN_A_YEAR
        yield finding(
            CODE,
            passage,
            f"{one.text} has a month {one.month}"
            + ("; it may be written with the month first" if turned else "")
            + (f", as may {alike - 1} more." if alike > 1 else "."),
            printed=one.text,
            advice="Write the date with the name of its month.",
            confidence=0.6,
        )
        return
    days = _days_in(one.month, one.year)
    if one.day > days or one.day == 0:
        month = MONTHS[one.month - 1]
        year = f" {one.year}" if one.year and one.month == 2 else ""
        yield finding(
            CODE,
            passage,
            f"there is no {one.text}: {month}{year} has {days} days.",
            severity=Severity.ERROR,
            printed=one.text,
            expected=f"at most {days} {month}",
            advice="Find the day that was meant.",
            confidence=0.95,
        )


def _days_in(month: int, year: int | None) -> int:
    """The days of a month; those of a leap year where the year is not said."""
    if month == _MONTHS_IN_A_YEAR:
        return 31
    start = year or 2016
    return (date(start, month + 1, 1) - date(start, month, 1)).days


def _weekday(one: SaidDate, passage: Passage, own: PaperDate | None) -> Iterator[Finding]:
    """A weekday that the date does not fall on."""
    if one.weekday is None or one.day is None or one.month is None:
        return
    said = WEEKDAYS[one.weekday]
    if one.first is not None:
        if one.first.weekday() != one.weekday:
            right = WEEKDAYS[one.first.weekday()]
            yield finding(
                CODE,
                passage,
                f"“{one.text}”: {in_words(one.first)} is a {right}, not a {said}.",
                severity=Severity.ERROR,
                printed=one.text,
                expected=right,
                advice="Find out which is right, the weekday or the date; both are read.",
                confidence=0.95,
            )
        return
    if own is None or one.year is not None:
        return
    years = range(own.first.year - 1, own.first.year + 2)
    falls = []
    for year in years:
        try:
            falls.append(date(year, one.month, one.day).weekday())
        except ValueError:
            continue
    if falls and one.weekday not in falls:
        yield finding(
            CODE,
            passage,
            f"“{one.text}” is a {said} in none of the years {years[0]} to {years[-1]}.",
            severity=Severity.WARNING,
            printed=one.text,
            advice="Correct the weekday or the date, and give the year.",
            confidence=0.7,
        )


def _backwards(text: Text, first: SaidDate, last: SaidDate, passage: Passage) -> Iterator[Finding]:
    """A span of two dates whose end lies before its start."""
    between = text.folded[first.end : last.start]
    before = text.folded[max(passage.start, first.start - 80) : first.start]
    if len(between) > 20 or not _JOINS.fullmatch(between) or _MOVED.search(before):
        return
    if first.first and last.last and last.last < first.first and not (first.doubt or last.doubt):
        yield finding(
            CODE,
            passage,
            f"“{first.text} to {last.text}” ends before it starts.",
            printed=text.whole[first.start : last.end],
            advice="Correct one of the two dates.",
            confidence=0.8,
        )


def _years(text: Text) -> Iterator[Finding]:
    """Financial years that stand still or run backwards: "2016/15", "2016/16"."""
    for match, passage in text.find(_YEAR_LIKE):
        first, second = int(match["first"]), int(match["second"])
        second += first - first % 100 if second < 100 else 0
        before = text.folded[max(passage.start, match.start() - 12) : match.start()]
        if -2 <= second - first <= 0 and not _NAMES_A_LAW.search(before):
            yield finding(
                CODE,
                passage,
                f"“{text.printed(match)}” is no financial year: it would be "
                f"{first}/{(first + 1) % 100:02d}.",
                printed=text.printed(match),
                expected=f"{first}/{(first + 1) % 100:02d}",
                advice="Correct the year.",
                confidence=0.6,
            )


def _spans(text: Text) -> Iterator[Finding]:
    """Spans of years that run backwards."""
    for match, passage in text.find(_SPAN):
        first = match["first"] or match["from"]
        last = match["last"] or match["until"]
        before = text.folded[max(passage.start, match.start() - 80) : match.start()]
        if int(last[:4]) < int(first[:4]) and not _MOVED.search(before):
            yield finding(
                CODE,
                passage,
                f"“{text.printed(match)}” ends before it starts.",
                printed=text.printed(match),
                advice="Correct one of the two years.",
                confidence=0.7,
            )


def _seasons(text: Text) -> Iterator[Finding]:
    """A summer of a financial year, which has parts of two summers' years but one summer."""
    for match, passage in text.find(_SEASON):
        year = match["year"].replace(" ", "")
        yield finding(
            CODE,
            passage,
            f"“{text.printed(match)}”: a {match['season']} lies in one calendar year; in the "
            f"financial year {year} it is that of {year[:4]}.",
            printed=text.printed(match),
            expected=f"{match['season'].capitalize()} {year[:4]}",
            advice="Say the calendar year.",
            confidence=0.4,
        )
