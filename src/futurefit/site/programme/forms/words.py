"""What do people fill in to write a concept paper, and to keep its words true?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from futurefit.kernel.report import Unit
from futurefit.kernel.years import NotAYear, parse_year
from futurefit.ledger.entries import LineKind
from futurefit.site.common.forms import DayField, MoneyField
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models, queries

_ONE_A_LINE = "One a line"
_SCORES = [("", "Not stated"), *((n, str(n)) for n in range(1, 6))]


class PostsField(forms.CharField):
    """Posts, by the titles that the council knows them under; kept as codes where they have one."""

    def __init__(self, *, several: bool = False, **kwargs: Any) -> None:
        self.several = several
        if several:
            kwargs.setdefault("widget", forms.Textarea)
            kwargs.setdefault("help_text", "Posts, not people’s names; one a line")
        else:
            kwargs.setdefault("help_text", "A post, not a person’s name")
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        titles = {code: name.name for code, name in ledger_queries.headings()["owner"].items()}
        return "\n".join(titles.get(line, line) for line in models.statements(value or ""))

    def to_python(self, value: Any) -> str:
        codes = {name.name: code for code, name in ledger_queries.headings()["owner"].items()}
        posts = models.statements(super().to_python(value) or "")
        if not self.several and len(posts) > 1:
            raise ValidationError("Name one post.")
        return "\n".join(codes.get(post, post) for post in posts)


class YearField(forms.CharField):
    """A financial year, cleaned to the ledger's own label."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return parse_year(text).label
        except NotAYear as wrong:
            raise ValidationError(str(wrong)) from None


