"""How does a year of the programme go? The script of a made-up year, played by the site's own acts.

`data/year.toml` tells it month by month, an act a row; `play` posts each act by the post that makes
it, at the moment the script says, and closes each month. The tutorial in the manual walks through
the same script, and a test holds it to what the ledger then says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from typing import Any

from futurefit.ledger import acts, proof
from futurefit.ledger.classing import class_anew
from futurefit.ledger.entries import (
    Account,
    Draft,
    Entry,
    EntryKind,
    EvidenceKind,
    Journal,
    LineAttributes,
    Reason,
    SavingClass,
    Tranche,
)
from futurefit.ledger.proof import Proof
from futurefit.ledger.rights import Role
from futurefit.site import demo as demo_room
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.demo import load, papers
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import people, queries
from futurefit.site.ledger.models import NamedPosition
from futurefit.site.ledger.queries import LineWords

YEAR = "2016/17"
OFFICE = "office"
FINANCE = frozenset(("head-of-finance", "chief-financial-officer"))
"""Who posts as the programme office, and who for finance; every other post leads its own lines."""

BEGINS = datetime(2015, 11, 19, 9, tzinfo=UTC)
"""When the papers are entered that the year begins with."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody says: a row of the script. What an act does not need is empty."""

    on: date
    by: str
    act: str
    why: str
    line: str = ""
    pounds: int = 0
    rating: str = ""
    year: str = YEAR
    to: str = ""
    to_year: str = ""
    reason: str = ""
    decision: str = ""
    evidence: str = ""
    reference: str = ""
    saving_class: str = ""
    checked_by: str = ""
    replaced_by: str = ""
    undoes: str = ""
    lines: tuple[str, ...] = ()
    baseline: str = ""
    title: str = ""
    like: str = ""
    owner: str = ""
    id: str = ""
    recorded: date | None = None

    @property
    def amounts(self) -> dict[str, int]:
        """The amount in pence, in its year."""
        return {self.year: self.pounds * 100}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the script: its acts, and when it was closed. `pack` is the meeting for which its
    position was reported, or empty.
    """

    last_day: date
    closed_on: date
    acts: tuple[Act, ...]
    pack: str = ""

    @property
    def name(self) -> str:
        """As its position is named."""
        return f"{self.last_day:%B %Y}"


@cache
def script() -> tuple[Month, ...]:
    """The months of the script, the earliest first."""
    text = resources.files(demo_room).joinpath("data", "year.toml").read_text(encoding="utf-8")
    return tuple(_month(row) for row in tomllib.loads(text)["month"])


def _month(row: dict[str, Any]) -> Month:
    told = row.pop("act")
    return Month(
        acts=tuple(Act(**{**act, "lines": tuple(act.get("lines", ()))}) for act in told), **row
    )


def is_played() -> bool:
    """True when the script's last month has been closed."""
    return NamedPosition.objects.filter(name=script()[-1].name).exists()


