"""Was a limit or a law that the paper quotes in force on its date? (rule AUD-50)

What is in force when is a dated parameter with its source (PAR-01). A quoted figure is only judged
where it is the figure of another time: a sum that never was a limit is something else. Without a
date of the paper nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from futurefit.kernel.days import clear_working_days_between
from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.parameters import NoneInForce, Parameter, parameter, parameters
from futurefit.kernel.years import FinancialYear, NotAYear, parse_year, year_of
from futurefit.papers.audit.passages import finding
from futurefit.papers.dates import PaperDate, date_of_issue, in_words, paper_date
from futurefit.papers.document import Document
from futurefit.papers.text import Text, read_text

CODE = "AUD-50"

_FINE = re.compile(
    r"fines?\s+(?:of\s+)?(?:up to|not exceeding|to a maximum of|of)\s+(?P<sum>£\s?[0-9,]+)"
)
_INTERESTS = re.compile(r"\b(?:dpis?|disclosable|pecuniary|interests?)\b")
_REFERENDUM = re.compile(r"referend(?:um|a)\b")
_LIMIT = re.compile(
    r"\b(?:limit|threshold|principles?|trigger(?:s|ing|ed)?|cap|without|exceed(?:s|ing)?|excessive)\b"
)
_PERCENT = re.compile(r"(?<![0-9.])(?P<percent>[0-9](?:\.[0-9]{1,2})?)\s?(?:%|per cent)")
_YEAR = re.compile(r"20[0-9]{2}\s?[/-]\s?[0-9]{2}\b")
_SUM = re.compile(r"£\s?(?P<sum>[0-9]{1,3}(?:,[0-9]{3})+)(?![0-9]|\.[0-9])")
_POWERS = ("adult_social_care_precept", "flexible_use_of_capital_receipts")
_THRESHOLDS = ("procurement_threshold_services_pounds", "procurement_threshold_works_pounds")
_ACTS = ("data_protection_act", "procurement_law")
_AHEAD = timedelta(days=366)  # a paper may look this far ahead to a threshold that is known


def check_law(document: Document) -> list[Finding]:
    """Limits and laws that are quoted and were not in force when the paper was written."""
    own = paper_date(document)
    if own is None:
        return []
    text = read_text(document)
    return [
        *_fines(text, own),
        *_referendums(text, own),
        *_powers(text, own),
        *_thresholds(text, own),
        *_acts(text, own),
        *_notice(document, own),
    ]


def _in_force(name: str, on: date) -> Parameter | None:
    try:
        return parameter(name, on)
    except NoneInForce:
        return None


def _fines(text: Text, own: PaperDate) -> Iterator[Finding]:
    """The fine for offences about interests."""
    name = "interests_offence_fine"
    now = _in_force(name, own.first)
    for match, passage in text.find(_FINE):
        line = text.folded[passage.start : passage.start + len(passage.text)]
        said = match["sum"].replace(" ", "")
        once = next((row for row in parameters()[name] if row.value == said), None)
        if now is None or once is None or now.value == said or not _INTERESTS.search(line):
            continue
        yield finding(
            CODE,
            passage,
            f"a fine of {said} for offences about interests was the limit until "
            f"{in_words(once.valid_to or own.first)}; on {own.words} it is {now.value}.",
            severity=Severity.WARNING,
            printed=text.printed(match),
            expected=str(now.value),
            advice=f"Bring the standing text up to date ({now.source}).",
            confidence=0.9,
        )


def _referendums(text: Text, own: PaperDate) -> Iterator[Finding]:
    """A rise that is said to need no referendum, above the limit of its year."""
    done = -1
    for match, passage in text.find(_REFERENDUM):
        if match.start() < done:
            continue
        start, done = text.sentence(passage, match.start())
        sentence = text.folded[start:done]
        if not _LIMIT.search(sentence):
            continue
        years = _years(sentence) or [year_of(own.first), year_of(own.first) + 1]
        limits = [
            Decimal(row.value)
            for year in years
            if (row := _in_force("referendum_limit_percent", year.first_day)) is not None
        ]
        for quoted in _PERCENT.finditer(sentence):
            percent = Decimal(quoted["percent"])
            if limits and percent > max(limits):
                yield finding(
                    CODE,
                    passage,
                    f"{quoted[0]} is named with the referendum on council tax; the highest limit "
                    f"for {' and '.join(year.label for year in years)} is {max(limits)}%.",
                    printed=quoted[0],
                    expected=f"{max(limits)}%",
                    advice="Check the limit of the year against the principles for that year.",
                    confidence=0.6,
                )


def _years(sentence: str) -> list[FinancialYear]:
    found = []
    for printed in _YEAR.findall(sentence):
        try:
            found.append(parse_year(printed))
        except NotAYear:
            continue
    return found


def _powers(text: Text, own: PaperDate) -> Iterator[Finding]:
    """Powers that a paper names before anybody had announced them."""
    for name in _POWERS:
        first = parameters()[name][0]
        at = text.folded.find(str(first.value))
        if at >= 0 and own.last < first.valid_from:
            yield finding(
                CODE,
                text.at(at),
                f"the {first.value} is named; it was announced on {in_words(first.valid_from)}, "
                f"after {own.words}.",
                severity=Severity.WARNING,
                printed=text.whole[at : at + len(str(first.value))],
                advice=f"Check the date of the paper, or what is meant ({first.source}).",
                confidence=0.7,
            )


def _thresholds(text: Text, own: PaperDate) -> Iterator[Finding]:
    """Procurement thresholds of another time."""
    rows = {row.whole: (name, row) for name in _THRESHOLDS for row in parameters()[name]}
    for match, passage in text.find(_SUM):
        name, row = rows.get(int(match["sum"].replace(",", "")), ("", None))
        if row is None or (row.valid_from - _AHEAD <= own.first <= (row.valid_to or own.first)):
            continue
        now = _in_force(name, own.first)
        yield finding(
            CODE,
            passage,
            f"{text.printed(match)} was the procurement threshold from {in_words(row.valid_from)} "
            f"to {in_words(row.valid_to or own.first)}, not on {own.words}.",
            printed=text.printed(match),
            expected=f"£{now.whole:,}" if now else "",
            advice="Quote the threshold of the day, or say that it is the one of the time.",
            confidence=0.6,
        )


def _acts(text: Text, own: PaperDate) -> Iterator[Finding]:
    """Laws that had been replaced."""
    for name in _ACTS:
        for row in parameters()[name]:
            at = text.folded.find(str(row.value).lower())
            if at >= 0 and row.valid_to is not None and row.valid_to < own.first:
                now = _in_force(name, own.first)
                yield finding(
                    CODE,
                    text.at(at),
                    f"the {row.value} is quoted; it applied until {in_words(row.valid_to)}"
                    + (f", and the {now.value} since." if now else "."),
                    printed=str(row.value),
                    expected=str(now.value) if now else "",
                    advice="Quote the law of the day, unless something older is meant.",
                    confidence=0.4,
                )


def _notice(document: Document, own: PaperDate) -> Iterator[Finding]:
    """An agenda issued too late for its meeting."""
    issue = date_of_issue(document)
    if issue is None or own.first != own.last:
        return
    said, passage = issue
    needed = _in_force("agenda_clear_working_days", own.first)
    if said.first is None or needed is None:
        return
    clear = clear_working_days_between(said.first, own.first)
    if clear < needed.whole:
        yield finding(
            CODE,
            passage,
            f"the agenda was issued on {in_words(said.first)} for a meeting on {own.words}: "
            f"{clear} clear working days, where {needed.whole} are asked for.",
            printed=said.text,
            expected=f"{needed.whole} clear working days",
            difference=str(clear - needed.whole),
            advice=f"Say why the notice was shorter ({needed.source}).",
            confidence=0.6,
        )
