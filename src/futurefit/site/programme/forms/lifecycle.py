"""What do people fill in to sign a project off, and to move it on?"""

from __future__ import annotations

from typing import Any

from django import forms

from futurefit.programme.lifecycle import Move
from futurefit.site.programme import models


class SignOffForm(forms.Form):
    """In what capacity a project is agreed. `shown` tells what its figures rested on then."""

    capacity = forms.ChoiceField(label="I sign as", widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False, max_length=300)
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, capacities: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = [(name, name) for name in capacities]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Why a project moves, and what else the move itself has to name."""

    decision = forms.CharField(
        label="Decision",
        required=False,
        max_length=300,
        help_text="Who decided, when, and under which minute: Cabinet, 11 February 2016, minute 12",
    )
    replaced_by = forms.ModelChoiceField(
        label="Replaced by", queryset=models.Project.objects.none(), required=False
    )
    why = forms.CharField(label="Why does it move?", max_length=300, help_text="Kept as history")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, move: Move, project: models.Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = models.Project.objects.select_related("heading").exclude(pk=project.pk)
        self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]
        if "decision" not in move.asks_for:
            del self.fields["decision"]
        if "replacement" not in move.asks_for:
            del self.fields["replaced_by"]
