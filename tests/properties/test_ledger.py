"""What always holds of a ledger, whatever happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from futurefit.ledger import acts, chain, package, state
from futurefit.ledger import presentations as pr
from futurefit.ledger.bridge import Baseline, bridge
from futurefit.ledger.changes import changes
from futurefit.ledger.entries import (
    RATINGS,
    Account,
    Entry,
    Journal,
    LineAttributes,
    LineKind,
    Reason,
    Recurrence,
    SavingClass,
    SavingType,
    SourceKind,
    Tranche,
)
from futurefit.ledger.working import Figure, read_figure, show
from tests.ledger.books import OPENED, Book, Refused

YEARS = ("2015/16", "2016/17", "2017/18", "2019/20", "2020/21+", "UNPROFILED")
LINES = ("L1", "L2", "L3", "L4", "L5")
DAYS = st.integers(0, 400).map(lambda days: OPENED + timedelta(days=days))
AMOUNTS = st.integers(-500_00, 500_00).filter(bool)

attributes = st.builds(
    LineAttributes,
    theme=st.sampled_from(("estate", "alliances")),
    workstream=st.sampled_from(("", "w1", "w2")),
    project=st.sampled_from(("", "p1", "p2")),
    directorate=st.sampled_from(("BEC", "DASH")),
    service=st.sampled_from(("", "Libraries", "Legal")),
    mtfp_heading=st.sampled_from(("Council tax", "New savings")),
    kind=st.sampled_from(LineKind),
    saving_class=st.sampled_from(SavingClass),
    saving_type=st.sampled_from(SavingType),
    tranche=st.sampled_from(Tranche),
    recurrence=st.sampled_from(Recurrence),
)


@st.composite
def entries(draw: st.DrawFn, book: Book) -> Entry:
    """Any act on any line: many are refused, the rest make a life."""
    line, on = draw(st.sampled_from(LINES)), draw(DAYS)
    year, other = draw(st.sampled_from(YEARS)), draw(st.sampled_from(YEARS))
    rating, second = draw(st.sampled_from(RATINGS)), draw(st.sampled_from(RATINGS))
    held = [
        (y, r)
        for (y, code), _ in book.ledger.now.balances(line).items()
        if (r := list(Account)[code] if code < 6 else None) in RATINGS
    ]
    if held:
        # Move what is there, so that most acts stand.
        year, rating = draw(st.sampled_from(held))
    amount = draw(AMOUNTS)
    there = book.ledger.now.balances(line).get((year, list(Account).index(rating)), 0)
    part = there if draw(st.booleans()) else there // 2
    amounts = {year: part or amount}
    reason = draw(
        st.sampled_from([Reason.RE_ESTIMATED, Reason.UNDELIVERABLE, Reason.OVER_ACHIEVED])
    )
    everything = sorted({(s.journal, s.entry) for s in book.ledger.now.postings(lines=[line])})
    choices = [
        lambda: acts.set_target(line, {other: amount}, on=on, rating=second),
        lambda: acts.set_unidentified_target(line, {other: amount}, on=on),
        lambda: acts.re_rate(line, amounts, from_rating=rating, to_rating=second, on=on),
        lambda: acts.deliver(line, amounts, from_rating=rating, on=on),
        lambda: acts.re_estimate(line, {year: amount}, rating=rating, on=on, reason=reason),
        lambda: acts.re_profile(
            line, part or amount, rating=rating, from_year=year, to_year=other, on=on
        ),
        lambda: acts.withdraw(line, amounts, from_rating=rating, on=on),
        lambda: acts.replace(
            line, draw(st.sampled_from(LINES)), amounts, from_rating=rating, on=on
        ),
        lambda: acts.re_target(line, {year: amount}, clears=Reason.RE_ESTIMATED, on=on),
        lambda: acts.raise_target(line, {year: amount}, on=on),
        lambda: acts.reclassify(line, draw(attributes), on=on),
        lambda: acts.set_capacity("contract 7", SourceKind.CONTRACT, abs(amount), on=on),
        lambda: acts.claim(line, "contract 7", draw(st.integers(0, 10_000)), on=on),
    ]
    if everything:
        chosen = draw(st.sampled_from(everything))
        original = book.ledger.now.postings(journals=(chosen[0], chosen[0]), entry=chosen[1])
        choices.append(lambda: acts.reverse(original, on=on))
    # What finishes an amount is drawn more often than what starts one, or few lives get that far.
    return draw(st.sampled_from([*choices, *choices[2:8], *choices[13:] * 3]))()


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A programme with a life behind it: lines of either sign, every kind, reversals."""
    book = Book()
    for line in LINES:
        book.post(acts.open_line(line, draw(attributes), on=OPENED))
    for _ in range(draw(st.integers(5, 25))):
        try:
            book.post(draw(entries(book)), why=draw(st.text(min_size=1)) + ".")
        except Refused:
            continue
    return book


def scopes() -> list[pr.Scope]:
    """Every scope that may be summed."""
    return [
        pr.Scope(tranche=tranche, kind=kind) for tranche in Tranche for kind in (None, *LineKind)
    ]


