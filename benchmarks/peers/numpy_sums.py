"""The floor: NumPy adding the same postings into the same cells, and nothing else.

Where each posting goes was worked out beforehand. What is left is one pass over 60,000 addresses
and amounts a question: no scope, no rows, no totals, no words.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.rollups import Answer, Books, Question
from futurefit.ledger.entries import RATINGS, Account
from futurefit.ledger.presentations import RAG

NAME = "NumPy adding the same integers"

Ints = NDArray[np.int64]


class Prepared:
    """The sums of a question, ready to run."""

    def __init__(self, books: Books, question: Question) -> None:
        self.question = question
        self.years = books.years
        self.of_line = books.groups(question)
        self.groups = sorted(set(self.of_line.values()))
        self.accounts = list(Account)
        group_codes = {group: code for code, group in enumerate(self.groups)}
        year_codes = {year: code for code, year in enumerate(self.years)}
        account_codes = {account: code for code, account in enumerate(self.accounts)}
        self.shape = (len(self.groups) + 1, len(self.years), len(self.accounts))
        places = [
            (
                group_codes[self.of_line[p.line]] if p.line in self.of_line else len(self.groups),
                year_codes[p.year],
                account_codes[p.account],
            )
            for p in books.postings
        ]
        self.place = np.ravel_multi_index(np.array(places).T, self.shape).astype(np.int64)
        self.amount = np.array([p.amount_pence for p in books.postings], np.int64)

    def __call__(self) -> Ints:
        """Pence by cell."""
        summed = np.zeros(self.shape[0] * self.shape[1] * self.shape[2], np.int64)
        np.add.at(summed, self.place, self.amount)
        return summed

    def answer(self) -> Answer:
        """The sums with words to them, without the total, to be compared."""
        cube = self().reshape(self.shape)
        place = self.question.index(RAG) + 1 if RAG in self.question else 0
        found: Answer = {}
        for code, group in enumerate(self.groups):
            for year_code, year in enumerate(self.years):
                for rating in RATINGS:
                    pence = int(cube[code, year_code, self.accounts.index(rating)])
                    key = (*group[:place], str(rating), *group[place:]) if place else group
                    found[key, year] = found.get((key, year), 0) + pence
        return {cell: pence for cell, pence in found.items() if pence}


def prepared(books: Books, question: Question) -> Callable[[], Ints]:
    """The sums of a question, ready to run."""
    return Prepared(books, question)
