"""What is filled in at a desk?"""

from __future__ import annotations

from django import forms


class CommentForm(forms.Form):
    """Something to say."""

    text = forms.CharField(
        label="Say something to your colleagues",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Whoever is signed in and may read this page can read it. Posts, not names",
        error_messages={"required": "Write something first."},
    )


class SaveViewForm(forms.Form):
    """A name for a page with its filters."""

    name = forms.CharField(
        label="What shall it be called?",
        max_length=100,
        error_messages={"required": "Give the view a name."},
    )
    shared = forms.BooleanField(label="Share it with everybody who is signed in", required=False)
    address = forms.CharField(widget=forms.HiddenInput, max_length=2000)