@given(books())
def test_every_entry_balances_within_each_line_and_year(book: Book) -> None:
    for journal in book.journals:
        for entry in journal.entries:
            assert not chain.imbalances(entry)


@given(books(), DAYS)
def test_sums_by_line_and_year_are_those_of_the_postings_one_by_one(book: Book, day: date) -> None:
    position = book.ledger.at(day)
    plain: dict[str, dict[str, int]] = {}
    for standing in position.postings(accounts=[(rating, None) for rating in RATINGS]):
        posting = standing.posting
        years = plain.setdefault(posting.line, {})
        years[posting.year] = years.get(posting.year, 0) + posting.amount_pence
    assert position.by_line_and_year(accounts=[(rating, None) for rating in RATINGS]) == plain


@given(books(), st.sampled_from(scopes()), st.sampled_from(pr.View))
def test_every_presentation_keeps_the_total(book: Book, scope: pr.Scope, view: pr.View) -> None:
    def total(*dimensions: str) -> tuple[object, ...]:
        made = pr.by(book.ledger.now, *dimensions, scope=scope, view=view)
        row = made.total()
        counted = [r for r in made.rows() if r.counted]
        assert tuple(map(sum, zip(*(r.amounts for r in counted), strict=True))) in (row.amounts, ())
        assert sum(r.total for r in counted) == row.total
        assert sum(r.unprofiled for r in counted) == row.unprofiled
        amounts = dict(zip(made.years, row.amounts, strict=True))
        return {y: a for y, a in amounts.items() if a}, row.total, row.unprofiled

    expected = total()
    for dimension in pr.names():
        assert total(dimension) == expected
    for pair in combinations(pr.names(), 2):
        assert total(*pair) == expected


@given(books(), DAYS)
def test_as_at_plus_later_equals_now(book: Book, day: date) -> None:
    """PRE-06."""
    now, then = book.ledger.now, book.ledger.at(as_at=day)
    later = changes(then, now)
    for line in LINES:
        moved = [c for c in later.lines if c.line == line]
        scope = pr.Scope(tranche=None, fund=None, lines=frozenset({line}))
        for measure, part in (
            (pr.Measure.FORECAST, "forecast_pence"),
            (pr.Measure.TARGET, "target_pence"),
        ):
            amounts = [
                _whole(pr.by(position, "tranche", "fund", scope=scope), measure)
                for position in (then, now)
            ]
            assert amounts[0] + sum(getattr(c, part) for c in moved) == amounts[1]


def _whole(presentation: pr.Presentation, measure: pr.Measure) -> int:
    return sum(row.total + row.unprofiled for row in presentation.rows(measure))


@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_independent_entries_does_not_change_balances(
    book: Book, chance: object
) -> None:
    # Entries on different lines are independent; within a line the order stands.
    queues: dict[frozenset[str], list[Entry]] = {}
    for journal in book.journals:
        for entry in journal.entries:
            lines = frozenset({p.line for p in entry.postings} | {entry.line} - {""})
            queues.setdefault(lines, []).append(entry)
    money = [e for queue in queues.values() for e in queue if e.postings]
    chance.shuffle(money)  # type: ignore[attr-defined]
    opened = [e for queue in queues.values() for e in queue if not e.postings]
    again = state.overlay(state.EMPTY, [*opened, *money])
    for line in LINES:
        assert again.now.balances(line) == book.ledger.now.balances(line)


