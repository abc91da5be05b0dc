"""Each act of the field does what the design's worked example says (rules LED-02 to LED-07)."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from futurefit.kernel.years import Horizon
from futurefit.ledger import acts, columns
from futurefit.ledger.bridge import (
    Baseline,
    bridge,
    crossings,
    recurrent_gaps,
    targets_moved_to_accept_failure,
)
from futurefit.ledger.claims import claimed
from futurefit.ledger.classing import class_anew
from futurefit.ledger.closing import Closed
from futurefit.ledger.entries import (
    Account,
    Entry,
    EntryKind,
    Fund,
    LineAttributes,
    LineKind,
    Posting,
    Reason,
    Recurrence,
    SavingClass,
    SourceKind,
    Tranche,
)
from futurefit.ledger.presentations import CURRENT, PROPOSED, Measure, Scope, View, by
from tests.ledger.books import ALICE, BOB, OPENED, THEME, Book, Refused

A, G, D = Account.AMBER, Account.GREEN_ON_TARGET, Account.GREEN_DELIVERED
U, V = Account.UNRATED, Account.VARIANCE
LATER = date(2016, 9, 30)


def balances(book: Book, line: str = "L1") -> dict[tuple[str, str], int]:
    """Balances in £ by (year, account or reason)."""
    found = {}
    for (year, code), pence in book.ledger.now.balances(line).items():
        account, reason = columns.ACCOUNTS[code]
        found[year, reason or account] = pence // 100
    return found


@pytest.fixture
def book() -> Book:
    """One line, £100 from 2016/17, unrated."""
    made = Book()
    made.open("L1", y2016=100_00)
    return made


def test_the_worked_example_of_the_design(book: Book) -> None:
    """LED-02, LED-03, BRI-02."""
    book.post(acts.re_rate("L1", {"2016/17": 100_00}, from_rating=U, to_rating=A, on=LATER))
    book.post(acts.deliver("L1", {"2016/17": 40_00}, from_rating=A, on=LATER))
    book.post(
        acts.re_profile("L1", 60_00, rating=A, from_year="2016/17", to_year="2017/18", on=LATER)
    )
    assert balances(book) == {
        ("2016/17", "TARGET"): -100,
        ("2016/17", "GREEN_DELIVERED"): 40,
        ("2016/17", "SLIPPED"): 60,
        ("2017/18", "AMBER"): 60,
        ("2017/18", "SLIPPED"): -60,
    }
    book.post(
        acts.re_target("L1", {"2016/17": -60_00, "2017/18": 60_00}, clears=Reason.SLIPPED, on=LATER)
    )
    assert balances(book) == {
        ("2016/17", "TARGET"): -40,
        ("2016/17", "GREEN_DELIVERED"): 40,
        ("2017/18", "TARGET"): -60,
        ("2017/18", "AMBER"): 60,
    }
    (accepted,) = targets_moved_to_accept_failure(book.ledger.now)
    assert (accepted.year, accepted.reason, accepted.amount_pence) == ("2016/17", "SLIPPED", 60_00)


def test_a_change_of_target_that_was_reversed_accepts_no_failure(book: Book) -> None:
    """BRI-02: neither the change nor its reversal is listed."""
    book.post(acts.re_estimate("L1", {"2016/17": -30_00}, rating=Account.UNRATED, on=LATER))
    moved = book.post(
        acts.re_target("L1", {"2016/17": -30_00}, clears=Reason.RE_ESTIMATED, on=LATER),
        decision="Cabinet 7",
    )
    assert len(targets_moved_to_accept_failure(book.ledger.now)) == 1
    original = book.ledger.now.postings(journals=(moved.number, moved.number))
    book.post(acts.reverse(original, on=LATER), decision="Cabinet 7")
    assert targets_moved_to_accept_failure(book.ledger.now) == []


def test_a_year_that_the_horizon_has_left_behind_is_settled_and_takes_no_target(
    book: Book,
) -> None:
    """LED-07: else its amounts could never be settled, and no month be locked."""
    book.horizon = Horizon(2017, 2019, 2020)
    book.post(
        acts.re_profile(
            "L1", 10_00, rating=Account.UNRATED, from_year="2016/17", to_year="2017/18", on=LATER
        )
    )
    book.post(acts.deliver("L1", {"2016/17": 10_00}, from_rating=Account.UNRATED, on=LATER))
    with pytest.raises(Refused) as refused:
        book.post(acts.set_target("L1", {"2016/17": 10_00}, on=LATER))
    assert refused.value.codes == ["LED-YEAR"]


def test_o_sav_03_faster_brings_forward_and_nets_to_nought() -> None:
    book = Book()
    book.open("L1", y2018=100_00)
    book.post(
        acts.re_profile("L1", 100_00, rating=U, from_year="2018/19", to_year="2017/18", on=LATER)
    )
    forecast = by(book.ledger.now, "theme").total()
    target = by(book.ledger.now, "theme").total(Measure.TARGET)
    change = [f - t for f, t in zip(forecast.amounts, target.amounts, strict=True)]
    assert change == [100_00, -100_00]


def test_a_pressure_that_grows_is_adverse(book: Book) -> None:
    """LED-01."""
    book.open("P1", y2016=-100_00)
    book.post(acts.re_estimate("P1", {"2016/17": -20_00}, rating=U, on=LATER))
    assert balances(book, "P1")["2016/17", "RE_ESTIMATED"] == 20
    assert bridge(book.ledger.now).closes


def test_a_target_that_nobody_has_found_counts_against_the_forecast(book: Book) -> None:
    book.post(acts.set_unidentified_target("L1", {"2017/18": 30_00}, on=LATER))
    steps = {step.key: step.amount_pence for step in bridge(book.ledger.now).to_forecast}
    assert steps["UNIDENTIFIED"] == -30_00


def test_the_bridge_tells_the_original_target_from_later_ones(book: Book) -> None:
    """BRI-01."""
    baseline = Baseline("2015/16 budget", OPENED, book.ledger.head.number)
    book.open("L2", y2017=50_00)
    steps = {s.key: s.amount_pence for s in bridge(book.ledger.now, baseline).to_target}
    assert (steps["original"], steps["set_since"]) == (100_00, 50_00)


def test_what_was_adopted_since_the_baseline_is_a_step_of_both_bridges(book: Book) -> None:
    """BRI-01. By hand: L1 of £100 and L2 of £50 are proposed, C1 of £30 is in the plan."""
    book.open("L2", y2017=50_00)
    book.open("C1", replace(THEME, tranche=Tranche.CURRENT), y2016=30_00)
    baseline = Baseline("2015/16 budget", OPENED, book.ledger.head.number)
    book.post(acts.reclassify("L1", replace(THEME, tranche=Tranche.CURRENT), on=LATER))
    book.open("C2", replace(THEME, tranche=Tranche.CURRENT), on=LATER, y2016=7_00)
    now = book.ledger.now

    def steps(scope: Scope) -> tuple[int, ...]:
        found = bridge(now, baseline, scope=scope)
        assert found.closes
        return tuple(step.amount_pence for step in found.to_target)

    assert steps(CURRENT) == (30_00, 100_00, 7_00, 0)
    assert steps(PROPOSED) == (150_00, -100_00, 0, 0)
    # What was proposed and adopted since then was no target of the plan, nor set in it.
    book.open("L3", on=LATER, y2016=1_00)
    book.post(acts.reclassify("L3", replace(THEME, tranche=Tranche.CURRENT), on=LATER))
    now = book.ledger.now
    assert steps(CURRENT) == (30_00, 101_00, 7_00, 0)
    assert steps(PROPOSED) == (150_00, -100_00, 0, 0)
    assert crossings(now, baseline, CURRENT).joined == {"L1", "L3"}
    assert crossings(now, baseline, PROPOSED).left == {"L1"}


def test_a_replacement_keeps_the_programme_and_shows_the_recurrent_gap(book: Book) -> None:
    """BRI-03."""
    book.open("R1", replace(THEME, recurrence=Recurrence.ONE_OFF))
    book.post(acts.replace("L1", "R1", {"2016/17": 70_00}, from_rating=U, on=LATER))
    assert bridge(book.ledger.now).forecast_pence == 100_00
    (gap,) = recurrent_gaps(book.ledger.now)
    assert (gap.line, gap.met_by, gap.year, gap.amount_pence) == ("L1", "R1", "2016/17", 70_00)


def test_a_replacement_that_was_reversed_and_put_back_leaves_its_gap(book: Book) -> None:
    """BRI-03."""
    book.open("R1", replace(THEME, recurrence=Recurrence.ONE_OFF))
    made = book.post(acts.replace("L1", "R1", {"2016/17": 70_00}, from_rating=U, on=LATER))
    for gaps in (0, 1):
        original = book.ledger.now.postings(journals=(made.number, made.number))
        made = book.post(acts.reverse(original, on=LATER))
        assert len(recurrent_gaps(book.ledger.now)) == gaps


def test_a_reversal_keeps_the_kind_and_happens_once(book: Book) -> None:
    journal = book.post(
        acts.re_rate("L1", {"2016/17": 100_00}, from_rating=U, to_rating=A, on=LATER)
    )
    original = book.ledger.now.postings(journals=(journal.number, journal.number))
    undo = acts.reverse(original, on=LATER)
    assert undo.kind is EntryKind.RE_RATE
    book.post(undo)
    assert balances(book)["2016/17", "UNRATED"] == 100
    with pytest.raises(Refused) as refused:
        book.post(undo)
    assert refused.value.codes == ["LED-REVERSED"]


def test_a_reversal_that_would_deliver_what_is_gone_is_refused(book: Book) -> None:
    rated = book.post(acts.re_rate("L1", {"2016/17": 100_00}, from_rating=U, to_rating=A, on=LATER))
    book.post(acts.deliver("L1", {"2016/17": 100_00}, from_rating=A, on=LATER))
    original = book.ledger.now.postings(journals=(rated.number, rated.number))
    with pytest.raises(Refused) as refused:
        book.post(acts.reverse(original, on=LATER))
    assert refused.value.codes == ["LED-MORE-THAN-LEFT"]


def test_a_one_off_unwinds_in_the_plan_and_not_in_the_grid() -> None:
    """PRE-02, PRE-04."""
    book = Book()
    book.open("L1", replace(THEME, recurrence=Recurrence.ONE_OFF), y2016=100_00)
    years = ("2016/17", "2017/18")
    grid = by(book.ledger.now, "theme", years=years).total()
    plan = by(book.ledger.now, "theme", view=View.PLAN, years=years).total()
    cumulative = by(book.ledger.now, "theme", view=View.CUMULATIVE, years=years).total()
    assert grid.amounts == (100_00, 0)
    assert plan.amounts == (100_00, -100_00)
    assert cumulative.amounts == (100_00, 0)
    assert plan.total == 0


def test_a_one_off_in_the_last_year_unwinds_in_the_open_bucket() -> None:
    book = Book()
    book.open("L1", replace(THEME, recurrence=Recurrence.ONE_OFF), y2019=100_00)
    book.open("L2")
    book.post(acts.set_target("L2", {"2020/21+": 5_00}, on=LATER))
    plan = by(book.ledger.now, "theme", view=View.PLAN)
    assert plan.years == ("2019/20", "2020/21+")
    assert plan.total().amounts == (100_00, -95_00)


def test_cost_avoidance_stands_below_the_total(book: Book) -> None:
    """PRE-01."""
    book.open("C1", replace(THEME, saving_class=SavingClass.COST_AVOIDANCE), y2016=7_00)
    presentation = by(book.ledger.now, "theme")
    assert presentation.total().amounts == (100_00,)
    assert [(row.counted, row.total) for row in presentation.rows()] == [
        (True, 100_00),
        (False, 7_00),
    ]


def test_an_amount_without_a_year_stands_outside_the_total(book: Book) -> None:
    book.post(acts.set_target("L1", {"UNPROFILED": 347_00}, on=LATER))
    total = by(book.ledger.now, "theme").total()
    assert (total.total, total.unprofiled) == (100_00, 347_00)


def test_current_and_proposed_are_never_added(book: Book) -> None:
    book.open("K1", replace(THEME, tranche=Tranche.CURRENT), y2016=900_00)
    assert by(book.ledger.now, "theme").total().total == 100_00
    with pytest.raises(ValueError, match="never added"):
        by(book.ledger.now, "theme", scope=Scope(tranche=None))
    apart = by(book.ledger.now, "tranche", scope=Scope(tranche=None))
    assert not apart.has_total


def test_reclassifying_a_line_moves_it_and_changes_the_head(book: Book) -> None:
    """LED-04."""
    before = book.ledger.head
    book.post(acts.reclassify("L1", replace(THEME, theme="alliances"), on=LATER))
    assert book.ledger.head != before
    assert [row.codes for row in by(book.ledger.now, "theme").rows()] == [("alliances",)]
    earlier = book.ledger.at(as_at=OPENED)
    assert [row.codes for row in by(earlier, "theme").rows()] == [("estate",)]


T = Account.TARGET
REFUSED = {
    "LED-UNBALANCED": Entry(
        EntryKind.SET_TARGET,
        LATER,
        (Posting("L1", "2016/17", T, -1_00), Posting("L1", "2016/17", U, 2_00)),
    ),
    "LED-UNKNOWN-LINE": acts.set_target("L9", {"2016/17": 1_00}, on=LATER),
    "LED-YEAR": acts.set_target("L1", {"2031/32": 1_00}, on=LATER),
    "LED-AMOUNT": acts.set_target("L1", {"2016/17": 2**53}, on=LATER),
    "LED-FUTURE": acts.set_target("L1", {"2016/17": 1_00}, on=date(2030, 1, 1)),
    "LED-BEFORE-OPENING": acts.set_target("L1", {"2016/17": 1_00}, on=date(2015, 7, 31)),
    "LED-MORE-THAN-LEFT": acts.deliver("L1", {"2016/17": 101_00}, from_rating=U, on=LATER),
    "LED-ACCOUNT": Entry(
        EntryKind.RE_RATE,
        LATER,
        (Posting("L1", "2016/17", T, -1_00), Posting("L1", "2016/17", U, 1_00)),
    ),
    "LED-REASON": Entry(
        EntryKind.WITHDRAW,
        LATER,
        (
            Posting("L1", "2016/17", U, -1_00),
            Posting("L1", "2016/17", V, 1_00, Reason.OVER_ACHIEVED),
        ),
    ),
    "LED-SLIP": Entry(
        EntryKind.RE_PROFILE,
        LATER,
        (Posting("L1", "2016/17", U, -1_00), Posting("L1", "2016/17", V, 1_00, Reason.SLIPPED)),
    ),
    "LED-LINE-EXISTS": acts.open_line("L1", THEME, on=LATER),
    "LED-NO-PARENT": acts.open_line("L2", replace(THEME, theme=""), on=LATER),
    "LED-EMPTY": Entry(EntryKind.RE_RATE, LATER),
    "LED-UNKNOWN-SOURCE": acts.claim("L1", "contract 7", 10_000, on=LATER),
    "LED-SOURCE": acts.set_target("L1", {"2016/17": 1_00}, on=LATER, source=3),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_may_not_stand_is_refused_and_changes_nothing(book: Book, code: str) -> None:
    head = book.ledger.head
    with pytest.raises(Refused) as refused:
        book.post(REFUSED[code])
    assert code in refused.value.codes
    assert book.ledger.head == head


@pytest.mark.parametrize(
    "withdrawn",
    [
        acts.withdraw("L1", {"2016/17": 101_00}, from_rating=U, on=LATER),
        acts.withdraw("L1", {"2017/18": 1_00}, from_rating=U, on=LATER),
        acts.re_profile("L1", 150_00, rating=U, from_year="2016/17", to_year="2017/18", on=LATER),
    ],
)
def test_no_more_leaves_a_line_than_it_holds(book: Book, withdrawn: Entry) -> None:
    """LED-05."""
    with pytest.raises(Refused) as refused:
        book.post(withdrawn)
    assert refused.value.codes == ["LED-MORE-THAN-LEFT"]


@pytest.mark.parametrize(
    "aside",
    [
        acts.re_rate("L1", {"2016/17": 1_00}, from_rating=U, to_rating=D, on=LATER),
        acts.re_estimate("L1", {"2016/17": 1_00}, rating=D, reason=Reason.OVER_ACHIEVED, on=LATER),
        acts.re_profile(
            "L1",
            1_00,
            rating=U,
            from_year="2016/17",
            to_year="2017/18",
            to_rating=D,
            on=LATER,
        ),
        acts.replace("L1", "L2", {"2016/17": 1_00}, from_rating=U, to_rating=D, on=LATER),
    ],
    ids=lambda entry: entry.kind.value,
)
def test_only_a_delivery_adds_to_what_is_delivered(book: Book, aside: Entry) -> None:
    """LED-11: whatever else moves an amount there would need no second person."""
    book.open("L2")
    with pytest.raises(Refused) as refused:
        book.post(aside)
    assert refused.value.codes == ["LED-DELIVERY"]


@pytest.mark.parametrize(
    "moved",
    [
        acts.re_profile("L1", 1_00, rating=D, from_year="2016/17", to_year="2017/18", on=LATER),
        acts.replace("L1", "L2", {"2016/17": 1_00}, from_rating=D, to_rating=D, on=LATER),
    ],
    ids=lambda entry: entry.kind.value,
)
def test_what_is_delivered_on_a_line_in_a_year_stays_there(book: Book, moved: Entry) -> None:
    """LED-11: more is delivered in another year or on another line by a delivery only."""
    book.open("L2")
    book.post(acts.deliver("L1", {"2016/17": 40_00}, from_rating=U, on=LATER))
    with pytest.raises(Refused) as refused:
        book.post(moved)
    assert refused.value.codes == ["LED-DELIVERY"]


def test_what_is_delivered_can_be_taken_back(book: Book) -> None:
    book.post(acts.deliver("L1", {"2016/17": 40_00}, from_rating=U, on=LATER))
    taken = book.post(acts.re_estimate("L1", {"2016/17": -10_00}, rating=D, on=LATER))
    assert balances(book)["2016/17", "GREEN_DELIVERED"] == 30
    book.post(acts.re_rate("L1", {"2016/17": 30_00}, from_rating=D, to_rating=A, on=LATER))
    # What was taken off by mistake comes back without new evidence, but not by one person.
    back = acts.reverse(book.ledger.now.postings(journals=(taken.number, taken.number)), on=LATER)
    with pytest.raises(Refused) as refused:
        book.post(back, checked_by="")
    assert refused.value.codes == ["LED-SECOND-PERSON"]
    book.post(back)
    assert balances(book)["2016/17", "GREEN_DELIVERED"] == 10


def _replacing(line: str, by_line: str, loses: int, gains: int) -> Entry:
    return Entry(
        EntryKind.REPLACE,
        LATER,
        (
            Posting("L1", "2016/17", U, -loses),
            Posting("L1", "2016/17", V, loses, Reason.REPLACED),
            Posting("L2", "2016/17", U, gains),
            Posting("L2", "2016/17", V, -gains, Reason.REPLACED),
        ),
        line=line,
        replaced_by=by_line,
    )


@pytest.mark.parametrize(
    "replaced",
    [
        _replacing("L1", "L2", 1_00, 99_00),
        _replacing("L1", "L1", 1_00, 1_00),
        _replacing("L1", "L3", 1_00, 1_00),
        _replacing("", "L2", 1_00, 1_00),
    ],
)
def test_a_line_takes_over_what_another_gives_up(book: Book, replaced: Entry) -> None:
    """LED-05: no money comes out of nothing by a replacement."""
    book.open("L2")
    book.open("L3")
    with pytest.raises(Refused) as refused:
        book.post(replaced)
    assert refused.value.codes == ["LED-REPLACE"]


CAPITAL = replace(THEME, kind=LineKind.CAPITAL_RECEIPT, fund=Fund.CAPITAL)


@pytest.mark.parametrize(
    "other",
    [
        replace(THEME, tranche=Tranche.CURRENT),
        replace(THEME, fund=Fund.CAPITAL),
        replace(THEME, kind=LineKind.INVESTMENT),
        CAPITAL,
    ],
)
def test_pounds_stay_what_they_are_when_another_line_takes_over(
    book: Book, other: LineAttributes
) -> None:
    """LED-05: current and proposed, the funds, and savings and costs are never crossed."""
    book.open("L2", other)
    swap = acts.replace("L1", "L2", {"2016/17": 1_00}, from_rating=U, on=LATER)
    with pytest.raises(Refused) as refused:
        book.post(swap)
    assert refused.value.codes == ["LED-REPLACE"]
    # Nor on the day on which they were not yet alike.
    now = book.ledger.lines["L1"]
    book.post(*class_anew(book.ledger, "L2", on=date(2016, 10, 1), **asdict(now)))
    with pytest.raises(Refused):
        book.post(swap)
    book.open("L3", replace(THEME, kind=LineKind.FUNDING))
    book.post(acts.replace("L1", "L3", {"2016/17": 1_00}, from_rating=U, on=LATER))


def test_a_line_comes_into_the_plan_or_leaves_it_by_a_decision(book: Book) -> None:
    """LED-11."""
    for tranche in (Tranche.CURRENT, Tranche.PROPOSED):
        anew = class_anew(book.ledger, "L1", on=LATER, tranche=tranche)
        with pytest.raises(Refused) as refused:
            book.post(*anew, decision=" ")
        assert refused.value.codes == ["LED-NO-DECISION"]
        book.post(*anew, decision="Council, minute 12")
    book.post(*class_anew(book.ledger, "L1", on=LATER, owner="head"), decision="")


def test_a_late_delivery_dated_before_an_earlier_one_is_still_refused(book: Book) -> None:
    book.post(acts.deliver("L1", {"2016/17": 100_00}, from_rating=U, on=LATER))
    with pytest.raises(Refused):
        book.post(acts.deliver("L1", {"2016/17": 1_00}, from_rating=U, on=OPENED))


def test_a_closed_month_takes_no_more(book: Book) -> None:
    """LED-06."""
    book.closed = Closed(locked_to=LATER)
    with pytest.raises(Refused) as refused:
        book.post(acts.set_target("L1", {"2016/17": 1_00}, on=LATER))
    assert refused.value.codes == ["LED-LOCKED"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"by": ""}, "LED-NO-PERSON"),
        ({"why": " "}, "LED-NO-WHY"),
        ({"checked_by": ""}, "LED-SECOND-PERSON"),
        ({"by": ALICE, "checked_by": ALICE}, "LED-SAME-PERSON"),
    ],
)
def test_a_delivery_needs_a_reason_and_two_people(
    book: Book, header: dict[str, str], code: str
) -> None:
    """LED-11."""
    with pytest.raises(Refused) as refused:
        book.post(acts.deliver("L1", {"2016/17": 1_00}, from_rating=U, on=LATER), **header)
    assert refused.value.codes == [code]


def test_a_re_target_needs_a_decision(book: Book) -> None:
    with pytest.raises(Refused) as refused:
        book.post(
            acts.raise_target("L1", {"2016/17": 1_00}, on=LATER), decision="", checked_by=BOB + "2"
        )
    assert refused.value.codes == ["LED-NO-DECISION"]


def test_a_one_off_may_not_stand_in_an_open_bucket(book: Book) -> None:
    """LED-07."""
    book.open("O1", replace(THEME, recurrence=Recurrence.ONE_OFF))
    with pytest.raises(Refused) as refused:
        book.post(acts.set_target("O1", {"2020/21+": 1_00}, on=LATER))
    assert refused.value.codes[0] == "LED-ONE-OFF-BUCKET"
    book.open("O2")
    book.post(acts.set_target("O2", {"2020/21+": 1_00}, on=LATER))
    with pytest.raises(Refused):
        book.post(acts.reclassify("O2", replace(THEME, recurrence=Recurrence.ONE_OFF), on=LATER))


def test_an_old_open_bucket_is_emptied_into_years_and_takes_nothing_new() -> None:
    book = Book()
    book.open("L1")
    book.post(acts.set_target("L1", {"2020/21+": 50_00}, on=LATER))
    book.horizon = Horizon(2015, 2021, 2022)
    with pytest.raises(Refused) as refused:
        book.post(acts.set_target("L1", {"2020/21+": 1_00}, on=LATER))
    assert refused.value.codes == ["LED-YEAR"]
    book.post(
        acts.re_profile("L1", 50_00, rating=U, from_year="2020/21+", to_year="2021/22", on=LATER)
    )
    assert balances(book)["2021/22", "UNRATED"] == 50


def test_a_line_is_not_classed_or_claimed_for_before_it_was_opened(book: Book) -> None:
    """LED-06."""
    before = date(2015, 7, 31)
    book.post(acts.set_capacity("contract 7", SourceKind.CONTRACT, 80_00, on=date(2015, 1, 1)))
    for entry in (
        acts.reclassify("L1", THEME, on=before),
        acts.claim("L1", "contract 7", 10_000, on=before),
    ):
        with pytest.raises(Refused) as refused:
            book.post(entry)
        assert refused.value.codes == ["LED-BEFORE-OPENING"]
    assert "L1" not in book.ledger.at(before).lines


def test_nothing_is_claimed_before_it_is_said_what_the_source_holds(book: Book) -> None:
    """LED-06: at every date a claim has a base to be held against."""
    book.post(acts.set_capacity("contract 7", SourceKind.CONTRACT, 80_00, on=LATER))
    with pytest.raises(Refused) as refused:
        book.post(acts.claim("L1", "contract 7", 10_000, on=OPENED))
    assert refused.value.codes == ["LED-BEFORE-SOURCE"]
    book.post(acts.set_capacity("contract 7", SourceKind.CONTRACT, 70_00, on=OPENED))
    book.post(acts.claim("L1", "contract 7", 10_000, on=OPENED))
    assert [year.base_pence for year in claimed(book.ledger.at(OPENED))] == [70_00]


def test_claims_of_one_line_never_pass_the_whole(book: Book) -> None:
    book.post(
        acts.set_capacity("contract 7", SourceKind.CONTRACT, 80_00, on=LATER),
        acts.set_capacity("post 12", SourceKind.POST, 80_00, on=LATER),
    )
    book.post(acts.claim("L1", "contract 7", 6_000, on=LATER))
    with pytest.raises(Refused) as refused:
        book.post(acts.claim("L1", "post 12", 4_001, on=LATER))
    assert refused.value.codes == ["LED-SHARE"]
