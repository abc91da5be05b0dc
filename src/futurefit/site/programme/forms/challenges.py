"""What is filled in to ask a question on a project, and to answer it?"""

from __future__ import annotations

from typing import Any

from django import forms

from futurefit.site.common.forms import DayField
from futurefit.site.programme.forms.words import PostsField


class AskForm(forms.Form):
    """A question, who answers it, and by when."""

    question = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    owner_post = PostsField(label="To be answered by")
    due_on = DayField(label="Answer due on")
    for_councillor = forms.CharField(
        label="Asked for",
        required=False,
        max_length=150,
        help_text="The post of the councillor who wants to know; a question of your own is no "
        "challenge by a councillor, and no approval rests on it",
    )

    def __init__(self, *args: Any, is_councillor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_councillor:
            del self.fields["for_councillor"]

    def clean_owner_post(self) -> str:
        post = str(self.cleaned_data["owner_post"])
        if not post:
            raise forms.ValidationError("Name the post that answers.")
        return post


class AnswerForm(forms.Form):
    """An answer; `seen` is what it answers."""

    answer = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}))
    why = forms.CharField(label="Why is the answer changed?", required=False, max_length=300)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
