"""What an acceptance posts: always balanced, and always exactly what was accepted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import revising
from futurefit.ledger.entries import RATINGS, Account, Entry, LineAttributes
from futurefit.ledger.revising import Nature
from futurefit.site.papers import drafting, reviewing
from futurefit.site.papers.reviewing import Accepted, Amount, accepted_from

ON = date(2015, 11, 19)
YEARS = ("2016/17", "2017/18", "UNPROFILED")

cells = st.dictionaries(
    st.tuples(st.sampled_from(YEARS), st.sampled_from(RATINGS)), st.integers(1, 10**9), max_size=6
)


def accepted(paper: dict, base: dict, attributes: LineAttributes | None = None) -> Accepted:
    return Accepted(
        "A line",
        tuple(
            Amount(year, account, pence, Provenance(sha256="0" * 64, table=1, row=row, column=2))
            for row, ((year, account), pence) in enumerate(paper.items(), start=1)
        ),
        tuple((year, account, pence) for (year, account), pence in base.items()),
        attributes,
    )


def moved(entries: list[Entry]) -> dict[tuple[str, Account], int]:
    """What entries add to each year and rating, nought left out."""
    sums: dict[tuple[str, Account], int] = defaultdict(int)
    for entry in entries:
        for posting in entry.postings:
            if posting.account in RATINGS:
                sums[posting.year, posting.account] += posting.amount_pence
    return {place: pence for place, pence in sums.items() if pence}


def balanced(entry: Entry) -> bool:
    years: dict[str, int] = defaultdict(int)
    for posting in entry.postings:
        years[posting.year] += posting.amount_pence
    return not any(years.values())


@given(paper=cells, base=cells, nature=st.sampled_from([None, *Nature]))
def test_base_and_entries_make_what_was_accepted(
    paper: dict, base: dict, nature: Nature | None
) -> None:
    """PAP-05, PAP-06, PAP-07. Whatever the figures, of each nature that they allow."""
    one = accepted(paper, base)
    if nature is None:
        nature = revising.looks_like(one.changes) or Nature.RE_ESTIMATE
    if base and revising.objection(nature, one.changes):
        return
    drafted = drafting.draft([("A-1", one, nature if base else "")], on=ON)
    together = [*drafted.entries, *drafted.deliveries]
    assert all(map(balanced, together))
    assert reviewing.differences(base, one.sums) == moved(together)
    # Only the delivery, which waits, adds to what is delivered.
    at_once = moved(drafted.entries)
    assert not any(
        pence > 0 for (_, account), pence in at_once.items() if account is Account.GREEN_DELIVERED
    )


@given(paper=cells)
def test_each_amount_of_a_new_line_is_posted_from_its_own_cell(paper: dict) -> None:
    """PAP-05"""
    one = accepted(paper, {}, LineAttributes(project="libraries"))
    drafted = drafting.draft([("A-1", one, "")], on=ON)
    assert set(drafted.sources) == {amount.place for amount in one.amounts}
    for entry in drafted.entries[1:]:
        for posting in entry.postings:
            assert posting.source is not None
            if posting.account in RATINGS:
                place = drafted.sources[posting.source]
                amount = next(a for a in one.amounts if a.place == place)
                assert (amount.year, amount.pence) == (posting.year, posting.amount_pence)


@given(paper=cells, base=cells)
def test_what_was_accepted_is_read_back_as_it_was_kept(paper: dict, base: dict) -> None:
    """PAP-04"""
    for attributes in (None, LineAttributes(theme="places")):
        one = accepted(paper, base, attributes)
        assert accepted_from(one.plain()) == one


@pytest.mark.parametrize(
    ("changes", "looks"),
    [
        ({("2016/17", Account.RED): -5, ("2016/17", Account.AMBER): 5}, Nature.RE_RATING),
        ({("2016/17", Account.RED): -5, ("2017/18", Account.RED): 5}, Nature.RE_PROFILE),
        ({("2016/17", Account.RED): -5, ("2017/18", Account.AMBER): 5}, Nature.RE_PROFILE),
        ({("2016/17", Account.RED): -5}, None),
    ],
)
def test_what_a_change_looks_like_by_its_figures(changes: dict, looks: Nature | None) -> None:
    """PAP-06"""
    assert revising.looks_like(changes) == looks


def test_a_correction_of_a_rating_alone_leaves_the_target_as_it_is() -> None:
    """PAP-06"""
    one = accepted({("2016/17", Account.AMBER): 5}, {("2016/17", Account.RED): 5})
    drafted = drafting.draft([("A-1", one, Nature.CORRECTION)], on=ON)
    assert {p.account for p in drafted.entries[0].postings} == {Account.RED, Account.AMBER}


@pytest.mark.parametrize(
    ("paper", "before", "ledger", "word"),
    [
        (10, None, None, "new"),
        (10, None, 10, "same"),
        (10, None, 7, "changed"),
        (None, None, 7, "not in this paper"),
        (10, 10, 7, "same"),  # what happened since is not the paper's doing
        (10, 8, 10, "changed"),
        (None, 8, 8, "not in this paper"),
        (None, None, None, None),
    ],
)
def test_an_amount_in_a_word(
    paper: int | None, before: int | None, ledger: int | None, word: str | None
) -> None:
    """PAP-03, PAP-06"""
    place = ("2016/17", Account.RED)

    def sums(pence: int | None) -> dict:
        return {} if pence is None else {place: pence}

    amounts = accepted(sums(paper), {}).amounts
    found = reviewing.compare(amounts, sums(ledger), None if before is None else sums(before))
    assert [one.word for one in found] == ([] if word is None else [word])
