"""May this journal join the ledger? (rules LED-02 to LED-07, LED-11, CLO-01)

`check` gives every reason why not, in words that a finance officer can act on. It asks the ledger
and its arguments only: who may post what is in `rights`, and the site asks that first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from futurefit.kernel.money import print_money
from futurefit.kernel.years import UNPROFILED, Horizon
from futurefit.ledger import columns as cols
from futurefit.ledger import proof, replacing, state
from futurefit.ledger.chain import LARGEST_PENCE, imbalances
from futurefit.ledger.classing import in_force
from futurefit.ledger.closing import ALL_OPEN, Closed
from futurefit.ledger.entries import (
    RATINGS,
    Account,
    Draft,
    Entry,
    EntryKind,
    EntryRef,
    Posting,
    Reason,
    Recurrence,
    Tranche,
)
from futurefit.ledger.refusal import Refusal
from futurefit.ledger.rights import needs_decision, needs_second_person

_BRINGING = frozenset({EntryKind.SET_TARGET, EntryKind.RE_TARGET, EntryKind.RE_ESTIMATE})

EARLIEST = date(1990, 1, 1)
"""Nothing in a programme took effect before councils had computers; a date before is a slip."""

_R = frozenset(RATINGS)
_T = Account.TARGET
_MONEY_KINDS: Mapping[EntryKind, tuple[frozenset[Account], frozenset[Reason]]] = {
    EntryKind.SET_TARGET: (_R | {_T}, frozenset({Reason.UNIDENTIFIED})),
    EntryKind.RE_TARGET: (_R | {_T}, frozenset(Reason)),
    EntryKind.RE_RATE: (_R, frozenset()),
    EntryKind.RE_PROFILE: (_R, frozenset({Reason.SLIPPED})),
    EntryKind.RE_ESTIMATE: (
        _R,
        frozenset(
            {
                Reason.RE_ESTIMATED,
                Reason.OVER_ACHIEVED,
                Reason.UNDELIVERABLE,
                Reason.UNIDENTIFIED,
            }
        ),
    ),
    EntryKind.DELIVER: (_R, frozenset()),
    EntryKind.WITHDRAW: (_R, frozenset({Reason.WITHDRAWN})),
    EntryKind.REPLACE: (_R, frozenset({Reason.REPLACED})),
}
"""Which accounts, and which reasons within VARIANCE, each kind may move."""


def check(
    ledger: state.Ledger,
    draft: Draft,
    *,
    horizon: Horizon,
    today: date,
    closed: Closed = ALL_OPEN,
) -> list[Refusal]:
    """Every reason why `draft` may not be posted next; none when it may.

    `horizon` is the programme's years; `closed` the months that are closed to whoever posts.
    """
    refusals = _header(ledger, draft)
    # Amounts may rest on a line or source that the same journal opens.
    stated = state.overlay(ledger, [e for e in draft.entries if not e.postings])
    opened: set[str] = set()
    reversed_here: set[EntryRef] = set()
    for place, entry in enumerate(draft.entries):
        found = _dates(entry, today, closed)
        if entry.kind in _MONEY_KINDS:
            found += _money(stated, draft, entry, horizon)
        elif entry.kind is EntryKind.OPEN_LINE:
            found += _opening(ledger, entry, opened)
        else:
            found += _statement(stated, entry)
        if entry.reverses is not None and entry.reverses in reversed_here:
            found.append(Refusal("LED-REVERSED", "The journal reverses one entry twice."))
        opened.add(entry.line)
        reversed_here |= {entry.reverses} if entry.reverses else set()
        where = f"Entry {place + 1}: " if len(draft.entries) > 1 else ""
        refusals += [Refusal(r.code, where + r.message, r.field) for r in found]
    if refusals:
        return refusals
    after = state.overlay(ledger, draft.entries)
    return (
        _signs(after, draft.entries)
        + _no_more_than_was(ledger, after, draft.entries)
        + proof.beside_a_delivery(ledger, draft)
    )


def _header(ledger: state.Ledger, draft: Draft) -> list[Refusal]:
    found = []
    if not draft.by.strip():
        found.append(Refusal("LED-NO-PERSON", "Say who makes the change.", "by"))
    if not draft.why.strip():
        found.append(Refusal("LED-NO-WHY", "Say why: the reason is kept with the change.", "why"))
    if not draft.entries:
        found.append(Refusal("LED-EMPTY", "Nothing is changed: give at least one amount."))
    kinds = {entry.kind for entry in draft.entries}
    if any(map(needs_second_person, kinds)) and not draft.checked_by.strip():
        found.append(
            Refusal(
                "LED-SECOND-PERSON",
                "A delivery must be checked by a second person, from finance.",
                "checked_by",
            )
        )
    if draft.checked_by.strip() and draft.checked_by.strip() == draft.by.strip():
        found.append(
            Refusal(
                "LED-SAME-PERSON", "The person who checks must be another person.", "checked_by"
            )
        )
    if any(map(needs_decision, kinds)) and not draft.decision.strip():
        found.append(
            Refusal("LED-NO-DECISION", "Name the decision that changes the target.", "decision")
        )
    moved = [] if draft.decision.strip() else _between_tranches(ledger, draft)
    if moved:
        found.append(
            Refusal(
                "LED-NO-DECISION",
                f"Name the decision that takes {' and '.join(moved)} into the adopted plan, or out "
                "of it.",
                "decision",
            )
        )
    return found


def _between_tranches(ledger: state.Ledger, draft: Draft) -> list[str]:
    """The lines that a draft classes as current or proposed, otherwise than they are on the day."""
    moved = set()
    for entry in draft.entries:
        if entry.kind is EntryKind.RECLASSIFY and entry.attributes is not None:
            stands = in_force(ledger, entry.line, entry.effective_on)
            was = stands.tranche if stands else Tranche.PROPOSED
            if entry.attributes.tranche is not was:
                moved.add(entry.line)
    return sorted(moved)


def _dates(entry: Entry, today: date, closed: Closed) -> list[Refusal]:
    on = entry.effective_on
    if on > today:
        return [
            Refusal(
                "LED-FUTURE",
                f"{on:%d %B %Y} is still to come: a change takes effect on the day it is known, "
                "and names the years that it moves.",
                "effective_on",
            )
        ]
    if on < EARLIEST:
        return [Refusal("LED-TOO-EARLY", f"{on:%d %B %Y} is too long ago.", "effective_on")]
    if closed.is_locked(on):
        return [
            Refusal(
                "LED-LOCKED",
                f"The months up to {closed.locked_to:%d %B %Y} are closed. Date the change after "
                "that, and say which date it relates to.",
                "effective_on",
            )
        ]
    if closed.is_soft_closed(on, entry.lines):
        return [
            Refusal(
                "LED-SOFT-CLOSED",
                f"The months up to {closed.soft_to:%d %B %Y} are closed but to finance. Date the "
                "change after that, or ask finance to make it.",
                "effective_on",
            )
        ]
    return []


def _statement(ledger: state.Ledger, entry: Entry) -> list[Refusal]:
    """reclassify, claim and set_capacity: statements, without postings."""
    if entry.postings or entry.reverses is not None or entry.replaced_by:
        return [Refusal("LED-SHAPE", f"“{entry.kind}” moves no amounts.")]
    if entry.kind is EntryKind.SET_CAPACITY:
        if entry.capacity is None or not entry.capacity.source.strip():
            return [Refusal("LED-SHAPE", "Name the source and what it holds.", "source")]
        if not 0 <= entry.capacity.base_pence <= LARGEST_PENCE:
            return [Refusal("LED-AMOUNT", "A source holds nought or more.", "base")]
        return []
    if entry.line not in ledger.lines:
        return [_unknown(entry.line)]
    if entry.effective_on < ledger.table.opened[entry.line]:
        return [_before_opening(ledger, entry.line)]
    if entry.kind is EntryKind.RECLASSIFY:
        return _attributes(entry) + _one_off_in_bucket(ledger, entry)
    return _claim(ledger, entry)


def _opening(ledger: state.Ledger, entry: Entry, opened: set[str]) -> list[Refusal]:
    if entry.postings or entry.reverses is not None or entry.replaced_by:
        return [Refusal("LED-SHAPE", "Opening a line moves no amounts: set its target next.")]
    if not entry.line.strip():
        return [Refusal("LED-NO-REFERENCE", "Give the line a reference.", "line")]
    if entry.line in ledger.lines or entry.line in opened:
        return [Refusal("LED-LINE-EXISTS", f"There is a line {entry.line} already.", "line")]
    return _attributes(entry)


def _attributes(entry: Entry) -> list[Refusal]:
    attributes = entry.attributes
    if attributes is None:
        return [Refusal("LED-SHAPE", "Say what kind of line it is.")]
    if not (attributes.theme or attributes.workstream or attributes.project):
        return [
            Refusal(
                "LED-NO-PARENT", "A line hangs on a theme, a workstream or a project.", "parent"
            )
        ]
    return []


def _one_off_in_bucket(ledger: state.Ledger, entry: Entry) -> list[Refusal]:
    one_off = entry.attributes is not None and entry.attributes.recurrence is Recurrence.ONE_OFF
    if one_off and any(year.endswith("+") for year, _ in ledger.now.balances(entry.line)):
        return [
            Refusal(
                "LED-ONE-OFF-BUCKET",
                f"Line {entry.line} has an amount in an open bucket of years, where a one-off "
                "cannot stand: move it into a year first.",
                "recurrence",
            )
        ]
    return []


def _claim(ledger: state.Ledger, entry: Entry) -> list[Refusal]:
    if entry.claim is None:
        return [Refusal("LED-SHAPE", "Say which source the line claims, and what share.")]
    claim = entry.claim
    if claim.source not in ledger.now.capacities:
        return [
            Refusal(
                "LED-UNKNOWN-SOURCE",
                f"Nothing says what “{claim.source}” holds: state its base first.",
                "source",
            )
        ]
    known_on = min(
        event.effective_on
        for event in ledger.capacity_events
        if event.capacity.source == claim.source
    )
    if entry.effective_on < known_on:
        return [
            Refusal(
                "LED-BEFORE-SOURCE",
                f"What “{claim.source}” holds is stated from {known_on:%d %B %Y} on: "
                "nothing can be claimed from it before.",
                "effective_on",
            )
        ]
    others = sum(
        held.basis_points
        for (line, source), held in ledger.now.claims.items()
        if line == entry.line and source != claim.source
    )
    if not 0 <= claim.basis_points <= 10_000 - others:
        return [
            Refusal(
                "LED-SHARE",
                f"Line {entry.line} can claim at most {(10_000 - others) / 100:g}% here: "
                "its shares of all sources cannot pass 100%.",
                "share",
            )
        ]
    return []


def _money(ledger: state.Ledger, draft: Draft, entry: Entry, horizon: Horizon) -> list[Refusal]:
    if entry.attributes is not None or entry.claim is not None or entry.capacity is not None:
        return [Refusal("LED-SHAPE", f"“{entry.kind}” moves amounts and states nothing else.")]
    if not entry.postings:
        return [Refusal("LED-EMPTY", "Nothing is changed: give at least one amount.")]
    found = [r for p in entry.postings for r in _posting(ledger, draft, entry, p, horizon)]
    if found:
        return list(dict.fromkeys(found))
    for (line, year), gap in imbalances(entry).items():
        found.append(
            Refusal(
                "LED-UNBALANCED",
                f"Line {line}, {year}: the amounts are {print_money(abs(gap))} "
                f"{'over' if gap > 0 else 'short'}. What leaves one place must arrive in another.",
                "amount",
            )
        )
    found += proof.refusals(ledger.lines, draft.sources, entry)
    if entry.reverses is not None:
        return found + _reversal(ledger, entry)
    return found + _shape(ledger, entry)


def _posting(
    ledger: state.Ledger, draft: Draft, entry: Entry, posting: Posting, horizon: Horizon
) -> Iterable[Refusal]:
    if posting.line not in ledger.lines:
        yield _unknown(posting.line)
        return
    if entry.effective_on < ledger.table.opened[posting.line]:
        yield _before_opening(ledger, posting.line)
    # A year or bucket that the horizon has left behind is still settled, but takes no new target.
    settled = entry.kind is not EntryKind.SET_TARGET
    held = settled and posting.year in ledger.columns.year_codes
    if posting.year != UNPROFILED and posting.year not in horizon and not held:
        yield Refusal(
            "LED-YEAR",
            f"{posting.year} is outside the programme, "
            f"which runs over {', '.join(horizon.labels)}.",
            "year",
        )
    if type(posting.amount_pence) is not int:
        yield Refusal("LED-AMOUNT", "Amounts are whole pence.", "amount")
    elif posting.amount_pence == 0:
        yield Refusal("LED-AMOUNT", "An amount of nought changes nothing: leave it out.", "amount")
    elif abs(posting.amount_pence) > LARGEST_PENCE:
        yield Refusal("LED-AMOUNT", "That amount is too large to be kept exactly.", "amount")
    if posting.source is not None and not 0 <= posting.source < len(draft.sources):
        yield Refusal("LED-SOURCE", f"The journal has no source {posting.source + 1}.")
    accounts, reasons = _MONEY_KINDS[entry.kind]
    if posting.account is Account.VARIANCE:
        if posting.reason not in reasons:
            yield Refusal(
                "LED-REASON",
                f"“{entry.kind}” cannot put an amount under “{posting.reason or 'no reason'}”.",
                "reason",
            )
    elif posting.reason is not None:
        yield Refusal("LED-REASON", "Only a variance has a reason.", "reason")
    elif posting.account not in accounts:
        yield Refusal(
            "LED-ACCOUNT", f"“{entry.kind}” cannot move the amount in {posting.account}.", "account"
        )
    if posting.year.endswith("+") and ledger.lines[posting.line].recurrence is Recurrence.ONE_OFF:
        yield Refusal(
            "LED-ONE-OFF-BUCKET",
            f"Line {posting.line} is one-off: it needs a year, not “{posting.year}”.",
            "year",
        )


def _shape(ledger: state.Ledger, entry: Entry) -> list[Refusal]:
    """What each kind must do besides balancing."""
    slipped: dict[str, int] = defaultdict(int)
    for posting in entry.postings:
        if posting.reason is Reason.SLIPPED:
            slipped[posting.line] += posting.amount_pence
    found = [
        Refusal(
            "LED-SLIP",
            f"Line {line}: what leaves one year must arrive in another; the years are "
            f"{print_money(abs(gap))} apart. Use ‘re-estimate’ for an amount that is lost.",
            "amount",
        )
        for line, gap in slipped.items()
        if gap
    ]
    if found:
        return found
    if entry.kind in (EntryKind.SET_TARGET, EntryKind.RE_TARGET) and not any(
        posting.account is Account.TARGET for posting in entry.postings
    ):
        return [Refusal("LED-NO-TARGET", "The target itself does not change.", "amount")]
    if entry.kind is EntryKind.REPLACE:
        return replacing.refusals(ledger, entry)
    if entry.kind is EntryKind.DELIVER:
        for posting in entry.postings:
            delivered = posting.account is Account.GREEN_DELIVERED
            gains = posting.amount_pence > 0
            others = [
                p.amount_pence > 0
                for p in entry.postings
                if (p.line, p.year) == (posting.line, posting.year)
                and p.account is not Account.GREEN_DELIVERED
            ]
            if delivered and gains in others:
                return [Refusal("LED-DELIVERY", "A delivery moves an amount to ‘delivered’.")]
        if not any(p.account is Account.GREEN_DELIVERED for p in entry.postings):
            return [Refusal("LED-DELIVERY", "A delivery moves an amount to ‘delivered’.")]
    return []


def _reversal(ledger: state.Ledger, entry: Entry) -> list[Refusal]:
    ref = entry.reverses
    assert ref is not None
    columns = ledger.columns
    original = cols.rows(
        columns, cols.mask(columns, journals=(ref.journal, ref.journal), entry=ref.entry)
    )
    if not original:
        return [Refusal("LED-REVERSE", f"Journal {ref.journal} has no such entry with amounts.")]
    if ref in ledger.reversals:
        by = ledger.reversals[ref]
        return [
            Refusal(
                "LED-REVERSED", f"That entry was reversed already, by journal {by.ref.journal}."
            )
        ]
    mirrored = sorted(_key(p.posting, -1) for p in original)
    if original[0].kind is not entry.kind or mirrored != sorted(_key(p, 1) for p in entry.postings):
        return [Refusal("LED-REVERSE", "A reversal mirrors what it reverses, amount by amount.")]
    if entry.effective_on < original[0].effective_on:
        return [
            Refusal(
                "LED-REVERSE-EARLY",
                "A reversal cannot take effect before what it reverses, on "
                f"{original[0].effective_on:%d %B %Y}.",
                "effective_on",
            )
        ]
    return []


def _key(posting: Posting, sign: int) -> tuple[str, str, str, str, int]:
    return (
        posting.line,
        posting.year,
        posting.account,
        posting.reason.value if posting.reason else "",
        sign * posting.amount_pence,
    )


def _signs(after: state.Ledger, entries: tuple[Entry, ...]) -> list[Refusal]:
    """Rating accounts of one line and year never have opposite signs, at any date from then on: so
    nothing is delivered twice, and nothing leaves an account that does not hold it (rule LED-05).
    """
    touched: dict[tuple[str, str], date] = {}
    for entry in entries:
        for posting in entry.postings:
            if posting.account in _R:
                key = (posting.line, posting.year)
                touched[key] = min(touched.get(key, entry.effective_on), entry.effective_on)
    if not touched:
        return []
    history: dict[tuple[str, str], list[tuple[date, Account, int]]] = defaultdict(list)
    for standing in after.now.postings(
        lines={line for line, _ in touched}, accounts=[(account, None) for account in RATINGS]
    ):
        p = standing.posting
        if (p.line, p.year) in touched:
            history[p.line, p.year].append((standing.effective_on, p.account, p.amount_pence))
    found = []
    for (line, year), moves in history.items():
        clash = _first_clash(moves, touched[line, year])
        if clash is not None:
            on, account, short = clash
            found.append(
                Refusal(
                    "LED-MORE-THAN-LEFT",
                    f"Line {line}, {year}: {account.replace('_', ' ').lower()} would be "
                    f"{print_money(abs(short))} more than it holds on {on:%d %B %Y}. "
                    "Move no more than is left.",
                    "amount",
                )
            )
    return found


def _no_more_than_was(
    ledger: state.Ledger, then: state.Ledger, entries: tuple[Entry, ...]
) -> list[Refusal]:
    """Moving or withdrawing takes no more than a line holds: its amounts, sign aside, do not grow,
    and what is withdrawn does not turn a year's amount over. Only a target, an estimate, a reversal
    or taking over from another line brings new money (rule LED-05).
    """
    brings = [e for e in entries if e.reverses is not None or e.kind in _BRINGING]
    moves = [e for e in entries if e.postings and e not in brings]
    if not moves:
        return []
    taken_over = {entry.replaced_by for entry in moves} - {""}
    moved = {p.line for e in moves for p in e.postings} - taken_over
    before = _forecasts(state.overlay(ledger, brings), moved)
    after = _forecasts(then, moved)
    excess: dict[str, int] = defaultdict(int)
    for (line, _), amount in after.items():
        excess[line] += abs(amount)
    for (line, _), amount in before.items():
        excess[line] -= abs(amount)
    withdrawn = {
        (p.line, p.year)
        for e in moves
        if e.kind in (EntryKind.WITHDRAW, EntryKind.REPLACE)
        for p in e.postings
    }
    for key in withdrawn & before.keys():
        if before[key] * after.get(key, 0) < 0:
            excess[key[0]] = max(excess[key[0]], 2 * abs(after[key]))
    return [
        Refusal(
            "LED-MORE-THAN-LEFT",
            f"Line {line}: the change takes {print_money((over + 1) // 2)} more than the line "
            "holds there. Move no more than is left.",
            "amount",
        )
        for line, over in sorted(excess.items())
        if over > 0
    ]


def _forecasts(
    ledger: state.Ledger, lines: set[str], accounts: tuple[Account, ...] = RATINGS
) -> dict[tuple[str, str], int]:
    """Each line's forecast (or what stands in some of its accounts) by (line, year)."""
    found = ledger.now.by_line_and_year(
        lines=lines, accounts=[(account, None) for account in accounts]
    )
    return {
        (line, year): pence for line, by_year in found.items() for year, pence in by_year.items()
    }


def _first_clash(
    moves: list[tuple[date, Account, int]], since: date
) -> tuple[date, Account, int] | None:
    balances = dict.fromkeys(RATINGS, 0)
    moves.sort(key=lambda move: move[0])
    for place, (on, account, amount) in enumerate(moves):
        balances[account] += amount
        last_of_day = place + 1 == len(moves) or moves[place + 1][0] != on
        if on >= since and last_of_day:
            low, high = min(balances.values()), max(balances.values())
            if low < 0 < high:
                # The smaller side is the overdrawn one: the amount that was not there to move.
                wrong = low if -low <= high else high
                return on, next(a for a, b in balances.items() if b == wrong), wrong
    return None


def _before_opening(ledger: state.Ledger, line: str) -> Refusal:
    return Refusal(
        "LED-BEFORE-OPENING",
        f"Line {line} was opened on {ledger.table.opened[line]:%d %B %Y}: "
        "nothing can happen on it before.",
        "effective_on",
    )


def _unknown(line: str) -> Refusal:
    return Refusal("LED-UNKNOWN-LINE", f"There is no line “{line}”.", "line")
