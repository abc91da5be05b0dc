"""What does every form say in which a person says what changed?

Nobody posts a journal: people say which line, which years, how much and why. Each form turns that
into entries of the ledger. Amounts are in pounds ("40k" and "all" are understood), and a form keeps
what was typed, whatever is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.closing import ALL_OPEN
from futurefit.ledger.columns import account_code
from futurefit.ledger.entries import (
    RATINGS,
    Account,
    Draft,
    Entry,
    EntryKind,
    Reason,
    Recurrence,
)
from futurefit.ledger.refusal import Refusal
from futurefit.site.common.forms import DayField, MoneyField
from futurefit.site.ledger import queries
from futurefit.site.ledger.choosing import offer, offered, words_of
from futurefit.site.ledger.naming import NO_YEAR_LABELS, in_words
from futurefit.site.ledger.queries import LineWords
from futurefit.site.ledger.reading import Reader

ALL = "all"


class AmountField(MoneyField):
    """An amount in pounds, or "all" of what is there; cleaned to pence, ALL or None."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip().casefold() == ALL:
            return ALL
        return super().to_python(value)


def rating_field(label: str, *, delivered: bool = True, **kwargs: Any) -> forms.ChoiceField:
    """A choice of the ratings, with or without what is delivered."""
    ratings = [r for r in RATINGS if delivered or r is not Account.GREEN_DELIVERED]
    return forms.ChoiceField(
        label=label, choices=words_of(ratings), widget=forms.RadioSelect, **kwargs
    )


class ChangeForm(forms.Form):
    """What every change says besides what it changes: from when, and why."""

    kind: ClassVar[EntryKind]
    places: ClassVar[Mapping[str, str]] = {}
    """Where a refusal belongs that names a field of the ledger, if this form calls it otherwise."""

    effective_on = DayField(
        label="From when", help_text="The day on which it was so, not later than today"
    )
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why: the reason is kept with the change."},
    )
    decision = forms.CharField(
        label="Decision",
        required=False,
        max_length=300,
        help_text="The decision that allows it, such as “Cabinet, 19 November 2015, item 4”",
    )
    relates_to = DayField(
        label="The day it is really about",
        required=False,
        help_text="Only for a fact that comes late, about a month that is closed",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, reader: Reader, initial: Any = None) -> None:
        super().__init__(data, initial={"effective_on": timezone.localdate()} | (initial or {}))
        self.reader = reader
        self.ledger = reader.ledger
        if queries.closed_to(reader.holder, timezone.localdate()) == ALL_OPEN:
            del self.fields["relates_to"]
        self.order_fields([name for name in self.fields if name not in LAST] + list(LAST))

    def entries(self) -> list[Entry]:
        """The change as entries of the ledger, once the form is clean."""
        raise NotImplementedError

    def draft(self) -> Draft:
        """The change as a journal to be posted."""
        entries = tuple(self.entries())
        return Draft("", self.cleaned_data["why"], entries, decision=self.cleaned_data["decision"])

    def words(self) -> dict[str, LineWords]:
        """What each line is called that the change opens."""
        return {}

    @property
    def on(self) -> date:
        """The day from which it holds."""
        return self.cleaned_data["effective_on"]

    def late(self, entry: Entry) -> Entry:
        """The entry, saying what it is really about where that lies in a closed month."""
        return replace(entry, relates_to=self.cleaned_data.get("relates_to"))

    def add_refusals(self, refusals: Iterable[Refusal]) -> None:
        """Show each refusal beside the field that it is about."""
        for refusal in refusals:
            place = self.place_of(refusal)
            self.add_error(place if place in self.fields else None, refusal.message)

    def place_of(self, refusal: Refusal) -> str:
        """The field of this form that a refusal belongs beside."""
        return self.places.get(refusal.field, refusal.field)


LAST = ("effective_on", "relates_to", "why", "decision", "seen")


