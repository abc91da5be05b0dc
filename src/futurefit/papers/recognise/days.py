"""Which day does a paper mean by "27.08.2015", "Nov 2015" or "July / August 2015"? (rule REC-12)

A month without a day means its last day, and is doubted; a span means its end. "TBC" and a month
without a year mean no day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY_NAMED = re.compile(
    rf"\b{_DAY}(?:st|nd|rd|th)?(?: of)?\s+{_NAME}\.?,?\s+{_YEAR}\b", re.IGNORECASE
)
_DAY_NUMBERED = re.compile(
    rf"(?<![0-9./-]){_DAY}[./-](?P<month>[0-9]{{1,2}})[./-]{_YEAR}(?![0-9./-])"
)
_DAY_ISO = re.compile(
    r"(?<![0-9-])(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])"
)
_DAYS = (_DAY_NAMED, _DAY_NUMBERED, _DAY_ISO)
_MONTH = re.compile(rf"\b{_NAME}\.?,?\s+['’]?{_YEAR}\b", re.IGNORECASE)
NO_DAY = "no day is printed: the last of the month is taken"
_NO_DAY = re.compile(r"\b(?:tbc|tba|tbd|to be (?:confirmed|agreed|determined))\b", re.IGNORECASE)


def read_day(text: str) -> tuple[date | None, str]:
    """The last day that a text names, and the doubt about it; (None, "") where it names none.

    >>> read_day("1 October 2015"), read_day("27.08.2015")[0]
    ((datetime.date(2015, 10, 1), ''), datetime.date(2015, 8, 27))
    >>> read_day("July / August 2015")
    (datetime.date(2015, 8, 31), 'no day is printed: the last of the month is taken')
    >>> read_day("2016 TBC")
    (None, 'still to be confirmed')
    """
    if _NO_DAY.search(text):
        return None, "still to be confirmed"
    named = days_in(text)
    if not named:
        impossible = any(pattern.search(text) for pattern in _DAYS)
        return None, "there is no such day" if impossible else ""
    exact = [day for _, day, doubt in named if not doubt]
    if exact:
        return max(exact), "" if len(set(exact)) == 1 else "several days are printed"
    return max(day for _, day, _ in named), NO_DAY


def days_in(text: str) -> list[tuple[str, date, str]]:
    """The days that a text names, in its order: as printed, the day, and the doubt about it."""
    found: list[tuple[int, int, date, str]] = []
    taken: list[tuple[int, int]] = []
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            taken.append(match.span())
            day = _day(match)
            if day is not None:
                found.append((*match.span(), day, ""))
    found += [
        (*match.span(), _end(match), NO_DAY)
        for match in _MONTH.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    return [(text[start:end], day, doubt) for start, end, day, doubt in sorted(found)]


def is_only_a_date(text: str) -> bool:
    """Whether a text is a month or a day and nothing else: a heading over what is due then."""
    bare = text.strip(" :–-•").lower()
    return bool(re.fullmatch(_NAME + r"(?:\s+[0-9]{2,4})?", bare)) or bool(
        _DAY_NAMED.fullmatch(bare) or _DAY_NUMBERED.fullmatch(bare)
    )


def _day(match: re.Match[str]) -> date | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _month(month)
    try:
        return date(_year(match["year"]), number, int(match["day"]))
    except ValueError:
        return None


def _end(match: re.Match[str]) -> date:
    year, month = _year(match["year"]), _month(match["month"])
    return date(year, month, monthrange(year, month)[1])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
