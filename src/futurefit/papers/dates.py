"""Which days do the words of a paper name, and of which day is the paper itself? (rule AUD-45)

A date covers the days from `first` to `last`: one day, a month ("Nov 2015"), several months
("July / August 2015"), or a season. A day that no calendar has ("31 June 2016") covers none, and
says so. Nothing is guessed: a month without a year names no day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from futurefit.kernel.provenance import Provenance
from futurefit.papers.document import Document
from futurefit.papers.text import Kind, Passage, Text, read_text

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NAMED = re.compile(
    # It starts with the letter itself, so that the search need not stop at every word.
    rf"(?P<month>{_MONTH})\b\.?(?:\s*(?:/|–|-|to|and|&)\s*(?P<until>{_MONTH})\b\.?)?"
    r"(?:,?\s{1,2}(?P<mark>['’]?)(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9:%/]|[.,][0-9]|\s*(?:am|pm)\b))?"
)
_DAY_BEFORE = re.compile(
    r"(?:\b(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?)?"
    r"(?<![0-9.,£/-])(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?$"
)
_NUMBERED = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<stop>[./-])(?P<month>[0-9]{1,2})(?P=stop)"
    r"(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9/-]|\.[0-9])"
)
_ISO = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])")
_JOINED = re.compile(r"[0-9./£-]")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_SEASON = re.compile(
    r"(?P<season>spring|summer|autumn)\s+(?:of\s+)?(?P<year>20[0-9]{2})(?![0-9]|\s?[/–-])"
)

_FIRST_LINES = 80  # passages from the start in which a paper says its own date
_LATEST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A date as printed: the days that it covers, and where in the whole text it stands.

    `first` and `last` are None where no calendar has such a day. `weekday` counts from Monday, 0.
    `doubt` is set where the two digits behind a month may be a day or a year.
    """

    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    doubt: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it names one day."""
        return self.first is not None and self.first == self.last


@dataclass(frozen=True, slots=True)
class PaperDate:
    """Of which day, or month, a paper is, and where it says so."""

    first: date
    last: date
    text: str
    place: Provenance

    @property
    def words(self) -> str:
        """The date as one writes it: "19 November 2015", or "November 2015"."""
        if self.first == self.last:
            return in_words(self.first)
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"


def in_words(day: date) -> str:
    """A day as one writes it: "19 November 2015"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=2)
def read_dates(document: Document) -> tuple[tuple[SaidDate, Passage], ...]:
    """The dates that a document names, in reading order."""
    text = read_text(document)
    return tuple((found, text.at(found.start)) for found in dates_in(text.whole, text.folded))


def dates_in(printed: str, small: str = "") -> tuple[SaidDate, ...]:
    """The dates in a text; `small` is the same in small letters.

    >>> [(one.text, str(one.first), str(one.last)) for one in dates_in("from 1 May 15 to Nov 2015")]
    [('1 May 15', '2015-05-01', '2015-05-01'), ('Nov 2015', '2015-11-01', '2015-11-30')]
    >>> dates_in("31 June 2016")[0].first is None, dates_in("in May")
    (True, ())
    """
    small = small or printed.lower()
    found = [said for match in _NAMED.finditer(small) if (said := _named(printed, small, match))]
    for pattern in (_NUMBERED, _ISO):
        found += [said for match in pattern.finditer(small) if (said := _numbered(printed, match))]
    for match in _SEASON.finditer(small):
        year = int(match["year"])
        start, end = _SEASONS[match["season"]]
        found.append(
            SaidDate(
                printed[match.start() : match.end()], match.start(), match.end(),
                date(year, start, 1), _last_day(year, end), year=year,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.start))


def _named(printed: str, small: str, match: re.Match[str]) -> SaidDate | None:
    """A date with the name of a month."""
    if small[match.start() - 1 : match.start()].isalpha():
        return None
    month = _month(match["month"])
    until = _month(match["until"]) if match["until"] else month
    year = _year(match["year"]) if match["year"] else None
    before = (
        None
        if match["until"]
        else _DAY_BEFORE.search(small, max(0, match.start() - 30), match.start())
    )
    if before is None:
        if year is None or (match["month"] in ("may", "mar") and len(match["year"]) == 2):
            return None
        doubt = len(match["year"]) == 2 and not match["mark"] and not match["until"]
        # "November/January 2016" begins in the year before.
        first = date(year - (until < month), month, 1)
        return SaidDate(
            printed[match.start() : match.end()], match.start(), match.end(),
            first, _last_day(year, until), month=month, year=year,
            doubt=doubt and int(match["year"]) <= 31,
        )  # fmt: skip
    day = int(before["day"])
    if day == 0:
        return None  # a number such as "Gate 0 of Nov 2012"
    weekday = _weekday(before["weekday"])
    if year is None and weekday is None and day <= monthrange(2016, month)[1]:
        return None
    end = match.end() if match["year"] else match.end("month")
    on = None if year is None else _day(year, month, day)
    start = before.start()
    return SaidDate(printed[start:end], start, end, on, on, weekday, day, month, year)


