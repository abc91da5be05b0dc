"""What does a person fill in to say what changed?

Nobody posts a journal: people say which line, which years, how much and why. Each form turns that
into entries of the ledger. Amounts are in pounds ("40k" and "all" are understood), and a form keeps
what was typed, whatever is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger import acts
from futurefit.ledger.checks import Refusal
from futurefit.ledger.columns import StandingPosting, account_code
from futurefit.ledger.entries import (
    RATINGS,
    Account,
    Draft,
    Entry,
    EntryKind,
    Fund,
    LineAttributes,
    LineKind,
    Reason,
    Recurrence,
    Restriction,
    SavingClass,
    SavingType,
    SourceKind,
    Tranche,
)
from futurefit.site.common.forms import DayField, MoneyField
from futurefit.site.ledger import models, queries
from futurefit.site.ledger.choosing import offer, offered, words_of
from futurefit.site.ledger.naming import NO_YEAR_LABELS, in_words
from futurefit.site.ledger.queries import LineWords
from futurefit.site.ledger.reading import Reader

ALL = "all"
NOTHING_FOUND = "UNIDENTIFIED"
NEITHER = "NEITHER"


class AmountField(MoneyField):
    """An amount in pounds, or "all" of what is there; cleaned to pence, ALL or None."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip().casefold() == ALL:
            return ALL
        return super().to_python(value)


def _rating(label: str, *, delivered: bool = True, **kwargs: Any) -> forms.ChoiceField:
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
        if queries.locked_to() is None:
            del self.fields["relates_to"]
        self.order_fields([name for name in self.fields if name not in _LAST] + list(_LAST))

    def entries(self) -> list[Entry]:
        """The change as entries of the ledger, once the form is clean."""
        raise NotImplementedError

    def draft(self) -> Draft:
        """The change as a journal to be posted."""
        entries = tuple(self.entries())
        return Draft("", self.cleaned_data["why"], entries, decision=self.cleaned_data["decision"])

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


_LAST = ("effective_on", "relates_to", "why", "decision", "seen")


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

    def years(self) -> list[str]:
        """The years in which this line may have amounts."""
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
        sums = {rating: sum(self.held(year, rating) for year in self.years()) for rating in RATINGS}
        busy = {
            rating for rating in RATINGS if any(self.held(year, rating) for year in self.years())
        }
        choices = offered(self, name)
        shown = [
            (code, f"{word}, {print_money(sums[Account(code)])} over all years")
            for code, word in choices
            if code in busy
        ]
        offer(self, name, choices, shown=shown or choices)

    def year_choices(self) -> list[tuple[str, str]]:
        """The years for a list to choose from."""
        return [(year, NO_YEAR_LABELS.get(year, year)) for year in self.years()]


class YearlyForm(LineForm):
    """A change with an amount for each year."""

    amounts_title = "How much, in pounds"
    amounts_hint = "Leave a year empty where nothing changes. “40k” is £40,000."
    can_be_all = True

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        self._names: dict[str, str] = {}
        for place, year in enumerate(self.years()):
            name = f"amount_{place}"
            self._names[name] = year
            self.fields[name] = (AmountField if self.can_be_all else MoneyField)(
                label=NO_YEAR_LABELS.get(year, year), unit=Unit.POUNDS, required=False
            )
        last = [name for name in _LAST if name in self.fields]
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


class SetTargetForm(YearlyForm):
    """A line's target by year, and how sure it is from the start."""

    kind = EntryKind.SET_TARGET
    amounts_title = "Target, in pounds"
    amounts_hint = (
        "What each year adds to the saving that goes on from the year before. “40k” is £40,000; a "
        "cost or lost income is negative. It is added to any target that stands already."
    )
    can_be_all = False
    places: ClassVar = {"account": "rating", "reason": "rating"}

    rating = forms.ChoiceField(
        label="How does it stand?",
        initial=Account.UNRATED.value,
        widget=forms.RadioSelect,
        choices=[
            *words_of(RATINGS),
            (NOTHING_FOUND, "Nothing found yet: the target counts against the forecast"),
        ],
    )

    def entries(self) -> list[Entry]:
        rating = self.cleaned_data["rating"]
        if rating == NOTHING_FOUND:
            made = acts.set_unidentified_target(self.ref, self.amounts(), on=self.on)
        else:
            made = acts.set_target(self.ref, self.amounts(), rating=Account(rating), on=self.on)
        return [self.late(made)]


