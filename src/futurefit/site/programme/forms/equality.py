"""What do people fill in about equality, and about a consultation?"""

from __future__ import annotations

from django import forms

from futurefit.site.common.forms import DayField
from futurefit.site.programme import models
from futurefit.site.programme.forms.words import StatementForm, WordsForm


class ScreenForm(WordsForm):
    """Whether equality matters here."""

    review_on = DayField(label="Look at it again on", required=False)

    class Meta:
        model = models.EqualityAssessment
        fields = ("relevance", "reason", "review_on")
        labels = {"relevance": "Does equality matter here?", "reason": "Why, or why not"}
        widgets = {"relevance": forms.RadioSelect}


class EffectForm(WordsForm):
    """What is done to people with one characteristic."""

    class Meta:
        model = models.EqualityEffect
        fields = ("effect", "evidence", "size", "certainty", "mitigation")
        labels = {
            "effect": "Effect on them",
            "size": "How large",
            "certainty": "How certain",
            "mitigation": "What is done about harm, or why nothing is",
        }
        widgets = {"effect": forms.RadioSelect}
        help_texts = {"evidence": "What is known, and from where; no count under five people"}


class SignForm(forms.Form):
    """A signature; `seen` is what it is under."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ConsultationForm(StatementForm):
    """A consultation: who is asked what, from when to when, and what they said."""

    starts_on = DayField(label="First day", required=False)
    ends_on = DayField(label="Last day", required=False)
    reported_on = DayField(label="Outcome reported on", required=False)

    groups = (
        ("Asking", ("what", "audience", "reasons", "starts_on", "ends_on")),
        ("What came of it", ("reported_on", "report")),
    )

    class Meta:
        model = models.Consultation
        fields = ("what", "audience", "reasons", "starts_on", "ends_on", "reported_on", "report")
        labels = {"audience": "Who is asked", "report": "What people said"}


class ConsiderForm(forms.Form):
    """What was made of the responses."""

    consideration = forms.CharField(
        label="What was made of the responses",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What changed, or why nothing did; the decision waits for this",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
