"""What is filled in to ask a question on a project, and to answer it?"""

from __future__ import annotations

from django import forms

from futurefit.site.common.forms import DayField
from futurefit.site.programme.forms.words import PostsField


class AskForm(forms.Form):
    """A question, who answers it, and by when."""

    question = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    owner_post = PostsField(label="To be answered by")
    due_on = DayField(label="Answer due on")

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