class ReRateForm(YearlyForm):
    """Amounts become surer, or less sure."""

    kind = EntryKind.RE_RATE
    places: ClassVar = {"account": "to_rating"}

    from_rating = _rating("From")
    to_rating = _rating("To", delivered=False)

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        self.offer_what_is_held("from_rating")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("from_rating") and cleaned["from_rating"] == cleaned.get("to_rating"):
            self.add_error("to_rating", "Choose another rating than the one it leaves.")
        return cleaned

    def entries(self) -> list[Entry]:
        chosen = self.cleaned_data
        made = acts.re_rate(
            self.ref,
            self.amounts(),
            from_rating=Account(chosen["from_rating"]),
            to_rating=Account(chosen["to_rating"]),
            on=self.on,
        )
        return [self.late(made)]


class ReProfileForm(LineForm):
    """An amount slips to another year, or is brought forward."""

    kind = EntryKind.RE_PROFILE
    places: ClassVar = {"year": "to_year", "account": "rating"}

    rating = _rating("Which amount?")
    from_year = forms.ChoiceField(label="From the year")
    to_year = forms.ChoiceField(label="To the year")
    amount = AmountField(
        label="How much, in pounds", unit=Unit.POUNDS, help_text="“40k” is £40,000; “all” moves all"
    )

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        for name in ("from_year", "to_year"):
            offer(self, name, [("", "Choose a year"), *self.year_choices()])
        self.offer_what_is_held("rating")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("from_year") and cleaned["from_year"] == cleaned.get("to_year"):
            self.add_error("to_year", "Choose another year than the one it leaves.")
        return cleaned

    def entries(self) -> list[Entry]:
        chosen = self.cleaned_data
        rating, amount = Account(chosen["rating"]), chosen["amount"]
        if amount == ALL:
            amount = self.held(chosen["from_year"], rating)
        made = acts.re_profile(
            self.ref,
            amount,
            rating=rating,
            from_year=chosen["from_year"],
            to_year=chosen["to_year"],
            on=self.on,
        )
        return [self.late(made)]


class ReEstimateForm(YearlyForm):
    """A better estimate: the forecast changes, the target stands."""

    kind = EntryKind.RE_ESTIMATE
    amounts_title = "By how much does the forecast change, in pounds?"
    amounts_hint = "Less is negative: “-40k” takes £40,000 off the forecast. The target stands."
    can_be_all = False
    places: ClassVar = {"account": "rating"}

    rating = _rating("Which amount changes?")
    reason = forms.ChoiceField(
        label="What is the reason?",
        widget=forms.RadioSelect,
        initial=Reason.RE_ESTIMATED.value,
        choices=words_of(
            (
                Reason.RE_ESTIMATED,
                Reason.UNDELIVERABLE,
                Reason.OVER_ACHIEVED,
                Reason.UNIDENTIFIED,
            )
        ),
    )

    def entries(self) -> list[Entry]:
        chosen = self.cleaned_data
        made = acts.re_estimate(
            self.ref,
            self.amounts(),
            rating=Account(chosen["rating"]),
            reason=Reason(chosen["reason"]),
            on=self.on,
        )
        return [self.late(made)]


class DeliverForm(YearlyForm):
    """Amounts that are secured. A second person, from finance, accepts it."""

    kind = EntryKind.DELIVER
    amounts_title = "How much is delivered, in pounds?"
    amounts_hint = "“40k” is £40,000; “all” is all that stands there under the rating."
    places: ClassVar = {"account": "from_rating"}

    from_rating = _rating("It stands as", delivered=False)

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        self.fields["why"].label = "What is the evidence?"
        self.fields["why"].help_text = "The budget that was reduced, the contract, the post deleted"
        self.offer_what_is_held("from_rating")

    def entries(self) -> list[Entry]:
        rating = Account(self.cleaned_data["from_rating"])
        return [self.late(acts.deliver(self.ref, self.amounts(), from_rating=rating, on=self.on))]


class WithdrawForm(YearlyForm):
    """Amounts that will not be pursued; the target stands until a decision changes it."""

    kind = EntryKind.WITHDRAW
    amounts_title = "How much is withdrawn, in pounds?"
    amounts_hint = "“all” is all that stands there. The target stands until a decision changes it."
    places: ClassVar = {"account": "from_rating"}

    from_rating = _rating("It stands as")

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        self.offer_what_is_held("from_rating")

    def entries(self) -> list[Entry]:
        rating = Account(self.cleaned_data["from_rating"])
        return [self.late(acts.withdraw(self.ref, self.amounts(), from_rating=rating, on=self.on))]