@dataclass
class _Stage:
    """What the script has to hold on to while it is played."""

    titles: Mapping[str, str]
    made: dict[str, Journal] = field(default_factory=dict)

    def play(self, act: Act) -> None:
        """Post one act, as its post, at its moment."""
        lines = queries.current_ledger().lines
        at = datetime.combine(act.recorded or act.on, time(10), UTC)
        draft = Draft(
            by=self.title(act.by),
            why=act.why,
            decision=act.decision,
            entries=tuple(self.entries(act, lines)),
        )
        by = self.holder(act.by, lines.get(act.line))
        if act.checked_by:
            journal = self.second(act, draft, by, at)
        else:
            words = {act.line: LineWords(act.title)} if act.title else None
            journal = ledger.post(draft, by=by, expects=None, words=words, clock=lambda: at)
        if act.id:
            self.made[act.id] = journal
        if act.baseline:
            ledger.name_baseline(
                act.baseline,
                by=self.holder(act.by, None),
                as_at=act.on,
                why=act.decision,
                clock=lambda: at,
            )

    def second(self, act: Act, draft: Draft, by: Holder, at: datetime) -> Journal:
        """Propose a delivery (or its reversal) with its evidence, and accept it for finance, who
        say how the saving helps where its line does not.
        """
        held = queries.current_ledger()
        if act.evidence:
            proven = Proof(EvidenceKind(act.evidence), act.reference)
            draft = proof.completed(draft, held, proven)
        expects = {ref: held.last_journal(ref) for ref in people.touched(draft.entries)}
        proposal = ledger.propose(draft, by=by, expects=expects, clock=lambda: at)
        checker = self.holder(act.checked_by, None)
        brings = Proof(saving_class=SavingClass(act.saving_class or SavingClass.NOT_STATED))
        return ledger.accept_proposal(proposal.pk, by=checker, brings=brings, clock=lambda: at)

    def entries(self, act: Act, lines: Mapping[str, LineAttributes]) -> list[Entry]:
        """What an act says, as entries of the ledger."""
        line, amounts, on = act.line, act.amounts, act.on
        rating = Account(act.rating) if act.rating else Account.UNRATED
        to = Account(act.to) if act.to else rating
        if act.act == "adopt":
            ledger = queries.current_ledger()
            return [
                entry
                for ref in act.lines
                for entry in class_anew(ledger, ref, on=on, tranche=Tranche.CURRENT)
            ]
        if act.act == "open":
            return [acts.open_line(line, replace(lines[act.like], owner=act.owner), on=on)]
        if act.act == "reverse":
            return [self.reversal(act)]
        if act.act == "slip":
            return [
                acts.re_profile(
                    line,
                    amounts[act.year],
                    rating=rating,
                    from_year=act.year,
                    to_year=act.to_year,
                    on=on,
                    to_rating=to,
                )
            ]
        if act.act == "replace":
            other = act.replaced_by
            return [acts.replace(line, other, amounts, from_rating=rating, to_rating=to, on=on)]
        if act.act == "re-target":
            return [acts.re_target(line, amounts, clears=Reason(act.reason), on=on)]
        if act.act == "estimate":
            reason = Reason(act.reason)
            return [acts.re_estimate(line, amounts, rating=rating, on=on, reason=reason)]
        if act.act == "withdraw":
            return [acts.withdraw(line, amounts, from_rating=rating, on=on)]
        if act.act == "deliver":
            return [acts.deliver(line, amounts, from_rating=rating, on=on)]
        if act.act == "rate":
            return [acts.re_rate(line, amounts, from_rating=rating, to_rating=to, on=on)]
        raise ValueError(f"the script has no act “{act.act}”")

    def reversal(self, act: Act) -> Entry:
        """The mirror of the delivery that an act undoes."""
        journal = self.made[act.undoes]
        place = next(n for n, e in enumerate(journal.entries) if e.kind is EntryKind.DELIVER)
        number = journal.number
        original = queries.current_ledger().now.postings(journals=(number, number), entry=place)
        return acts.reverse(original, on=act.on)

    def title(self, post: str) -> str:
        """What a post is called."""
        return "Programme office" if post == OFFICE else self.titles[post]

    def holder(self, post: str, line: LineAttributes | None) -> Holder:
        """Who a post is on the site: the office, finance, or the lead of the line's own part."""
        if post == OFFICE:
            held = Holding(Role.PROGRAMME_OFFICE)
        elif post in FINANCE:
            held = Holding(Role.FINANCE_PARTNER)
        else:
            assert line is not None
            part = "project" if line.project else "theme"
            held = Holding(Role.PROJECT_LEAD, part, getattr(line, part))
        return Holder(post=self.title(post), holdings=frozenset((held,)))


def load_and_play(progress: load.Progress = lambda words: None) -> None:
    """Load the reference programme as of its day, and play the year. `progress` hears each step."""
    load.load(progress, clock=lambda: BEGINS)
    play(progress)


def play(progress: load.Progress = lambda words: None) -> None:
    """Play the year on top of the reference programme, month by month.

    Each act is a transaction of its own, as it is when people do it.
    """
    stage = _Stage({post.code: post.title for post in papers.read().posts})
    for month in script():
        progress(month.name)
        for act in month.acts:
            stage.play(act)
        close(month)


def close(month: Month) -> None:
    """Close a month, as the programme office, when the script says."""
    at = datetime.combine(month.closed_on, time(17), UTC)
    office = Holder(post="Programme office", holdings=frozenset((Holding(Role.PROGRAMME_OFFICE),)))
    ledger.close_month(month.last_day, by=office, why=month.pack, clock=lambda: at)
