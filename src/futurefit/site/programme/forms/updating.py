"""What does somebody say of many lines, milestones and risks at once? (rule UPD-01)

A round may hold 300 lines with 2,400 fields, so it is read here from what was typed, field by
field, and drawn by `presenters.updating`. A field that was not sent, or says what stands, changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from futurefit.kernel.money import NotMoney, print_money, read_money
from futurefit.kernel.report import Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import Account
from futurefit.ledger.year_end import UNDELIVERED
from futurefit.programme.rounds import Held, Row
from futurefit.site.common.forms import DayField
from futurefit.site.programme import models

NOTE_LENGTH = 300


@dataclass(frozen=True)
class Sheet:
    """What a round is about, as it stands: lines, milestones, risks, and the years as columns."""

    held: Mapping[str, Held]
    years: Sequence[str]
    milestones: Sequence[models.Milestone] = ()
    risks: Sequence[models.Risk] = ()

    def shown(self, ref: str, year: str) -> str:
        """A forecast as the field shows it, in pounds; "" for none."""
        amount = self.held[ref].forecast(year)
        return print_money(amount, Unit.POUNDS).replace("£", "") if amount else ""

    def rating(self, ref: str) -> Account | None:
        """The one rating of a line's undelivered amounts; None where there are several."""
        ratings = self.held[ref].undelivered_ratings()
        return ratings[0] if len(ratings) == 1 else None


def columns(held: Iterable[Held], horizon: Sequence[str]) -> tuple[str, ...]:
    """The years of a round: the programme's, and any other under which something stands."""
    others = {year for each in held for (year, _), amount in each.ratings.items() if amount}
    others -= {*horizon, UNPROFILED}
    last = any((UNPROFILED, r) in each.ratings for each in held for r in UNDELIVERED)
    return (*sorted(others), *horizon, *((UNPROFILED,) if last else ()))


@dataclass
class Typed:
    """What was typed: rows that change their line, words that change, notes, and what is wrong."""

    rows: dict[str, Row] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    words: list[models.Milestone | models.Risk] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """True when anything would change."""
        return bool(self.rows or self.words)


def read(sheet: Sheet, data: Mapping[str, str]) -> Typed:
    """What was typed into a sheet. Words come changed, and not saved."""
    typed = Typed()
    for ref in sheet.held:
        _read_line(sheet, ref, data, typed)
    for milestone in sheet.milestones:
        _read_milestone(milestone, data, typed)
    for risk in sheet.risks:
        _read_risk(risk, data, typed)
    return typed


def _read_line(sheet: Sheet, ref: str, data: Mapping[str, str], typed: Typed) -> None:
    rating = None
    chosen = data.get(f"rating:{ref}", "")
    if chosen:
        if chosen not in UNDELIVERED:
            typed.errors[f"rating:{ref}"] = "Choose a rating."
        elif chosen != sheet.rating(ref):
            rating = Account(chosen)
    forecast = {}
    for year in sheet.years:
        name = f"{year}:{ref}"
        shown = sheet.shown(ref, year)
        text = data.get(name, shown).strip()
        if text == shown:
            continue
        if not text:
            typed.errors[name] = f"Write 0 if nothing is left; it was {shown}."
            continue
        try:
            amount = read_money(text, Unit.POUNDS)
        except NotMoney as wrong:
            typed.errors[name] = str(wrong)
            continue
        if amount.pence is None or amount.qualifier:
            typed.errors[name] = f"“{text}” is not an exact amount."
        elif amount.pence != sheet.held[ref].forecast(year):
            forecast[year] = amount.pence
    if rating is not None or forecast:
        typed.rows[ref] = Row(ref, rating, forecast)
    note = " ".join(data.get(f"note:{ref}", "").split())
    if len(note) > NOTE_LENGTH:
        typed.errors[f"note:{ref}"] = f"A note has at most {NOTE_LENGTH} characters."
    elif note:
        typed.notes[ref] = note


_DAY = DayField(required=False)


def shown_day(day: date | None) -> str:
    """A day as its field shows it."""
    return f"{day:%d/%m/%Y}" if day else ""


def _read_milestone(milestone: models.Milestone, data: Mapping[str, str], typed: Typed) -> None:
    changed = []
    for attribute, words in (("due_on", "forecast"), ("done_on", "done")):
        name = f"{attribute}:m{milestone.pk}"
        stands = getattr(milestone, attribute)
        text = data.get(name, shown_day(stands)).strip()
        if text == shown_day(stands):
            continue
        try:
            day = _DAY.clean(text)
        except ValidationError as wrong:
            typed.errors[name] = str(wrong.messages[0])
            continue
        setattr(milestone, attribute, day)
        changed.append(f"{words} {shown_day(stands) or 'without a day'} → {text or 'no day'}")
    if not changed:
        return
    if milestone.done_on is not None:
        milestone.status = models.MilestoneStatus.DONE
    typed.words.append(milestone)
    typed.said.append(f"Milestone “{milestone.what}”: {', '.join(changed)}")


def _read_risk(risk: models.Risk, data: Mapping[str, str], typed: Typed) -> None:
    changed = []
    for attribute, words in (("likelihood_after", "likelihood"), ("impact_after", "impact")):
        name = f"{attribute}:r{risk.pk}"
        stands = getattr(risk, attribute)
        text = data.get(name, str(stands or ""))
        if text == str(stands or ""):
            continue
        if text not in ("", "1", "2", "3", "4", "5"):
            typed.errors[name] = "Choose 1 to 5."
            continue
        setattr(risk, attribute, int(text) if text else None)
        changed.append(f"{words} {stands or 'not stated'} → {text or 'not stated'}")
    if changed:
        typed.words.append(risk)
        typed.said.append(f"Risk “{risk.what}”: {', '.join(changed)}")
