"""What is filled in to record a grant of the fund, or what was spent of it?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from futurefit.kernel.report import Unit
from futurefit.site.common.forms import DayField, MoneyField
from futurefit.site.programme import models
from futurefit.site.programme.forms.words import YearField


class FundEntryForm(forms.ModelForm):
    """A grant, or money spent, for one investment line in one year."""

    line_ref = forms.ChoiceField(label="For which investment line")
    year = YearField(label="Year", help_text="A financial year, such as 2016/17")
    amount_pence = MoneyField(label="Amount", unit=Unit.POUNDS, help_text="In pounds")
    on = DayField(label="Granted or spent on")
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = models.FundEntry
        fields = ("sort", "line_ref", "year", "amount_pence", "on", "decision", "note")
        labels = {"sort": "What happened", "decision": "Decision, or reference of the payment"}
        widgets = {"sort": forms.RadioSelect}

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line_ref"].choices = lines  # type: ignore[attr-defined]
        self.fields["note"].widget.attrs["rows"] = 2

    def clean_amount_pence(self) -> int:
        amount = self.cleaned_data["amount_pence"]
        if not amount or amount < 0:
            raise forms.ValidationError("Enter an amount above nought.")
        return int(amount)
