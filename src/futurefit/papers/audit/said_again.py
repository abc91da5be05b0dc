"""Is a target that is said twice said alike? (rule AUD-59)

"Over 30%" in one place and "30%" in another, or "by 2019" and "by 2020", of the same thing: a
reader cannot tell which is meant. Notes, since the words only make it likely that it is one thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from futurefit.kernel.findings import Finding
from futurefit.papers.audit.passages import finding
from futurefit.papers.document import Document
from futurefit.papers.numbers_in_text import PER_CENT
from futurefit.papers.stated import Statement, read_statements, stems
from futurefit.papers.text import Kind, Passage, read_text

CODE = "AUD-59"

_BY = re.compile(r"\bby (?P<year>20[0-9]{2}(?:\s?/\s?[0-9]{2})?)(?![0-9/])")
_AROUND = 70  # characters to either side of a year whose words go with it
_FEWEST_SHARED = 2  # stems that say that two lines speak of the same thing
_MOST_DEADLINES = 200  # of a paper; more are a programme's plan
_MOST_PLACES = 40  # lines with one percentage; more are a data set
_TARGET = re.compile(
    r"\b(?:increase|reduce|reduction|target|aim|will|success|percentage|achieve)\b"
)


def check_said_again(document: Document) -> list[Finding]:
    """Targets that are told with different qualifiers or for different years."""
    return [*_qualified(document), *_years(document)]


def _qualified(document: Document) -> Iterator[Finding]:
    """The same percentage of the same thing, "over" it in one place and just it in another."""
    places: dict[tuple[object, object], list[Statement]] = defaultdict(list)
    for statement in read_statements(document):
        number = statement.number
        if (
            number.unit == PER_CENT
            and 0 < number.low == number.high < 100
            and (number.qualifier or _TARGET.search(statement.passage.text.lower()))
        ):
            places[number.low, number.high].append(statement)
    for alike in places.values():
        plain = [one for one in alike if not one.number.qualifier]
        bounded = [one for one in alike if one.number.qualifier in ("more than", "less than")]
        if len(alike) > _MOST_PLACES or not plain or not bounded:
            continue
        for one in plain:
            other = max(bounded, key=lambda two: len(one.stems & two.stems))
            if len(one.stems & other.stems) >= _FEWEST_SHARED:
                yield finding(
                    CODE,
                    one.passage,
                    f"{one.number.text} here and “{other.number.text}” in "
                    f"“{other.passage.quote}”: the same share, told as a bound in one place only.",
                    printed=one.number.text,
                    expected=other.number.text,
                    advice="Say in each place whether it is the share aimed at or the least.",
                    confidence=0.4,
                )


@dataclass(frozen=True, slots=True)
class _Deadline:
    passage: Passage
    year: str
    first: int
    stems: frozenset[str]


def _years(document: Document) -> Iterator[Finding]:
    """The same aim by one year in one place, and by another elsewhere."""
    text = read_text(document)
    found = []
    for match, passage in text.find(_BY):
        if passage.kind is Kind.CELL:
            continue
        start = max(passage.start, match.start() - _AROUND)
        end = min(passage.start + len(passage.text), match.end() + _AROUND)
        year = re.sub(r"\s", "", match["year"])
        # A financial year ends in the calendar year after the one it is named by.
        first = int(year[:4]) + ("/" in year)
        found.append(_Deadline(passage, year, first, _subject(text.folded[start:end])))
    told: set[tuple[str, str]] = set()
    for one, two in combinations(found[:_MOST_DEADLINES], 2):
        shared = one.stems & two.stems
        pair = (one.year, two.year)
        if one.first != two.first and len(shared) >= _FEWEST_SHARED and pair not in told:
            told.add(pair)
            yield finding(
                CODE,
                two.passage,
                f"“by {two.year}” here, and “by {one.year}” in “{one.passage.quote}”, seem to be "
                "said of the same aim.",
                printed=two.year,
                expected=one.year,
                advice="If it is one aim, give it one year; if not, say what sets them apart.",
                confidence=0.4,
            )


def _subject(words: str) -> frozenset[str]:
    """What a deadline is about; "self-sufficient" counts as what it is, not as its halves."""
    joined = re.sub(r"\bself[- ](?=[a-z])", "self", words)
    found = stems(joined) | frozenset(
        "self" + word[4:10] for word in re.findall(r"\bself[a-z]{4,}", joined)
    )
    return found - {"by"}
