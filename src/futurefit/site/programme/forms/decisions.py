"""What do people fill in to adopt proposals by a decision?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from futurefit.site.common.forms import DayField


class AdoptForm(forms.Form):
    """What is adopted, by which decision, and what the plan is called from then on."""

    parts = forms.MultipleChoiceField(label="Adopt", widget=forms.CheckboxSelectMultiple)
    decision = forms.CharField(
        label="Decision",
        max_length=300,
        help_text="Who decided, when, and under which minute: Council, 11 February 2016, minute 12",
    )
    baseline = forms.CharField(
        label="Name of the adopted baseline", max_length=100, help_text="Such as Budget 2016/17"
    )
    on = DayField(label="Takes effect on")
    why = forms.CharField(label="Why?", max_length=300, help_text="Kept with the journal")
    expects = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = offered  # type: ignore[attr-defined]

    def clean_expects(self) -> dict[str, int]:
        expects = self.cleaned_data["expects"]
        if not isinstance(expects, dict) or not all(isinstance(n, int) for n in expects.values()):
            raise ValidationError("Load the page again, look at the lines, and adopt them then.")
        return expects