@given(books(), DAYS, DAYS, st.sampled_from(scopes()))
def test_the_bridge_closes_at_every_date(
    book: Book, day: date, baseline_day: date, scope: pr.Scope
) -> None:
    position = book.ledger.at(as_at=day)
    baseline = Baseline("budget", baseline_day, book.ledger.head.number // 2)
    crossing = bridge(position, baseline, scope=scope)
    assert crossing.closes
    presented = pr.by(position, "theme", scope=scope)
    assert crossing.target_pence == presented.total(pr.Measure.TARGET).total
    assert crossing.forecast_pence == presented.total().total
    assert crossing.delivered_pence == presented.total(pr.Measure.DELIVERED).total


@given(books(), DAYS, st.data(), st.sampled_from(scopes()))
def test_the_original_target_is_the_one_that_the_baseline_itself_had(
    book: Book, day: date, data: st.DataObject, scope: pr.Scope
) -> None:
    """BRI-01: whatever was adopted, or classed anew, since."""
    number = data.draw(st.integers(0, book.ledger.head.number))
    then = book.ledger.at(day, number)
    original, *_ = bridge(book.ledger.now, Baseline("budget", day, number), scope=scope).to_target
    assert original == bridge(then, scope=scope).to_target[0]


@given(books(), DAYS)
def test_nothing_is_delivered_twice_at_any_date(book: Book, day: date) -> None:
    position = book.ledger.at(as_at=day)
    for line in LINES:
        balances = position.balances(line)
        for year in YEARS:
            held = [balances.get((year, list(Account).index(rating)), 0) for rating in RATINGS]
            assert min(held) >= 0 or max(held) <= 0


@given(books())
def test_slipped_amounts_net_to_nought_over_the_years_of_a_line(book: Book) -> None:
    for line in LINES:
        slipped = book.ledger.now.postings(
            lines=[line], accounts=[(Account.VARIANCE, Reason.SLIPPED)]
        )
        assert sum(s.posting.amount_pence for s in slipped) == 0


@given(books(), st.data())
def test_the_working_adds_up_to_the_figure_and_survives_its_address(
    book: Book, data: st.DataObject
) -> None:
    """PRE-05."""
    scope, view = data.draw(st.sampled_from(scopes())), data.draw(st.sampled_from(pr.View))
    measure, day = data.draw(st.sampled_from(pr.Measure)), data.draw(st.none() | DAYS)
    position = book.ledger.at(as_at=day)
    made = pr.by(position, "theme", scope=scope, view=view)
    for row in made.rows(measure):
        if not row.counted:
            continue
        within = scope.narrowed("theme", row.codes[0])
        for year, amount in [("", _last(row, view)), *zip(made.years, row.amounts, strict=True)]:
            figure = Figure(within, measure, year, view, day)
            assert read_figure(figure.query()) == figure
            assert show(book.ledger, figure).total_pence == amount


def _last(row: pr.Row, view: pr.View) -> int:
    return row.total


@given(books())
def test_an_export_comes_back_with_the_same_head(book: Book) -> None:
    """LED-10."""
    files = package.write(book.journals, name="programme", version="1")
    journals = package.read(files)
    assert journals == book.journals
    assert chain.verify(journals, package.head_of(files)) == []
    assert state.extend(state.EMPTY, journals).head == book.ledger.head
    assert package.write(journals, name="programme", version="1") == files


def _edited(journal: Journal) -> list[Journal]:
    """One edit of everything a journal says."""
    edits = [
        replace(journal, decision=journal.decision + "!"),
        replace(journal, recorded_at=journal.recorded_at + timedelta(seconds=1)),
        replace(journal, body_digest="0" * 64),
        replace(journal, digest="0" * 64),
        replace(
            journal, words=(replace(journal.words[0], commitment="0" * 64), *journal.words[1:])
        ),
        replace(journal, words=(replace(journal.words[0], text="Nobody"), *journal.words[1:])),
    ]
    entry = journal.entries[0]
    moved = [replace(entry, effective_on=entry.effective_on + timedelta(days=1))]
    if entry.postings:
        first, *rest = entry.postings
        moved.append(
            replace(entry, postings=(replace(first, amount_pence=first.amount_pence + 1), *rest))
        )
        moved.append(replace(entry, postings=(replace(first, line="L9"), *rest)))
    edits += [replace(journal, entries=(other, *journal.entries[1:])) for other in moved]
    return edits


@given(books(), st.data())
def test_every_edited_dropped_inserted_or_reordered_chain_is_caught(
    book: Book, data: st.DataObject
) -> None:
    """LED-08."""
    journals, head = book.journals, book.ledger.head
    place = data.draw(st.integers(0, len(journals) - 1))
    for edited in _edited(journals[place]):
        assert chain.verify([*journals[:place], edited, *journals[place + 1 :]])
    dropped = journals[:place] + journals[place + 1 :]
    assert chain.verify(dropped, head)
    assert chain.verify([*journals[: place + 1], journals[place], *journals[place + 1 :]])
    if place:
        swapped = list(journals)
        swapped[place - 1], swapped[place] = swapped[place], swapped[place - 1]
        assert chain.verify(swapped)


@given(books(), st.integers(1, 5))
def test_a_cut_or_rewritten_chain_is_caught_by_the_head_noted_before(book: Book, cut: int) -> None:
    head = book.ledger.head
    assert chain.verify(book.journals[:-cut], head)
    rewritten = Book()
    for journal in book.journals:
        sources = tuple(chain.source_of(journal, place) for place in range(len(journal.sources)))
        rewritten.post(*journal.entries, why="another story", sources=sources)
    assert chain.verify(rewritten.journals) == []
    assert chain.verify(rewritten.journals, head)


@given(books())
def test_erased_words_leave_the_chain_as_it_was(book: Book) -> None:
    """LED-09."""
    erased = [
        replace(j, words=tuple(replace(w, salt=None, text=None) for w in j.words))
        for j in book.journals
    ]
    assert chain.verify(erased, book.ledger.head) == []


@given(books(), attributes, DAYS)
def test_reclassifying_a_line_changes_the_head_and_no_amount(
    book: Book, new: LineAttributes, day: date
) -> None:
    head, before = book.ledger.head, book.ledger.now.balances("L1")
    try:
        book.post(acts.reclassify("L1", new, on=day))
    except Refused:
        assume(False)  # an amount in an open bucket: the line cannot become a one-off
    assert book.ledger.head != head
    assert book.ledger.now.balances("L1") == before


def test_no_float_enters_the_chain() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        chain.canonical({"amount": float("nan")})
