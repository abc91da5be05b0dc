"""What does a person fill in about sources, claims and double counting?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from futurefit.kernel.money import print_money
from futurefit.kernel.report import Unit
from futurefit.ledger import acts
from futurefit.ledger.entries import (
    Entry,
    EntryKind,
    SourceKind,
)
from futurefit.site.common.forms import MoneyField
from futurefit.site.ledger import models, queries
from futurefit.site.ledger.choosing import offer, words_of
from futurefit.site.ledger.forms.saying import ChangeForm, LineForm
from futurefit.site.ledger.reading import Reader


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
        offer(self, "source", [("", "Choose a source"), *_sources(reader)])

    def entries(self) -> list[Entry]:
        points = int(self.cleaned_data["share"] * Decimal(100))
        return [self.late(acts.claim(self.ref, self.cleaned_data["source"], points, on=self.on))]


class SharesForm(ChangeForm):
    """Two lines take shares of one source, as somebody ruled."""

    kind = EntryKind.CLAIM

    source = forms.ChoiceField(label="Out of which source?")
    share_a = forms.DecimalField(min_value=0, max_value=100, max_digits=5, decimal_places=2)
    share_b = forms.DecimalField(min_value=0, max_value=100, max_digits=5, decimal_places=2)
    field_order = ("source", "share_a", "share_b")

    def __init__(
        self, data: Any = None, *, reader: Reader, pair: tuple[str, str], initial: Any = None
    ) -> None:
        self.pair = pair
        super().__init__(data, reader=reader, initial=initial)
        offer(self, "source", [("", "Choose a source"), *_sources(reader)])
        for name, ref in zip(("share_a", "share_b"), pair, strict=True):
            self.fields[name].label = f"What share of line {ref}’s amount, in per cent?"

    def entries(self) -> list[Entry]:
        chosen = self.cleaned_data
        return [
            self.late(
                acts.claim(ref, chosen["source"], int(chosen[name] * Decimal(100)), on=self.on)
            )
            for name, ref in zip(("share_a", "share_b"), self.pair, strict=True)
        ]


def _sources(reader: Reader) -> list[tuple[str, str]]:
    """Every source to choose from, with what it holds."""
    words = queries.capacity_words()
    return [
        (
            code,
            f"{words[code].title if code in words else code}, "
            f"holds {print_money(held.base_pence)} a year",
        )
        for code, held in sorted(reader.ledger.now.capacities.items())
    ]


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
    keeps = forms.ChoiceField(
        label="Where they are the same: which line keeps the saving?",
        required=False,
        help_text="The other is then withdrawn, or replaced by this one",
    )
    shares = forms.RegexField(
        r"^\s*\d{1,4}\s*:\s*\d{1,4}\s*$",
        label="Where they share it: in which shares?",
        required=False,
        help_text="The first line’s, then the second’s, such as 60:40",
        error_messages={"invalid": "Enter two shares, such as 60:40."},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why: others will rely on it."},
    )

    def __init__(self, data: Any = None, *, reader: Reader, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
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
        for name, choices in (
            ("line_a", lines),
            ("line_b", lines),
            ("source", sources),
            ("keeps", lines),
        ):
            offer(self, name, [("", "Not said" if name == "keeps" else "None"), *choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pair = bool(cleaned.get("line_a")) + bool(cleaned.get("line_b"))
        if cleaned.get("source"):
            if pair:
                self.add_error("source", "Rule on two lines or on a source, not on both at once.")
        elif pair < 2 or cleaned["line_a"] == cleaned["line_b"]:
            self.add_error("line_a", "Choose two different lines, or one source.")
        elif (
            cleaned.get("verdict") == models.Ruling.Verdict.SHARED
            and not cleaned.get("shares")
            and "shares" not in self.errors
        ):
            self.add_error("shares", "Say in which shares, such as 60:40.")
        keeps = cleaned.get("keeps")
        if keeps and keeps not in (cleaned.get("line_a"), cleaned.get("line_b")):
            self.add_error("keeps", "Choose one of the two lines.")
        return cleaned

    def shares_of_pair(self) -> tuple[int, int] | None:
        """What the first and the second line take, where they share."""
        chosen = self.cleaned_data
        if chosen["verdict"] != models.Ruling.Verdict.SHARED or not chosen["shares"]:
            return None
        first, second = map(int, chosen["shares"].split(":"))
        return first, second

    def keeps_of_pair(self) -> str:
        """The line that keeps the saving, where the two are the same."""
        chosen = self.cleaned_data
        return chosen["keeps"] if chosen["verdict"] == models.Ruling.Verdict.SAME else ""

    def about(self) -> tuple[str, str] | str:
        """What the ruling is on."""
        chosen = self.cleaned_data
        return chosen["source"] or (chosen["line_a"], chosen["line_b"])
