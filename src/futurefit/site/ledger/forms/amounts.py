"""What does a person fill in when the amounts of a line move?"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Unit
from futurefit.ledger import acts
from futurefit.ledger.columns import StandingPosting
from futurefit.ledger.entries import (
    RATINGS,
    Account,
    Draft,
    Entry,
    EntryKind,
    EvidenceKind,
    Reason,
)
from futurefit.ledger.proof import Proof, completed
from futurefit.ledger.replacing import objection
from futurefit.site.ledger.choosing import offer, words_of
from futurefit.site.ledger.forms.proof import evidence_field, reference_of_evidence
from futurefit.site.ledger.forms.saying import (
    ALL,
    AmountField,
    ChangeForm,
    LineForm,
    YearlyForm,
    rating_field,
)
from futurefit.site.ledger.naming import NO_YEAR_LABELS, in_words
from futurefit.site.ledger.reading import Reader

NOTHING_FOUND = "UNIDENTIFIED"
NEITHER = "NEITHER"


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
            # Delivered takes a second person, so it is a change of its own.
            *words_of(r for r in RATINGS if r is not Account.GREEN_DELIVERED),
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

    from_rating = rating_field("From")
    to_rating = rating_field("To", delivered=False)

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

    rating = rating_field("Which amount?", delivered=False)
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

    rating = rating_field("Which amount changes?", delivered=False)
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

    from_rating = rating_field("It stands as", delivered=False)
    evidence = evidence_field()
    evidence_reference = reference_of_evidence()

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        self.offer_what_is_held("from_rating")

    def entries(self) -> list[Entry]:
        rating = Account(self.cleaned_data["from_rating"])
        return [self.late(acts.deliver(self.ref, self.amounts(), from_rating=rating, on=self.on))]

    def draft(self) -> Draft:
        chosen = self.cleaned_data
        proof = Proof(EvidenceKind(chosen["evidence"]), chosen["evidence_reference"])
        return completed(super().draft(), self.ledger, proof)


class WithdrawForm(YearlyForm):
    """Amounts that will not be pursued; the target stands until a decision changes it."""

    kind = EntryKind.WITHDRAW
    amounts_title = "How much is withdrawn, in pounds?"
    amounts_hint = "“all” is all that stands there. The target stands until a decision changes it."
    places: ClassVar = {"account": "from_rating"}

    from_rating = rating_field("It stands as")

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
    from_rating = rating_field("It stands as")
    to_rating = rating_field(
        "On the other line it stands as", delivered=False, initial=Account.UNRATED.value
    )

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        super().__init__(data, reader=reader, ref=ref, initial=initial)
        lines = [
            (other, f"{other} {reader.title(other)}")
            for other, classed in reader.ledger.lines.items()
            if other not in {ref, *reader.hidden} and not objection(self.attributes, classed)
        ]
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
            for year in self.years
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


class ReverseForm(ChangeForm):
    """An entry is undone by its mirror image."""

    def __init__(
        self, data: Any = None, *, reader: Reader, original: list[StandingPosting]
    ) -> None:
        super().__init__(data, reader=reader)
        self.original = original

    def entries(self) -> list[Entry]:
        return [self.late(acts.reverse(self.original, on=self.on))]


class AnswerForm(forms.Form):
    """Why a change that waits is turned down."""

    answer = forms.CharField(
        label="Why is it turned down?",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why: the person who proposed it will read it."},
    )
