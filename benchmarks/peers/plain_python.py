"""The same roll-ups in plain Python: one loop over the postings, into a dictionary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from benchmarks.rollups import TOTAL, Answer, Books, Group, Question
from futurefit.ledger.entries import RATINGS
from futurefit.ledger.presentations import RAG

NAME = "plain Python, a loop and a dictionary"


def prepared(books: Books, question: Question) -> Callable[[], Answer]:
    """The sums of a question, ready to run: which line belongs to which group is known already."""
    groups = books.groups(question)
    postings = [(p.line, p.year, p.account, p.amount_pence) for p in books.postings]
    ratings = frozenset(RATINGS)

    def sums() -> Answer:
        found: dict[tuple[Group, str], int] = defaultdict(int)
        for line, year, account, pence in postings:
            if account in ratings and line in groups:
                found[groups[line], year] += pence
        return _with_total(found)

    place = question.index(RAG) + 1 if RAG in question else 0

    def sums_by_rating() -> Answer:
        found: dict[tuple[Group, str, str], int] = defaultdict(int)
        for line, year, account, pence in postings:
            if account in ratings and line in groups:
                found[groups[line], account, year] += pence
        return _with_total(
            {
                ((*group[:place], str(account), *group[place:]), year): pence
                for (group, account, year), pence in found.items()
            }
        )

    return sums_by_rating if place else sums


def _with_total(found: Answer) -> Answer:
    totals: dict[str, int] = defaultdict(int)
    for (group, year), pence in found.items():
        if not group[0]:
            totals[year] += pence
    every = {**found, **{(TOTAL, year): pence for year, pence in totals.items()}}
    return {cell: pence for cell, pence in every.items() if pence}
