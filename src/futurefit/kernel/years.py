"""Which financial year, quarter or span of years is meant? (rule YEAR-01)

The year runs from 1 April to 31 March and is known by the calendar year that it starts in. In the
ledger a year is its label: "2016/17", an open bucket "2020/21+" (that year and all later ones) or
"UNPROFILED" (an amount without a year), which sort in that order as plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

UNPROFILED = "UNPROFILED"
"""Where an amount stands that has no year: outside the plan."""

_LONGEST_SPAN = 60  # years; anything longer is a slip of the pen, or runs backwards
_FIRST_START, _LAST_START = 1000, 9998  # four digits, and both ends are dates


class NotAYear(ValueError):
    """The text is not the year, bucket, span or quarter asked for: the message says why."""


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """1 April of `start` to 31 March of the next year.

    >>> FinancialYear(2015).label, (FinancialYear(2015) + 1).first_day.isoformat()
    ('2015/16', '2016-04-01')
    """

    start: int

    def __post_init__(self) -> None:
        if not _FIRST_START <= self.start <= _LAST_START:
            raise NotAYear(f"A financial year cannot start in {self.start}.")

    @property
    def label(self) -> str:
        """As it is printed: "2015/16"."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.start, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.start + 1, 3, 31)

    @property
    def days(self) -> int:
        """366 when the year holds a 29 February."""
        return (self.last_day - self.first_day).days + 1

    def __add__(self, years: int) -> FinancialYear:
        return FinancialYear(self.start + years)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True, order=True)
class OpenBucket:
    """The year that starts in `start` and every later one: "2020/21+". It is not a year."""

    start: int

    @property
    def first_year(self) -> FinancialYear:
        """The year that it starts with."""
        return FinancialYear(self.start)

    @property
    def label(self) -> str:
        """As it is printed: "2020/21+"."""
        return f"{self.first_year.label}+"

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class YearSpan:
    """The financial years from `first` to `last`, both included."""

    first: FinancialYear
    last: FinancialYear

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise NotAYear(f"{self.first} to {self.last} runs backwards.")

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """Every year of it, in order."""
        return tuple(FinancialYear(y) for y in range(self.first.start, self.last.start + 1))

    @property
    def label(self) -> str:
        """As it is printed: "2015/16 to 2017/18"."""
        return f"{self.first.label} to {self.last.label}"

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a financial year: 1 is April to June, 4 is January to March."""

    year: FinancialYear
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise NotAYear(f"A year has quarters 1 to 4, not {self.number}.")

    @property
    def label(self) -> str:
        """As it is printed: "2015/16 Q3"."""
        return f"{self.year.label} Q{self.number}"

    @property
    def first_day(self) -> date:
        """The first of its three months."""
        month = 3 * self.number + 1
        return date(self.year.start + (month > 12), (month - 1) % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """The last day of its third month."""
        after = self.year + 1 if self.number == 4 else self.year
        return Quarter(after, self.number % 4 + 1).first_day - timedelta(days=1)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Horizon:
    """The years a programme plans for: `first` to `last`, and after them an open bucket or none.

    UNPROFILED is in no horizon, for it is outside the plan.

    >>> Horizon(2016, 2017, 2018).labels
    ('2016/17', '2017/18', '2018/19+')
    """

    first: int
    last: int
    open_from: int | None = None

    def __post_init__(self) -> None:
        YearSpan(FinancialYear(self.first), FinancialYear(self.last))
        if self.open_from is not None and self.open_from != self.last + 1:
            raise NotAYear(
                f"The open bucket must follow the last year: {OpenBucket(self.last + 1)}, "
                f"not {OpenBucket(self.open_from)}."
            )

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years, without the open bucket."""
        return tuple(FinancialYear(start) for start in range(self.first, self.last + 1))

    @property
    def open_bucket(self) -> OpenBucket | None:
        """All later years, where the horizon has a place for them."""
        return None if self.open_from is None else OpenBucket(self.open_from)

    @property
    def labels(self) -> tuple[str, ...]:
        """The years' labels, then the open bucket's, as a table heads its columns."""
        bucket = self.open_bucket
        return (
            *(year.label for year in self.years),
            *([bucket.label] if bucket else []),
        )

    def __contains__(self, label: object) -> bool:
        return label in self.labels


