"""Who has confirmed which lines of a month, and what is missing before it closes? (rule CLO-02)

Reads only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from futurefit.ledger import closing, year_end
from futurefit.ledger.closing import MonthState
from futurefit.ledger.entries import Tranche
from futurefit.ledger.rights import Role
from futurefit.ledger.state import Ledger
from futurefit.programme import rounds
from futurefit.programme.rounds import Share
from futurefit.site.accounts import queries as accounts
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import MonthStep, NamedPosition
from futurefit.site.programme import models
from futurefit.site.programme.queries import words

LATEST = 6
"""How many months are listed before the last locked one, and how many open ones."""


def months(today: date) -> list[date]:
    """The months worth showing on a day: the last that are locked and those that are open, the
    latest first.
    """
    this = closing.month_of(today)
    locked_to = ledger_queries.locked_to()
    first = this if locked_to is None else locked_to
    listed = closing.months_between(_months_before(first, LATEST - 1), max(this, first))
    if len(listed) > 2 * LATEST:
        listed = [*listed[:LATEST], *listed[-LATEST:]]
    acted = {month for month in _acted_on() if month not in listed}
    return sorted({*listed, *acted}, reverse=True)


def _months_before(month: date, n: int) -> date:
    for _ in range(n):
        month = closing.first_day(month)
        month = closing.month_of(date.fromordinal(month.toordinal() - 1))
    return month


def _acted_on() -> set[date]:
    """The months that somebody soft closed, unlocked or confirmed."""
    confirmed = models.Confirmation.objects.values_list("month", flat=True).distinct()
    return {*MonthStep.objects.values_list("month", flat=True), *confirmed}


def confirmations(month: date) -> list[models.Confirmation]:
    """Who confirmed what for a month, in order."""
    return list(models.Confirmation.objects.filter(month=month))


def to_confirm(ledger: Ledger, month: date) -> list[str]:
    """The lines that a month's round is about: those with something undelivered as it ends."""
    return list(rounds.held_by_line(ledger.at(month)))


def own_lines(holder: Holder, ledger: Ledger, lines: Iterable[str]) -> list[str]:
    """Those of some lines that somebody answers for: a lead for their own, keepers for all."""
    return [line for line in lines if not holder.roles_on(ledger.lines[line]).isdisjoint(UPDATERS)]


UPDATERS = frozenset({Role.PROJECT_LEAD, Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE})


def shares(ledger: Ledger, month: date) -> tuple[list[Share], frozenset[str]]:
    """What each lead answers for in a month, and the lines that no lead answers for."""
    lines = to_confirm(ledger, month)
    done = confirmed_lines(month)
    found = []
    led: set[str] = set()
    for user, holder in accounts.holders(Role.PROJECT_LEAD):
        own = frozenset(
            line for line in lines if Role.PROJECT_LEAD in holder.roles_on(ledger.lines[line])
        )
        led |= own
        if own:
            found.append(Share(user.pk, user.post, own, own & done))
    return found, frozenset(lines) - led


def confirmed_lines(month: date) -> frozenset[str]:
    """Every line that somebody confirmed for a month."""
    listed = models.Confirmation.objects.filter(month=month).values_list("lines", flat=True)
    return frozenset().union(*listed)


def last_confirmed(month: date) -> dict[int, datetime]:
    """When each person last confirmed lines for a month, by their number."""
    found: dict[int, datetime] = {}
    for who, at in models.Confirmation.objects.filter(month=month).values_list("by_user", "at"):
        if who is not None:
            found[who] = max(at, found.get(who, at))
    return found


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not yet done before a month closes. Only an unsettled year end, and another month
    that is unlocked, keep it from being locked. `lapsed` are the years that ended and that
    proposals still name.
    """

    lines: int
    unconfirmed: frozenset[str]
    waiting: int
    unsettled: tuple[year_end.Undelivered, ...]
    lapsed: tuple[str, ...]
    unlocked: tuple[date, ...]


def missing(ledger: Ledger, month: date) -> Missing:
    """What is still to be done before a month closes."""
    lines = to_confirm(ledger, month)
    stands = ledger_queries.closing()
    since = stands.locked_to
    if stands.state(month) in (MonthState.LOCKED, MonthState.UNLOCKED):
        since = closing.first_day(month)
    return Missing(
        lines=len(lines),
        unconfirmed=frozenset(lines) - confirmed_lines(month),
        waiting=len(ledger_queries.waiting_proposals()),
        unsettled=tuple(year_end.outstanding(ledger.at(month), month, since)),
        lapsed=_lapsed(ledger, month),
        unlocked=tuple(act.month for act in stands.unlocked if act.month != month),
    )


def _lapsed(ledger: Ledger, month: date) -> tuple[str, ...]:
    years = year_end.ended_years(ledger.now, month)
    left = year_end.undelivered(ledger.now, years, Tranche.PROPOSED)
    return tuple(dict.fromkeys(each.year for each in left))


def month_positions(month: date | None = None) -> list[NamedPosition]:
    """The positions of closed months (or of one), those that were superseded too."""
    named = ledger_queries.named_positions(NamedPosition.Kind.MONTH)
    return [each for each in named if month is None or each.as_at == month]


def statements_to_update(
    holder: Holder,
) -> tuple[list[models.Milestone], list[models.Risk]]:
    """The milestones that are not done and the open risks whose words somebody may change."""
    milestones = words.milestones().exclude(status=models.MilestoneStatus.DONE)
    risks = words.risks().filter(closed_on=None)
    parts: dict[int, bool] = {}

    def may(each: models.About) -> bool:
        if each.about_id not in parts:
            parts[each.about_id] = words.may_edit(holder, each.about)
        return parts[each.about_id]

    return [m for m in milestones if may(m)], [r for r in risks if may(r)]