class WordsForm(forms.ModelForm):
    """Words with a reason, refused where somebody else wrote meanwhile (`seen`)."""

    why = forms.CharField(
        label="Why is this changed?", required=False, max_length=300, help_text="Kept as history"
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3

    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their legends; those of no group stand last."""
        named = [name for _, names in self.groups for name in names]
        rest = [f for f in self.visible_fields() if f.name not in named]
        groups = [
            (title, [self[n] for n in names if n in self.fields]) for title, names in self.groups
        ]
        return [(title, fields) for title, fields in (*groups, ("", rest)) if fields]


class PartForm(WordsForm):
    """The words about a theme, workstream or project itself, and its name."""

    name = forms.CharField(label="Name", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["name"].initial = self.instance.heading.name


class ThemeForm(PartForm):
    """A theme."""

    lead_posts = PostsField(label="Led by", several=True)
    core_team = PostsField(label="Core team", several=True)
    groups = (("", ("name",)),)

    class Meta:
        model = models.Theme
        fields = (
            "also_called",
            "vision",
            "vision_points",
            "lead_posts",
            "core_team",
            "pace",
            "progress",
            "supporting_programmes",
            "equality_note",
            "status_caveat",
        )
        labels = {"vision_points": "Parts of the vision", "equality_note": "Equality"}


class WorkstreamForm(PartForm):
    """A workstream."""

    lead_posts = PostsField(label="Led by", several=True)
    groups = (("", ("name",)),)

    class Meta:
        model = models.Workstream
        fields = ("lead_posts", "method", "timing", "resource_estimate", "progress")


class ProjectForm(PartForm):
    """Every field of a concept paper that is not money of the programme, which the ledger keeps."""

    cmr_lead = PostsField(label="Cabinet Member lead")
    slt_lead = PostsField(label="Strategic leadership team lead")
    head_of_service_lead = PostsField(label="Head of service lead")
    cmr_challenge = PostsField(label="Cabinet Member challenge", several=True)
    base_budget_pence = MoneyField(
        label="Base budget",
        required=False,
        unit=Unit.THOUSANDS,
        help_text="In £000, or with its own unit, such as £5.9m",
    )
    base_budget_year = YearField(
        label="Base budget is of", required=False, help_text="A financial year, such as 2015/16"
    )

    groups: tuple[tuple[str, tuple[str, ...]], ...] = (
        (
            "What it is",
            ("name", "saving_type", "plan_area", "status_caveat"),
        ),
        (
            "Who leads and challenges it",
            ("cmr_lead", "slt_lead", "head_of_service_lead", "cmr_challenge"),
        ),
        ("What it is for", ("description", "purpose", "outcomes")),
        (
            "Budget, posts and investment",
            (
                "base_budget_pence",
                "base_budget_year",
                "base_budget_printed",
                "base_budget_excludes",
                "fte_now",
                "investment_note",
                "rag_comment",
                "current_grid_years",
                "proposed_grid_years",
            ),
        ),
    )

    class Meta:
        model = models.Project
        fields = (
            "saving_type",
            "plan_area",
            "status_caveat",
            "cmr_lead",
            "slt_lead",
            "head_of_service_lead",
            "cmr_challenge",
            "description",
            "purpose",
            "outcomes",
            "base_budget_pence",
            "base_budget_year",
            "base_budget_printed",
            "base_budget_excludes",
            "fte_now",
            "investment_note",
            "rag_comment",
            "current_grid_years",
            "proposed_grid_years",
        )
        widgets = {"saving_type": forms.RadioSelect}
        labels = {
            "saving_type": "Type of saving",
            "base_budget_printed": "Base budget as the paper prints it",
            "base_budget_excludes": "Left out of the base budget",
            "fte_now": "Full-time equivalent posts now",
            "rag_comment": "Comment on the rating",
            "current_grid_years": "Years of the grid of current savings",
            "proposed_grid_years": "Years of the grid of proposed savings",
        }
        help_texts = {
            "saving_type": "Tick one",
            "current_grid_years": "As the paper has them, such as 2015/16 2016/17; empty for all",
            "proposed_grid_years": "As the paper has them, such as 2016/17 2017/18; empty for all",
        }


class NewProjectForm(ProjectForm):
    """A new project: its paper, a code of its own, and what it is a part of."""

    code = forms.CharField(
        label="Short code",
        required=False,
        max_length=80,
        help_text="Letters, digits and hyphens; made from the name when empty",
    )
    parent = forms.ModelChoiceField(
        label="Part of",
        queryset=Heading.objects.none(),
        required=False,
        empty_label="No theme: it stands beside them",
    )

    groups = (
        ("What it is", ("name", "code", "parent", "saving_type", "plan_area", "status_caveat")),
        *ProjectForm.groups[1:],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Heading.objects.filter(  # type: ignore[attr-defined]
            dimension__in=(Heading.Dimension.THEME, Heading.Dimension.WORKSTREAM)
        ).order_by("dimension", "order", "code")
        del self.fields["why"], self.fields["seen"]

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        code = slugify(typed)
        if typed and code != typed.lower():
            raise ValidationError("Write letters, digits and hyphens only.")
        return code

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and not cleaned.get("code") and cleaned.get("name"):
            cleaned["code"] = slugify(cleaned["name"])[:80]
            if not cleaned["code"]:
                self.add_error("code", "Give the project a short code in plain letters.")
        return cleaned


class StatementForm(WordsForm):
    """A statement about a theme, workstream or project; a new one says about which part. `hidden`
    are the lines that whoever fills it in may not read.
    """

    def __init__(
        self,
        *args: Any,
        parts: list[Heading] | None = None,
        hidden: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hidden = hidden
        self.fields["why"].label = (
            "Why is this changed?" if self.instance.pk else "Why is this added?"
        )
        if parts and len(parts) > 1:
            self.fields["about"] = forms.ChoiceField(
                label="About", choices=[(part.pk, part.name) for part in parts]
            )
            self.groups = (("", ("about",)),)


class MilestoneForm(StatementForm):
    """A milestone."""

    due_on = DayField(label="Due on", required=False)
    baseline_on = DayField(
        label="First agreed for",
        required=False,
        help_text="The day that was forecast first is kept by itself when the forecast changes",
    )
    done_on = DayField(label="Done on", required=False)

    class Meta:
        model = models.Milestone
        fields = (
            "what",
            "due_on",
            "baseline_on",
            "date_printed",
            "status",
            "done_on",
            "lines",
            "note",
        )
        labels = {
            "what": "What is to be done",
            "date_printed": "Date as the paper prints it",
            "lines": "Savings that hang on it",
        }
        help_texts = {"lines": "References of lines, with blanks between, such as HR-2 HR-3"}
        widgets = {"what": forms.Textarea, "lines": forms.TextInput, "status": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hang = self.instance.lines.split()
        # Lines that may not be read are neither shown nor lost.
        self.kept = [ref for ref in hang if ref in self.hidden]
        self.initial["lines"] = " ".join(ref for ref in hang if ref not in self.hidden)

    def clean_lines(self) -> str:
        refs = self.cleaned_data["lines"].split()
        known = ledger_queries.current_ledger().lines.keys() - set(self.hidden)
        strange = [ref for ref in refs if ref not in known]
        if strange:
            raise ValidationError(f"There is no line {' or '.join(strange)} in the ledger.")
        return " ".join(dict.fromkeys([*refs, *self.kept]))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        done = models.MilestoneStatus.DONE
        if cleaned and cleaned.get("done_on") and cleaned.get("status") != done:
            self.add_error("done_on", "Only a milestone that is done has a day on which it was.")
        return cleaned


class RiskForm(StatementForm):
    """A risk."""

    likelihood = forms.TypedChoiceField(
        choices=_SCORES, coerce=int, empty_value=None, required=False, help_text="1 low to 5 high"
    )
    impact = forms.TypedChoiceField(
        choices=_SCORES, coerce=int, empty_value=None, required=False, help_text="1 low to 5 high"
    )
    likelihood_after = forms.TypedChoiceField(
        label="Likelihood with what is done",
        choices=_SCORES,
        coerce=int,
        empty_value=None,
        required=False,
    )
    impact_after = forms.TypedChoiceField(
        label="Impact with what is done",
        choices=_SCORES,
        coerce=int,
        empty_value=None,
        required=False,
    )
    impact_pence = MoneyField(
        label="What it would cost, in pounds", required=False, unit=Unit.POUNDS
    )
    owner_post = PostsField(label="Owner")
    review_on = DayField(label="Next review", required=False)
    closed_on = DayField(label="Closed on", required=False)

    class Meta:
        model = models.Risk
        fields = (
            "what",
            "mitigation",
            "area",
            "likelihood",
            "impact",
            "likelihood_after",
            "impact_after",
            "impact_pence",
            "likelihood_percent",
            "owner_post",
            "review_on",
            "closed_on",
        )
        labels = {
            "what": "What may go wrong",
            "mitigation": "What is done about it",
            "likelihood_percent": "How likely that is, in per cent",
        }
        help_texts = {"likelihood_percent": "0 to 100; times the cost it is the exposure"}


class SuccessMeasureForm(StatementForm):
    """A measure of success."""

    baseline_on = DayField(label="Baseline of", required=False)
    target_on = DayField(label="Target by", required=False)

    class Meta:
        model = models.SuccessMeasure
        fields = (
            "what",
            "baseline",
            "target",
            "unit",
            "baseline_value",
            "baseline_on",
            "target_value",
            "target_on",
        )
        labels = {
            "what": "How shall we know",
            "baseline": "Now, in words",
            "target": "Aim, in words",
            "baseline_value": "Baseline, as a figure",
            "target_value": "Target, as a figure",
        }
        help_texts = {"unit": "What is counted, such as days a year"}


class ReadingForm(forms.ModelForm):
    """What a measure stands at."""

    on = DayField(label="On")

    class Meta:
        model = models.Reading
        fields = ("on", "value", "source")
        labels = {"value": "Reading"}
        help_texts = {"source": "Who says so: a return, a system, a survey"}


class DependencyForm(StatementForm):
    """A dependency."""

    class Meta:
        model = models.Dependency
        fields = ("what", "on")
        labels = {"what": "What this depends on", "on": "Part of the programme that it depends on"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].queryset = Heading.objects.filter(  # type: ignore[attr-defined]
            dimension__in=queries.PARTS
        ).order_by("dimension", "order", "code")


class SupportRequestForm(StatementForm):
    """Support asked for."""

    class Meta:
        model = models.SupportRequest
        fields = ("what", "line_ref", "when", "funding")
        labels = {
            "what": "What is asked for",
            "line_ref": "Investment line",
            "funding": "How it is paid for",
        }
        help_texts = {"line_ref": "The reference of its line in the ledger, where it is money"}

    def clean_line_ref(self) -> str:
        ref = self.cleaned_data["line_ref"]
        line = ledger_queries.current_ledger().lines.get(ref)
        if ref and line is None:
            raise ValidationError(f"There is no line “{ref}” in the ledger.")
        if line is not None and line.kind is not LineKind.INVESTMENT:
            raise ValidationError(f"Line {ref} is not an investment.")
        return str(ref)


class FactForm(StatementForm):
    """A figure that a paper states, and that is not money of the programme."""

    class Meta:
        model = models.Fact
        fields = ("what", "printed", "note")
        labels = {"printed": "As the paper prints it"}


class DocumentLinkForm(StatementForm):
    """A document that belongs here."""

    class Meta:
        model = models.DocumentLink
        fields = ("document", "title", "source_page")
        labels = {"title": "What it is called here", "source_page": "Page"}


class FteImpactForm(StatementForm):
    """How many posts a project takes away or adds in a year."""

    year = YearField(label="Year", help_text="A financial year, such as 2016/17")

    class Meta:
        model = models.FteImpact
        fields = ("year", "change")
        labels = {"change": "Change in full-time equivalent posts"}
        help_texts = {"change": "Fewer posts are negative, such as -2.5"}


class RemoveForm(forms.Form):
    """Why a statement is taken away."""

    why = forms.CharField(label="Why is it taken away?", max_length=300)