def year_of(day: date) -> FinancialYear:
    """The financial year that a day falls in."""
    return FinancialYear(day.year - ((day.month, day.day) < (4, 1)))


def quarter_of(day: date) -> Quarter:
    """The quarter that a day falls in."""
    return Quarter(year_of(day), (day.month - 4) % 12 // 3 + 1)


_YEAR = r"(?P<{0}>[0-9]{{4}}|[0-9]{{2}})\s*[/–‑-]\s*(?P<{1}>[0-9]{{4}}|[0-9]{{2}})"
_YEAR_TEXT = re.compile(_YEAR.format("first", "second") + r"(?P<open>\+?)")
_SPAN_TEXT = re.compile(
    _YEAR.format("first", "second") + r"\s*(?:to|[–‑-])\s*" + _YEAR.format("third", "fourth")
)
_QUARTER_TEXT = re.compile(
    r"(?:q|quarter)\s*(?P<number>[1-4])\s*[,:]?\s*(?P<year>.+)"
    r"|(?P<year_first>.+?)\s*[,:]?\s*(?:q|quarter)\s*(?P<number_last>[1-4])",
    re.IGNORECASE,
)
_HOW = "Write a financial year like 2015/16."


def parse_year(text: str) -> FinancialYear:
    """Read "2015/16", "2015-16", "15/16" or "2015/2016"; refuse spans and open buckets.

    Two digits are a year from 1970 to 2069.
    """
    match = _YEAR_TEXT.fullmatch(text.strip())
    if match is None:
        raise NotAYear(f"“{text}” is not a financial year. {_HOW}")
    if match["open"]:
        raise NotAYear(f"“{text}” is an open bucket (that year and all later ones). {_HOW}")
    return _year(match["first"], match["second"], text)


def parse_bucket(text: str) -> FinancialYear | OpenBucket | None:
    """Read a ledger label: a year, an open bucket ("2020/21+"), or None for "UNPROFILED"."""
    stripped = text.strip()
    if stripped.upper() == UNPROFILED:
        return None
    if stripped.endswith("+"):
        return OpenBucket(parse_year(stripped.removesuffix("+")).start)
    return parse_year(stripped)


def parse_span(text: str) -> YearSpan:
    """Read a span of years: "2015/16 to 2018/19", or "2015-18".

    Two calendar years name the time from April of the first to March of the last, so "2015-18" is
    2015/16 to 2017/18, as in "savings in the plan 2015-18".
    """
    stripped = text.strip()
    if whole := _SPAN_TEXT.fullmatch(stripped):
        return YearSpan(
            _year(whole["first"], whole["second"], text),
            _year(whole["third"], whole["fourth"], text),
        )
    match = _YEAR_TEXT.fullmatch(stripped)
    if match is None or match["open"]:
        raise NotAYear(f"“{text}” is not a span of years. Write it like 2015/16 to 2018/19.")
    first = _start(match["first"])
    second = match["second"]
    end = int(second) if len(second) == 4 else first - first % 100 + int(second)
    if len(second) == 2 and end <= first:
        end += 100  # over the turn of a century: "1999-02"
    if not first < end <= first + _LONGEST_SPAN:
        raise NotAYear(f"“{text}” is not a span of years. Write it like 2015/16 to 2018/19.")
    return YearSpan(FinancialYear(first), FinancialYear(end - 1))


def parse_quarter(text: str) -> Quarter:
    """Read "2015/16 Q3", "Q3 2015/16" or "Quarter 3 15/16"."""
    match = _QUARTER_TEXT.fullmatch(text.strip())
    if match is None:
        raise NotAYear(f"“{text}” is not a quarter. Write it like 2015/16 Q3.")
    number = match["number"] or match["number_last"]
    return Quarter(parse_year(match["year"] or match["year_first"]), int(number))


def _start(digits: str) -> int:
    """The calendar year meant by two or four digits."""
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def _year(first: str, second: str, text: str) -> FinancialYear:
    """The year, if its second part follows its first."""
    start = _start(first)
    following = start + 1 if len(second) == 4 else (start + 1) % 100
    if len(first) == 2 and len(second) == 4:
        raise NotAYear(f"“{text}” mixes two digits and four. {_HOW}")
    if int(second) != following:
        raise NotAYear(
            f"“{text}” is not one financial year: after {first} comes {following:02d}. "
            f"If it is a span of years, it cannot stand in a year's place. {_HOW}"
        )
    return FinancialYear(start)