class LineForm(ChangeForm):
    """A change on one line."""

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        self.ref = ref
        self.attributes = reader.ledger.lines[ref]
        super().__init__(data, reader=reader, initial=initial)

    @cached_property
    def balances(self) -> dict[tuple[str, int], int]:
        """What stands on the line by year and account, looked up once."""
        return self.ledger.now.balances(self.ref)

    @cached_property
    def years(self) -> list[str]:
        """The years in which this line may have amounts, looked up once."""
        horizon = queries.horizon()
        labels = dict.fromkeys(horizon.labels if horizon else ())
        held = {year for year, _ in self.balances}
        labels |= dict.fromkeys(sorted(held - {UNPROFILED}))
        if self.attributes.recurrence is Recurrence.ONE_OFF:
            labels = {year: None for year in labels if not year.endswith("+")}
        return [*labels, UNPROFILED]

    def held(self, year: str, account: Account, reason: Reason | None = None) -> int:
        """What stands in an account of the line in a year."""
        return self.balances.get((year, account_code(account, reason)), 0)

    def offer_what_is_held(self, name: str) -> None:
        """Show only the ratings that hold something, and how much; any may be sent back, for the
        line may have moved meanwhile.
        """
        sums = {rating: sum(self.held(year, rating) for year in self.years) for rating in RATINGS}
        busy = {rating for rating in RATINGS if any(self.held(year, rating) for year in self.years)}
        choices = offered(self, name)
        shown = [
            (code, f"{word}, {print_money(sums[Account(code)])} over all years")
            for code, word in choices
            if code in busy
        ]
        offer(self, name, choices, shown=shown or choices)

    def year_choices(self) -> list[tuple[str, str]]:
        """The years for a list to choose from."""
        return [(year, NO_YEAR_LABELS.get(year, year)) for year in self.years]


class YearlyForm(LineForm):
    """A change with an amount for each year."""

    amounts_title = "How much, in pounds"
    amounts_hint = "Leave a year empty where nothing changes. “40k” is £40,000."
    can_be_all = True

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        self._names: dict[str, str] = {}
        for place, year in enumerate(self.years):
            name = f"amount_{place}"
            self._names[name] = year
            self.fields[name] = (AmountField if self.can_be_all else MoneyField)(
                label=NO_YEAR_LABELS.get(year, year), unit=Unit.POUNDS, required=False
            )
        last = [name for name in LAST if name in self.fields]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def amount_rows(self) -> list[tuple[forms.BoundField, str]]:
        """Each year's field, with what stands there now."""
        return [(self[name], self._standing(year)) for name, year in self._names.items()]

    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are not amounts, in two parts: before the amounts and after them."""
        return [field for field in self.visible_fields() if field.name not in self._names]

    def _standing(self, year: str) -> str:
        found = [
            f"{in_words(account).lower()} {print_money(amount)}"
            for account in RATINGS
            if (amount := self.held(year, account))
        ]
        found += [
            f"{in_words(reason).lower()} {print_money(-amount)}"
            for reason in Reason
            if (amount := self.held(year, Account.VARIANCE, reason))
        ]
        return ", ".join(found)

    def source_of_all(self) -> tuple[Account, Reason | None]:
        """The account whose whole balance "all" stands for."""
        return Account(self.cleaned_data["from_rating"]), None

    def amounts(self) -> dict[str, int]:
        """Pence by year, without what was left empty."""
        found = {}
        for name, year in self._names.items():
            amount = self.cleaned_data.get(name)
            if amount == ALL:
                amount = self.held(year, *self.source_of_all())
            if amount is not None:
                found[year] = amount
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = any(self.cleaned_data.get(name) is not None for name in self._names)
        wrong = any(name in self.errors for name in self._names)
        if not typed and not wrong:
            self.add_error(next(iter(self._names)), "Enter an amount for at least one year.")
        return cleaned

    def place_of(self, refusal: Refusal) -> str:
        if refusal.field in ("amount", "year"):
            for name, year in self._names.items():
                if f" {year}" in f" {refusal.message}" and self.cleaned_data.get(name) is not None:
                    return name
            filled = (n for n in self._names if self.cleaned_data.get(n) is not None)
            return next(filled, next(iter(self._names)))
        return super().place_of(refusal)
