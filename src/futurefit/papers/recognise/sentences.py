"""Which savings and investments does a paper say in words? (rule REC-09)

"Workforce – £1250K (split equally across 2018/19 & 2019/20)" is a line with two amounts. Where no
year is said, or several are and not how much in each, the amount stands outside the years, with the
doubt. Nothing is posted for "marginal".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from futurefit.kernel.money import spread
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import Account
from futurefit.papers.candidates import AmountCandidate, LineCandidate, TotalCandidate
from futurefit.papers.recognise import likeness
from futurefit.papers.recognise.amounts import Sum, joined, sums_in, years_in
from futurefit.papers.recognise.pieces import Form, Piece
from futurefit.papers.recognise.schedules import ruled, slug
from futurefit.papers.recognise.sections import Section, answered
from futurefit.papers.recognise.templates import Template, WordsTemplate

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")
_ENDS = " :;,.–—-("
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class WordsReading:
    """What one form of words gave: its lines, and amounts that only repeat a table beside them."""

    lines: tuple[LineCandidate, ...]
    totals: tuple[TotalCandidate, ...]


def read_words(
    template: Template, sections: Sequence[Section], has_table: Sequence[Section]
) -> WordsReading:
    """The amounts in words of a paper. Where the label has a table of savings, its words give no
    lines of their own: those beside the table can only be its total.
    """
    lines: list[LineCandidate] = []
    totals: list[TotalCandidate] = []
    for number, words in enumerate(template.words):
        mine = [one for one in sections if f"words {number}" in one.owners]
        tabled = [one for one in mine if any(one is other for other in has_table)]
        for section in tabled or mine:
            for piece in answered(section, words.takes):
                if not tabled:
                    lines += _lines(words, piece)
                elif piece.table is None:
                    totals += _as_totals(words, piece)
    return WordsReading(tuple(_apart(lines)), tuple(totals))


def _as_totals(words: WordsTemplate, piece: Piece) -> Iterator[TotalCandidate]:
    for one in sums_in(piece.text):
        if not years_in(piece.text):
            pence = words.sign * one.pence
            yield TotalCandidate(None, "", pence, piece.said(one.text, pence, one.doubt))


def _lines(words: WordsTemplate, piece: Piece) -> Iterator[LineCandidate]:
    for text in _clauses(piece.text):
        sums = list(sums_in(text))
        if not sums:
            none = likeness.holds(words.none, text)
            if none is not None and piece.form is not Form.HEADING:
                yield _without_amount(words, piece, text, none)
            continue
        yield _line(words, piece, text, sums)


def _clauses(text: str) -> list[str]:
    """A text in parts of which each has one amount at most, with the sentences that explain it."""
    parts: list[str] = []
    for sentence in _SENTENCE.split(text):
        amounts = any(True for _ in sums_in(sentence))
        if parts and not (amounts and any(True for _ in sums_in(parts[-1]))):
            parts[-1] = f"{parts[-1]} {sentence}"
        else:
            parts.append(sentence)
    return parts


def _line(words: WordsTemplate, piece: Piece, text: str, sums: list[Sum]) -> LineCandidate:
    one = sums[0]
    years = list(dict.fromkeys(year for _, year in years_in(text[one.end :]) if _is_split(text)))
    equally = likeness.holds(words.equally, text) is not None
    doubts = [one.doubt]
    if len(sums) > 1:
        doubts.append(f"{len(sums)} amounts are printed: the first is taken")
    if len(years) == 1:
        shares = [(years[0], one.pence)]
    elif len(years) > 1 and equally:
        shares = list(zip(years, spread(one.pence, [1] * len(years)), strict=True))
        doubts.append(f"one amount is printed for {len(years)} years, to be shared equally")
    else:
        shares = [(UNPROFILED, one.pence)]
        doubts.append(
            f"one amount is printed for {len(years)} years, not how much in each"
            if years
            else "no year is printed"
        )
    doubt = joined(doubts)
    title = _title(text, one) or words.labels[0]
    return LineCandidate(
        key=f"{words.name}-{slug(title)}",
        title=piece.said(title),
        attributes=ruled(words.attributes, words.rules, text),
        amounts=tuple(
            AmountCandidate(
                Account.UNRATED,
                year,
                words.sign * pence,
                piece.said(one.text, words.sign * pence, doubt),
            )
            for year, pence in shares
        ),
    )


def _is_split(text: str) -> bool:
    """Whether the years in a sentence can be those of its amount: they stand close behind it."""
    found = list(sums_in(text))
    years = years_in(text)
    return bool(found and years) and years[0][0] - found[0].end <= 40


def _without_amount(words: WordsTemplate, piece: Piece, text: str, said: str) -> LineCandidate:
    at = text.lower().find(said.lower())
    title = text[:at].strip(_ENDS) if at > 0 else text
    return LineCandidate(
        key=f"{words.name}-{slug(title)}",
        title=piece.said(title),
        attributes=ruled(words.attributes, words.rules, text),
        amounts=(),
        doubts=(f"“{said}”: no amount is given",),
    )


def _title(text: str, one: Sum) -> str:
    """What the amount is for: the words before it, unless they are few, else its sentence."""
    before = text[: one.start].strip(_ENDS)
    behind = text[one.end :].strip()
    if before and (not behind or behind.startswith("(")):
        return before
    sentence = next((part for part in _SENTENCE.split(text) if one.text in part), text).replace(
        one.text, "…"
    )
    if len(sentence) <= _LONGEST_TITLE:
        return sentence.strip(_ENDS).removesuffix("…").strip(_ENDS)
    return sentence[:_LONGEST_TITLE].rsplit(" ", 1)[0].strip(_ENDS) + "…"


def _apart(lines: list[LineCandidate]) -> list[LineCandidate]:
    """The same amounts under the same words, said twice, are one line with two places."""
    found: list[LineCandidate] = []
    for line in lines:
        amounts = [(one.year, one.pence) for one in line.amounts]
        for at, one in enumerate(found):
            if one.key == line.key and [(a.year, a.pence) for a in one.amounts] == amounts:
                found[at] = with_places(one, line)
                break
        else:
            found.append(line)
    return found


def with_places(line: LineCandidate, again: LineCandidate) -> LineCandidate:
    """A line with the places of a second printing of the same amounts."""
    places = {(one.account, one.year): one for one in again.amounts}
    amounts = []
    for one in line.amounts:
        other = places.get((one.account, one.year))
        also = one.also if other is None else (*one.also, other.said.place, *other.also)
        amounts.append(replace(one, also=also))
    return replace(line, amounts=tuple(amounts))