def _numbered(printed: str, match: re.Match[str]) -> SaidDate | None:
    """A date in figures; not what is more likely a number of a section."""
    if _JOINED.match(printed, max(0, match.start() - 1), match.start()):
        return None
    day, month, year = int(match["day"]), int(match["month"]), _year(match["year"])
    stop = match.groupdict().get("stop", "")
    short = len(match["year"]) == 2
    if short and (
        stop == "-" or (stop == "." and not len(match["day"]) == len(match["month"]) == 2)
    ):
        return None
    on = _day(year, month, day)
    if on is None and (short or not 1 <= day <= 31 or month > 31 or not day * month):
        return None
    return SaidDate(
        printed[match.start() : match.end()], match.start(), match.end(), on, on,
        None, day, month, year,
    )  # fmt: skip


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(n for n, full in enumerate(MONTHS, 1) if full.lower().startswith(name[:3]))


def _weekday(name: str | None) -> int | None:
    if not name:
        return None
    return next(n for n, full in enumerate(WEEKDAYS) if full.lower() == name + "day")


def _year(digits: str) -> int:
    """Two digits are a year of this century up to 69, as in `kernel.years`."""
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


# --- the paper's own date -------------------------------------------------------------------------

_MEETS = re.compile(
    r"\b(?:meeting|cabinet|council|committee|board|panel|executive|scrutiny|forum|commission)\b"
)
_TELLS = re.compile(r"^\W*(?:meeting\s+)?(?:date|dated|date of (?:meeting|report|decision))\b")
_ISSUED = re.compile(r"\b(?:issued?|publi(?:shed|cation)|despatch(?:ed)?|dispatch(?:ed)?)\b")
_ANOTHER = re.compile(
    r"\b(?:since|before|until|till|deadline|by|from|previous|last meeting|minutes of|next|"
    r"as at|ended|ending|to|until|effect|held on)\s+(?:the\s+)?$"
)
_TIME = re.compile(r"\b[0-9]{1,2}[.:][0-9]{2}\s*(?:am|pm)?\b|\b[0-9]{1,2}\s*(?:am|pm)\b")
_SHORT = 90  # characters; a date in a longer line is part of a sentence


@lru_cache(maxsize=2)
def paper_date(document: Document) -> PaperDate | None:
    """Of which day a paper is: the date of its meeting as its first lines say, or of the report.

    None where they say no date that is clearly its own.
    """
    text = read_text(document)
    best: tuple[int, PaperDate] | None = None
    for said, passage in read_dates(document):
        if passage.index >= _FIRST_LINES:
            break
        if said.first is None or said.last is None or said.doubt or said.first.year > _LATEST_YEAR:
            continue
        score = _own(text, said, passage)
        if score >= 2 and (best is None or score > best[0]):
            best = score, PaperDate(said.first, said.last, said.text, passage.place)
    return best[1] if best else None


def date_of_issue(document: Document) -> tuple[SaidDate, Passage] | None:
    """The day on which the agenda was issued, where the first lines say it."""
    text = read_text(document)
    for said, passage in read_dates(document):
        if passage.index >= _FIRST_LINES:
            return None
        before = text.folded[max(passage.start, said.start - 40) : said.start]
        if said.is_day and re.search(
            r"\b(?:date of issue|issued(?: on)?|published(?: on)?):?\s*(?:\w+day,?\s*)?$", before
        ):
            return said, passage
    return None


def _own(text: Text, said: SaidDate, passage: Passage) -> int:
    """How much speaks for a date being the paper's own."""
    if len(passage.text) > _SHORT:
        return -1
    line = text.folded[passage.start : passage.start + len(passage.text)]
    before = text.folded[passage.start : said.start]
    if _ANOTHER.search(before) or _ISSUED.search(line):
        return -1
    score = 0
    if _TELLS.match(line):
        score += 3
    if _MEETS.search(line):
        score += 2
    if said.is_day:
        score += 1 + (said.weekday is not None) + bool(_TIME.search(line))
    if passage.kind is Kind.HEADING or len(line) <= len(said.text) + 4:
        score += 1
    if passage.kind is Kind.CELL:
        # A date in a table is one of many, unless the cell before it says whose it is.
        label = text.passages[passage.index - 1] if passage.index else passage
        beside = label.place.row == passage.place.row and label.block == passage.block
        return score + 3 if beside and _TELLS.match(label.text.lower()) else -1
    return score
