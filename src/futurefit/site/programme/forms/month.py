"""What does somebody say who closes a month, or unlocks it?"""

from __future__ import annotations

from typing import Any

from django import forms

from futurefit.site.common.forms import DayField


class CloseForm(forms.Form):
    """Soft closing or locking a month."""

    why = forms.CharField(label="Note", required=False, max_length=500)


class WhyForm(forms.Form):
    """Taking a step back: it needs a reason."""

    why = forms.CharField(
        label="Why",
        max_length=500,
        error_messages={"required": "Say why: the reason is kept with the month."},
    )


class UnlockForm(WhyForm):
    """For whom a locked month is unlocked, until when, and why."""

    person = forms.ChoiceField(
        label="For whom", help_text="Somebody other than you: unlocking takes two people."
    )
    until = DayField(label="Up to and including")

    field_order = ("person", "until", "why")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(number): post for number, post in people}
        self.fields["person"].choices = [("", "Choose a person"), *self.posts.items()]  # type: ignore[attr-defined]


class AnyMonthForm(forms.Form):
    """A month, by any of its days."""

    day = DayField(label="Another month, by any of its days")
