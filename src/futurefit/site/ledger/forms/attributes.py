"""What does a person fill in to open a line, class it anew or change its words?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar

from django import forms

from futurefit.ledger import acts
from futurefit.ledger.classing import class_anew
from futurefit.ledger.entries import (
    Entry,
    EntryKind,
    Fund,
    LineAttributes,
    LineKind,
    Recurrence,
    Restriction,
    SavingClass,
    SavingType,
    Tranche,
)
from futurefit.ledger.refusal import Refusal
from futurefit.site.ledger import models
from futurefit.site.ledger.choosing import offer, words_of
from futurefit.site.ledger.forms.saying import ChangeForm
from futurefit.site.ledger.queries import LineWords
from futurefit.site.ledger.reading import Reader

_PARENTS = ("theme", "workstream", "project")


class AttributesForm(ChangeForm):
    """Everything that a line is classed by."""

    parent = forms.ChoiceField(label="Part of which theme, workstream or project?")
    line_kind = forms.ChoiceField(label="Kind", choices=words_of(LineKind))
    tranche = forms.ChoiceField(
        label="Current or proposed",
        choices=[
            (Tranche.PROPOSED.value, "Proposed: asked for, not decided"),
            (Tranche.CURRENT.value, "Current: in the adopted plan"),
        ],
    )
    fund = forms.ChoiceField(label="Fund", choices=words_of(Fund))
    recurrence = forms.ChoiceField(
        label="Does it last?",
        choices=[
            (Recurrence.ONGOING.value, "Ongoing: it lasts"),
            (Recurrence.ONE_OFF.value, "One-off: for one year, taken back in the next"),
        ],
    )
    saving_class = forms.ChoiceField(label="Class", choices=words_of(SavingClass))
    saving_type = forms.ChoiceField(label="Type of saving", choices=words_of(SavingType))
    directorate = forms.ChoiceField(label="Directorate", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    mtfp_heading = forms.ChoiceField(label="Financial plan heading", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    restriction = forms.ChoiceField(label="Who may read its words?", choices=words_of(Restriction))

    def __init__(self, data: Any = None, *, reader: Reader, initial: Any = None) -> None:
        super().__init__(data, reader=reader, initial=initial)
        names = reader.names
        offer(
            self,
            "parent",
            [
                ("", "Choose where it belongs"),
                *(
                    (
                        f"{each.label}s",
                        [
                            (f"{each.value}:{code}", name)
                            for code, name in names.choices(each.value)
                        ],
                    )
                    for each in models.Heading.Dimension
                    if each.value in _PARENTS and names.choices(each.value)
                ),
            ],
        )
        for name in ("directorate", "service", "mtfp_heading", "owner"):
            offer(self, name, [("", "Not stated"), *names.choices(name)])
        if not reader.holder.may_post_somewhere(EntryKind.RECLASSIFY):
            proposed = [(Tranche.PROPOSED.value, "Proposed: asked for, not decided")]
            offer(self, "tranche", proposed)

    def attributes(self) -> LineAttributes:
        """What was chosen, with everything above the parent."""
        chosen = self.cleaned_data
        return LineAttributes(
            **ancestry(chosen["parent"]),
            directorate=chosen["directorate"],
            service=chosen["service"],
            mtfp_heading=chosen["mtfp_heading"],
            owner=chosen["owner"],
            kind=LineKind(chosen["line_kind"]),
            saving_class=SavingClass(chosen["saving_class"]),
            saving_type=SavingType(chosen["saving_type"]),
            tranche=Tranche(chosen["tranche"]),
            fund=Fund(chosen["fund"]),
            recurrence=Recurrence(chosen["recurrence"]),
            restriction=Restriction(chosen["restriction"]),
        )


def ancestry(parent: str) -> dict[str, str]:
    """The theme, workstream and project of whatever a line hangs on."""
    dimension, _, code = parent.partition(":")
    found = dict.fromkeys(_PARENTS, "")
    heading = models.Heading.objects.filter(dimension=dimension, code=code).first()
    while heading is not None:
        if heading.dimension in found:
            found[heading.dimension] = heading.code
        heading = heading.parent
    return found


def attributes_initial(attributes: LineAttributes) -> dict[str, str]:
    """What a line is classed by now, as the form is filled in with it."""
    own = next((name for name in reversed(_PARENTS) if getattr(attributes, name)), "")
    return {
        "parent": f"{own}:{getattr(attributes, own)}" if own else "",
        "line_kind": attributes.kind.value,
        "tranche": attributes.tranche.value,
        "fund": attributes.fund.value,
        "recurrence": attributes.recurrence.value,
        "saving_class": attributes.saving_class.value,
        "saving_type": attributes.saving_type.value,
        "directorate": attributes.directorate,
        "service": attributes.service,
        "mtfp_heading": attributes.mtfp_heading,
        "owner": attributes.owner,
        "restriction": attributes.restriction.value,
    }


def reference_field(label: str) -> forms.RegexField:
    """What a new line is called in the ledger for ever."""
    return forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
        label=label,
        help_text="Short, and never changed later, such as SEN-3",
        error_messages={
            "required": "Give the line a reference.",
            "invalid": "Use letters, digits, full stops and hyphens only, such as SEN-3.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )


def title_field() -> forms.CharField:
    """What people call a new line."""
    return forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Give the line a title."}
    )


class OpenLineForm(AttributesForm):
    """A new line, not yet with any amount."""

    kind = EntryKind.OPEN_LINE
    places: ClassVar = {"line": "ref"}

    ref = reference_field("Reference")
    title = title_field()
    narrative = forms.CharField(
        label="What is it?", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    field_order = ("ref", "title", "narrative")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("tranche") == Tranche.CURRENT and not cleaned.get("decision"):
            self.add_error("decision", "Name the decision by which it is in the adopted plan.")
        return cleaned

    def entries(self) -> list[Entry]:
        return [self.late(acts.open_line(self.cleaned_data["ref"], self.attributes(), on=self.on))]

    def place_of(self, refusal: Refusal) -> str:
        # That a line would not be one's own is for where it hangs, not for what it is called.
        return "parent" if refusal.code == "LED-NOT-OWN" else super().place_of(refusal)

    def words(self) -> dict[str, LineWords]:
        """What the new line is called."""
        chosen = self.cleaned_data
        return {chosen["ref"]: LineWords(chosen["title"], chosen["narrative"])}


class ReclassifyForm(AttributesForm):
    """A line is classed otherwise from a day on."""

    kind = EntryKind.RECLASSIFY

    def __init__(self, data: Any = None, *, reader: Reader, ref: str, initial: Any = None) -> None:
        self.ref = ref
        was = attributes_initial(reader.ledger.lines[ref])
        super().__init__(data, reader=reader, initial=was | (initial or {}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        changed = self.changed()
        if not changed:
            self.add_error(None, "Nothing is changed: class the line otherwise than it is.")
        elif changed.get("tranche") == Tranche.CURRENT:
            self.add_error(
                "tranche",
                "A proposal comes into the plan by a decision: adopt it under ‘Adopt proposals’.",
            )
        return cleaned

    def changed(self) -> dict[str, str]:
        """What was chosen otherwise than the form showed it, by attribute. The rest is not said
        anew: on the day from which this holds it may have been other.
        """
        was, will = asdict(self.ledger.lines[self.ref]), asdict(self.attributes())
        return {name: anew for name, anew in will.items() if anew != was[name]}

    def entries(self) -> list[Entry]:
        anew = class_anew(self.ledger, self.ref, on=self.on, **self.changed())
        return [self.late(entry) for entry in anew]


class WordsForm(forms.Form):
    """What a line is called and told."""

    title = forms.CharField(label="Title", max_length=200)
    narrative = forms.CharField(
        label="What is it?", required=False, max_length=4000, widget=forms.Textarea({"rows": 5})
    )
    printed_note = forms.CharField(
        label="Printed note",
        required=False,
        max_length=300,
        help_text="What a paper printed in place of an amount, such as “marginal”",
    )
    why = forms.CharField(label="Why the words change", required=False, max_length=300)
    was = forms.JSONField(widget=forms.HiddenInput)

    def clean_was(self) -> dict[str, str]:
        """The words as the form showed them."""
        was = self.cleaned_data["was"]
        names = {"title", "narrative", "printed_note"}
        if not isinstance(was, dict) or set(was) != names or {*map(type, was.values())} != {str}:
            raise forms.ValidationError("Open the form again.")
        return was