class ReplaceForm(YearlyForm):
    """Another line takes over amounts."""

    kind = EntryKind.REPLACE
    amounts_title = "How much is taken over, in pounds?"
    amounts_hint = "“all” is all that stands there. Both targets stand; the forecasts change."
    places: ClassVar = {"account": "from_rating", "line": "replaced_by"}

    replaced_by = forms.ChoiceField(label="Which line takes over?")
    from_rating = _rating("It stands as")
    to_rating = _rating("On the other line it stands as", initial=Account.UNRATED.value)

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        others = [other for other in reader.ledger.lines if other != ref]
        lines = [(o, f"{o} {reader.title(o)}") for o in others if o not in reader.hidden]
        offer(self, "replaced_by", [("", "Choose a line"), *lines])
        self.offer_what_is_held("from_rating")

    def entries(self) -> list[Entry]:
        chosen = self.cleaned_data
        made = acts.replace(
            self.ref,
            chosen["replaced_by"],
            self.amounts(),
            from_rating=Account(chosen["from_rating"]),
            to_rating=Account(chosen["to_rating"]),
            on=self.on,
        )
        return [self.late(made)]


class ReTargetForm(YearlyForm):
    """A decision changes the target."""

    kind = EntryKind.RE_TARGET
    amounts_title = "By how much does the target change, in pounds?"
    amounts_hint = "A lower target is negative: “-40k” takes £40,000 off it."
    can_be_all = False
    places: ClassVar = {"reason": "clears", "account": "clears"}

    clears = forms.ChoiceField(label="What does the decision accept?", widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        self.fields["decision"].required = True
        self.fields["decision"].error_messages["required"] = (
            "Name the decision that changes the target."
        )
        neither = (NEITHER, "Nothing: the forecast changes by the same amounts, not rated yet")
        # Shown is what there is to accept; any may be sent back, as the line may have moved.
        there = [(reason.value, said) for reason in Reason if (said := self._accepts(reason))]
        offer(self, "clears", [*words_of(Reason), neither], shown=[*there, neither])

    def _accepts(self, reason: Reason) -> str:
        years = [
            f"{NO_YEAR_LABELS.get(year, year)} {print_money(-amount)}"
            for year in self.years()
            if (amount := self.held(year, Account.VARIANCE, reason))
        ]
        return f"{in_words(reason)}: {', '.join(years)}" if years else ""

    def entries(self) -> list[Entry]:
        clears = self.cleaned_data["clears"]
        if clears != NEITHER:
            made = acts.re_target(self.ref, self.amounts(), clears=Reason(clears), on=self.on)
        else:
            made = acts.raise_target(self.ref, self.amounts(), on=self.on)
        return [self.late(made)]


class ClaimForm(LineForm):
    """The line says which source its saving is taken out of."""

    kind = EntryKind.CLAIM

    source = forms.ChoiceField(label="Which source?")
    share = forms.DecimalField(
        label="What share of the line’s amount, in per cent?",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text="100 is all of it; 0 ends the claim",
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}
        ),
    )

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        words = queries.capacity_words()
        sources = [
            (
                code,
                f"{words[code].title if code in words else code}, "
                f"holds {print_money(held.base_pence)} a year",
            )
            for code, held in sorted(reader.ledger.now.capacities.items())
        ]
        offer(self, "source", [("", "Choose a source"), *sources])

    def entries(self) -> list[Entry]:
        points = int(self.cleaned_data["share"] * Decimal(100))
        return [self.late(acts.claim(self.ref, self.cleaned_data["source"], points, on=self.on))]


class ReverseForm(ChangeForm):
    """An entry is undone by its mirror image."""

    def __init__(
        self, data: Any = None, *, reader: Reader, original: list[StandingPosting]
    ) -> None:
        super().__init__(data, reader=reader)
        self.original = original

    def entries(self) -> list[Entry]:
        return [self.late(acts.reverse(self.original, on=self.on))]


# --- What a line is -----------------------------------------------------------------------------

_PARENTS = ("theme", "workstream", "project")


