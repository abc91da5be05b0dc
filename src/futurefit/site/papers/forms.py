"""What does a person fill in to upload a paper, decide on one of its lines, and record them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from futurefit.kernel.report import Unit
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import (
    RATINGS,
    Account,
    Draft,
    Entry,
    EntryKind,
    LineAttributes,
    Restriction,
)
from futurefit.papers.readers import LARGEST_BYTES, READERS
from futurefit.site.common.forms import MoneyField
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.choosing import offer, words_of
from futurefit.site.ledger.forms import ChangeForm
from futurefit.site.ledger.forms.attributes import AttributesForm, reference_field, title_field
from futurefit.site.ledger.queries import LineWords
from futurefit.site.ledger.reading import Reader
from futurefit.site.papers import operations, queries
from futurefit.site.papers.models import Nature, Upload
from futurefit.site.papers.reviewing import Amount

_PARTS = ("theme", "workstream", "project")

NEW_LINE = "-"
"""Chosen where no line of the ledger is meant; no reference looks like it."""

NO_PART = "Several parts of the programme, or none"


def part_choices(reader: Reader) -> list[tuple[str, Any]]:
    """The parts of the programme that somebody may bring papers about, by kind."""
    holder = reader.holder
    groups: list[tuple[str, Any]] = []
    if queries.may_review(holder, LineAttributes()):
        groups.append(("", NO_PART))
    for dimension in _PARTS:
        own = [
            (f"{dimension}:{code}", name)
            for code, name in reader.names.choices(dimension)
            if queries.may_review(holder, _hanging(dimension, code))
        ]
        if own:
            groups.append((f"{dimension.capitalize()}s", own))
    return groups


def _hanging(dimension: str, code: str) -> LineAttributes:
    """A part of the programme with everything above it."""
    headings = ledger_queries.headings()
    found: dict[str, str] = {}
    above: tuple[str, str] | None = (dimension, code)
    while above is not None and above[0] not in found:
        kind, here = above
        if kind in _PARTS:
            found[kind] = here
        name = headings.get(kind, {}).get(here)
        above = name.parent if name else None
    return LineAttributes(
        theme=found.get("theme", ""),
        workstream=found.get("workstream", ""),
        project=found.get("project", ""),
    )


class AboutForm(forms.Form):
    """What a paper is about, who may read it, and which paper it revises."""

    about = forms.ChoiceField(label="What is it about?", required=False)
    restriction = forms.ChoiceField(
        label="Who may read it?",
        choices=[
            (Restriction.OFFICERS.value, "Officers: leads, finance and the programme office"),
            (
                Restriction.CONFIDENTIAL.value,
                "Confidential: those whose work it is about, finance and the programme office",
            ),
            (Restriction.PUBLIC.value, "Everybody: it is published"),
        ],
        initial=Restriction.OFFICERS.value,
        widget=forms.RadioSelect,
    )
    revises = forms.ChoiceField(
        label="Is it a new version of a paper that is here?",
        required=False,
        help_text="Then only what has changed needs to be looked at.",
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, reader: Reader, own: Upload | None = None
    ) -> None:
        initial = {}
        if own is not None:
            initial = {
                "about": own.parent,
                "restriction": own.restriction,
                "revises": str(own.revises_id or ""),
            }
        super().__init__(data, files, initial=initial)
        offer(self, "about", part_choices(reader))
        self.earlier = {
            str(upload.pk): upload
            for upload in queries.uploads(reader.holder)
            if (own is None or upload.pk != own.pk)
            and queries.may_review(reader.holder, upload.place)
        }
        offer(
            self,
            "revises",
            [
                ("", "No"),
                *(
                    (number, f"{each.name}, {each.at:%d %B %Y}")
                    for number, each in self.earlier.items()
                ),
            ],
        )

    def told(self) -> dict[str, Any]:
        """What was filled in, as the operations take it."""
        chosen = self.cleaned_data
        return {
            "about": chosen["about"],
            "restriction": Restriction(chosen["restriction"]),
            "revises": self.earlier.get(chosen["revises"]),
        }


class UploadForm(AboutForm):
    """A paper to be read."""

    file = forms.FileField(
        label="The paper",
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ",".join(READERS)}),
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty.",
            "max_length": "Give the file a shorter name.",
        },
    )
    field_order = ("file", "about", "restriction", "revises")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ", ".join(ending.removeprefix(".") for ending in READERS)
        self.fields[
            "file"
        ].help_text = f"Up to {LARGEST_BYTES // 1_000_000} MB; one of these kinds: {kinds}"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {LARGEST_BYTES // 1_000_000} MB. Split it, or save the "
                "part that holds the tables."
            )
        return file


def year_choices(years: Sequence[str]) -> list[tuple[str, str]]:
    """The years of the programme, those that the paper names beside them, and none."""
    horizon = ledger_queries.horizon()
    labels = dict.fromkeys([*(horizon.labels if horizon else ()), *sorted(years)])
    labels.pop(UNPROFILED, None)
    return [*((label, label) for label in labels), (UNPROFILED, "No year yet")]


class DecideForm(AttributesForm):
    """One candidate line: which line it is, its amounts as read or as put right, and why."""

    kind = EntryKind.OPEN_LINE
    ATTRIBUTES: ClassVar = (
        "ref",
        "title",
        "parent",
        "line_kind",
        "tranche",
        "fund",
        "recurrence",
        "saving_class",
        "saving_type",
        "directorate",
        "service",
        "mtfp_heading",
        "owner",
        "restriction",
    )
    LATER: ClassVar = ("nature", "decision", "why")

    line = forms.ChoiceField(
        label="Which line is it?",
        help_text="A line that the ledger has already, or a new one",
    )
    ref = reference_field("Reference of the new line")
    title = title_field()
    nature = forms.ChoiceField(
        label="What is the change?",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Nature.CORRECTION.value, "A correction: the earlier figure was wrong"),
            (Nature.RE_TARGET.value, "A re-target: a decision changes what it is to save"),
            (Nature.RE_RATING.value, "A re-rating: surer, or less sure, in the same year"),
            (Nature.RE_PROFILE.value, "A re-profile: an amount goes to another year"),
            (Nature.RE_ESTIMATE.value, "A re-estimate: the target stands, the forecast changes"),
        ],
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9]{1,18} [0-9]{1,18}$", widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        reader: Reader,
        amounts: Sequence[Amount],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, reader=reader, initial=dict(initial))
        for name in ("effective_on", "relates_to"):
            self.fields.pop(name, None)
        self.fields["why"].required = False
        self.fields["why"].help_text = "Needed to reject a line; kept with the decision"
        self.fields[
            "decision"
        ].help_text = (
            "Only for a re-target: the decision that allows it, such as “Cabinet, 19 November 2015”"
        )
        offer(
            self,
            "line",
            [
                (NEW_LINE, "A new line"),
                *(
                    (ref, f"{ref} {reader.title(ref)}")
                    for ref in sorted(reader.ledger.lines)
                    if ref not in reader.hidden
                ),
            ],
        )
        self.amounts = tuple(amounts)
        years = year_choices([one.year for one in amounts])
        ratings = words_of(RATINGS)
        for place, one in enumerate(self.amounts):
            told = f"{one.place.printed}" if one.place.printed else f"amount {place + 1}"
            self.fields[f"year_{place}"] = forms.ChoiceField(
                label=f"Year of “{told}”", choices=years, initial=one.year
            )
            self.fields[f"account_{place}"] = forms.ChoiceField(
                label=f"Rating of “{told}”", choices=ratings, initial=one.account.value
            )
            self.fields[f"amount_{place}"] = MoneyField(
                label=f"Amount of “{told}”, in pounds",
                unit=Unit.POUNDS,
                required=False,
                initial=one.pence,
            )
        self.order_fields(["line", *self.ATTRIBUTES])

    def attribute_fields(self) -> list[forms.BoundField]:
        """What a new line is classed by."""
        return [self[name] for name in self.ATTRIBUTES]

    def later_fields(self) -> list[forms.BoundField]:
        """What is said of the decision itself."""
        return [self[name] for name in self.LATER]

    def amount_rows(self) -> list[tuple[Amount, list[forms.BoundField]]]:
        """Each printed amount with its three fields."""
        return [
            (one, [self[f"{name}_{place}"] for name in ("year", "account", "amount")])
            for place, one in enumerate(self.amounts)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        rejects = self.data.get("verdict") == "REJECTED"
        if rejects or cleaned.get("line", NEW_LINE) != NEW_LINE:
            # They describe a new line, and there is none.
            for name in self.ATTRIBUTES:
                self.errors.pop(name, None)
        if rejects:
            for name in [name for name in self.errors if name.partition("_")[0] in _AMOUNT]:
                self.errors.pop(name)
            if not cleaned.get("why"):
                self.add_error("why", "Say why you reject it: others will ask.")
        return cleaned

    def accepted_amounts(self) -> tuple[Amount, ...]:
        """The amounts as they were left, without those that were emptied or put to nought."""
        chosen = self.cleaned_data
        found = []
        for place, one in enumerate(self.amounts):
            pence = chosen[f"amount_{place}"]
            if pence:
                year, account = chosen[f"year_{place}"], Account(chosen[f"account_{place}"])
                found.append(Amount(year, account, pence, one.place))
        return tuple(found)


_AMOUNT = ("year", "account", "amount")


class RecordForm(ChangeForm):
    """From when, and why, what was accepted in a part of a paper holds."""

    kind = EntryKind.SET_TARGET

    def __init__(self, data: Any = None, *, reader: Reader, upload: Upload, part: str) -> None:
        self.upload, self.part = upload, part
        is_public = upload.place.restriction is Restriction.PUBLIC
        named = [
            state.decision
            for (of, _), state in queries.states(upload).items()
            if of == part and state.is_accepted and state.decision is not None
        ]
        super().__init__(
            data,
            reader=reader,
            initial={
                # Whoever reads a line reads this, and may not read the paper.
                "why": f"Read from {upload.name}" if is_public else "Read from a paper",
                "decision": "; ".join(dict.fromkeys(d.decision for d in named if d.decision)),
            },
        )

    def found(self) -> operations.ToRecord:
        """What would be recorded."""
        chosen = self.cleaned_data
        return operations.to_record(
            self.upload,
            self.part,
            on=self.on,
            why=chosen["why"],
            decision=chosen["decision"],
            relates_to=chosen.get("relates_to"),
        )

    def entries(self) -> list[Entry]:
        return list(self.draft().entries)

    def draft(self) -> Draft:
        found = self.found()
        return found.draft if found.draft.entries or not found.delivery else found.delivery

    def words(self) -> dict[str, LineWords]:
        return dict(self.found().words)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            for ref, seen in self.found().expects.items():
                if self.ledger.last_journal(ref) != seen:
                    self.add_error(
                        None,
                        f"Line {ref} has changed since it was accepted here. Go back, look at it "
                        "as it stands now, and decide again.",
                    )
        return cleaned