class AttributesForm(ChangeForm):
    """Everything that a line is classed by."""

    parent = forms.ChoiceField(label="Part of which theme, workstream or project?")
    line_kind = forms.ChoiceField(label="Kind", choices=words_of(LineKind))
    tranche = forms.ChoiceField(
        label="Current or proposed",
        choices=[
            (Tranche.PROPOSED.value, "Proposed: asked for, not decided"),
            (Tranche.CURRENT.value, "Current: in the adopted plan"),
        ],
    )
    fund = forms.ChoiceField(label="Fund", choices=words_of(Fund))
    recurrence = forms.ChoiceField(
        label="Does it last?",
        choices=[
            (Recurrence.ONGOING.value, "Ongoing: it lasts"),
            (Recurrence.ONE_OFF.value, "One-off: for one year, taken back in the next"),
        ],
    )
    saving_class = forms.ChoiceField(label="Class", choices=words_of(SavingClass))
    saving_type = forms.ChoiceField(label="Type of saving", choices=words_of(SavingType))
    directorate = forms.ChoiceField(label="Directorate", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    mtfp_heading = forms.ChoiceField(label="Financial plan heading", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    restriction = forms.ChoiceField(label="Who may read its words?", choices=words_of(Restriction))

    def __init__(self, data: Any = None, *, reader: Reader, initial: Any = None) -> None:
        super().__init__(data, reader=reader, initial=initial)
        names = reader.names
        offer(
            self,
            "parent",
            [
                ("", "Choose where it belongs"),
                *(
                    (
                        f"{each.label}s",
                        [
                            (f"{each.value}:{code}", name)
                            for code, name in names.choices(each.value)
                        ],
                    )
                    for each in models.Heading.Dimension
                    if each.value in _PARENTS and names.choices(each.value)
                ),
            ],
        )
        for name in ("directorate", "service", "mtfp_heading", "owner"):
            offer(self, name, [("", "Not stated"), *names.choices(name)])

    def attributes(self) -> LineAttributes:
        """What was chosen, with everything above the parent."""
        chosen = self.cleaned_data
        return LineAttributes(
            **_ancestry(chosen["parent"]),
            directorate=chosen["directorate"],
            service=chosen["service"],
            mtfp_heading=chosen["mtfp_heading"],
            owner=chosen["owner"],
            kind=LineKind(chosen["line_kind"]),
            saving_class=SavingClass(chosen["saving_class"]),
            saving_type=SavingType(chosen["saving_type"]),
            tranche=Tranche(chosen["tranche"]),
            fund=Fund(chosen["fund"]),
            recurrence=Recurrence(chosen["recurrence"]),
            restriction=Restriction(chosen["restriction"]),
        )


def _ancestry(parent: str) -> dict[str, str]:
    """The theme, workstream and project of whatever a line hangs on."""
    dimension, _, code = parent.partition(":")
    found = dict.fromkeys(_PARENTS, "")
    heading = models.Heading.objects.filter(dimension=dimension, code=code).first()
    while heading is not None:
        if heading.dimension in found:
            found[heading.dimension] = heading.code
        heading = heading.parent
    return found


def attributes_initial(attributes: LineAttributes) -> dict[str, str]:
    """What a line is classed by now, as the form is filled in with it."""
    own = next((name for name in reversed(_PARENTS) if getattr(attributes, name)), "")
    return {
        "parent": f"{own}:{getattr(attributes, own)}" if own else "",
        "line_kind": attributes.kind.value,
        "tranche": attributes.tranche.value,
        "fund": attributes.fund.value,
        "recurrence": attributes.recurrence.value,
        "saving_class": attributes.saving_class.value,
        "saving_type": attributes.saving_type.value,
        "directorate": attributes.directorate,
        "service": attributes.service,
        "mtfp_heading": attributes.mtfp_heading,
        "owner": attributes.owner,
        "restriction": attributes.restriction.value,
    }


class OpenLineForm(AttributesForm):
    """A new line, not yet with any amount."""

    kind = EntryKind.OPEN_LINE
    places: ClassVar = {"line": "ref"}

    ref = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
        label="Reference",
        help_text="Short, and never changed later, such as SEN-3",
        error_messages={
            "required": "Give the line a reference.",
            "invalid": "Use letters, digits, full stops and hyphens only, such as SEN-3.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Give the line a title."}
    )
    narrative = forms.CharField(
        label="What is it?", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    field_order = ("ref", "title", "narrative")

    def entries(self) -> list[Entry]:
        return [self.late(acts.open_line(self.cleaned_data["ref"], self.attributes(), on=self.on))]

    def words(self) -> dict[str, LineWords]:
        """What the new line is called."""
        chosen = self.cleaned_data
        return {chosen["ref"]: LineWords(chosen["title"], chosen["narrative"])}


class ReclassifyForm(AttributesForm):
    """A line is classed otherwise from a day on."""

    kind = EntryKind.RECLASSIFY

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        self.ref = ref
        was = attributes_initial(reader.ledger.lines[ref])
        super().__init__(data, reader=reader, initial=was | (initial or {}))

    def entries(self) -> list[Entry]:
        return [self.late(acts.reclassify(self.ref, self.attributes(), on=self.on))]


class WordsForm(forms.Form):
    """What a line is called and told."""

    title = forms.CharField(label="Title", max_length=200)
    narrative = forms.CharField(
        label="What is it?", required=False, max_length=4000, widget=forms.Textarea({"rows": 5})
    )
    printed_note = forms.CharField(
        label="Printed note",
        required=False,
        max_length=300,
        help_text="What a paper printed in place of an amount, such as “marginal”",
    )
    why = forms.CharField(label="Why the words change", required=False, max_length=300)
    was = forms.JSONField(widget=forms.HiddenInput)

    def clean_was(self) -> dict[str, str]:
        """The words as the form showed them."""
        was = self.cleaned_data["was"]
        names = {"title", "narrative", "printed_note"}
        if not isinstance(was, dict) or set(was) != names or {*map(type, was.values())} != {str}:
            raise forms.ValidationError("Open the form again.")
        return was


# --- Sources and double counting ----------------------------------------------------------------


class CapacityForm(ChangeForm):
    """What a source of savings holds a year."""

    kind = EntryKind.SET_CAPACITY
    places: ClassVar = {"source": "code"}

    code = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$",
        label="Code",
        help_text="Short; the code of a source that is there already states its base anew",
        error_messages={"invalid": "Use letters, digits, full stops and hyphens only."},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    title = forms.CharField(label="What is it called?", max_length=200)
    source_kind = forms.ChoiceField(label="Kind", choices=words_of(SourceKind))
    base = MoneyField(
        label="What does it hold a year, in pounds?", unit=Unit.POUNDS, help_text="“1.2m” works"
    )
    field_order = ("code", "title", "source_kind", "base")

    def entries(self) -> list[Entry]:
        chosen = self.cleaned_data
        return [
            self.late(
                acts.set_capacity(
                    chosen["code"], SourceKind(chosen["source_kind"]), chosen["base"], on=self.on
                )
            )
        ]


class RulingForm(forms.Form):
    """What a person found about two lines, or about a source that several claim."""

    line_a = forms.ChoiceField(label="Line", required=False)
    line_b = forms.ChoiceField(label="and line", required=False)
    source = forms.ChoiceField(label="or source", required=False)
    verdict = forms.ChoiceField(
        label="They are", widget=forms.RadioSelect, choices=models.Ruling.Verdict.choices
    )
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why: others will rely on it."},
    )

    def __init__(self, data: Any = None, *, reader: Reader) -> None:
        super().__init__(data)
        lines = [
            (ref, f"{ref} {reader.title(ref)}")
            for ref in reader.ledger.lines
            if ref not in reader.hidden
        ]
        words = queries.capacity_words()
        sources = [
            (code, words[code].title if code in words else code)
            for code in sorted(reader.ledger.now.capacities)
        ]
        for name, choices in (("line_a", lines), ("line_b", lines), ("source", sources)):
            offer(self, name, [("", "None"), *choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pair = bool(cleaned.get("line_a")) + bool(cleaned.get("line_b"))
        if cleaned.get("source"):
            if pair:
                self.add_error("source", "Rule on two lines or on a source, not on both at once.")
        elif pair < 2 or cleaned["line_a"] == cleaned["line_b"]:
            self.add_error("line_a", "Choose two different lines, or one source.")
        return cleaned

    def about(self) -> tuple[str, str] | str:
        """What the ruling is on."""
        chosen = self.cleaned_data
        return chosen["source"] or (chosen["line_a"], chosen["line_b"])


class AnswerForm(forms.Form):
    """Why a change that waits is turned down."""

    answer = forms.CharField(
        label="Why is it turned down?",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why: the person who proposed it will read it."},
    )
