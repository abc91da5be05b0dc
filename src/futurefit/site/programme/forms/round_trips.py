"""What do people fill in to bring a form, a data return or a block of cells back?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from futurefit.papers.filled import ENDINGS
from futurefit.papers.readers import LARGEST_BYTES
from futurefit.programme.returns import NATURES, Change
from futurefit.site.common.forms import DayField
from futurefit.site.programme.queries.round_trips import likely


class BringForm(forms.Form):
    """A form or a data return that somebody filled in."""

    file = forms.FileField(
        label="The file",
        max_length=255,
        help_text="A concept paper’s form (.docx) or a data return (.xlsx), as it was taken away "
        "from here and filled in",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise ValidationError(f"The file is larger than {LARGEST_BYTES // 1_000_000} MB.")
        return file


class BlockForm(forms.Form):
    """Cells copied out of a spreadsheet."""

    block = forms.CharField(
        label="The cells",
        strip=False,
        help_text="Copy them in Excel with their row of headings, and paste them here: a line (its "
        "reference or title), years such as 2026/27, and Rating where a line has several. Amounts "
        "are in £000 and are what the line is to hold; years that are not there stay as they are.",
        widget=forms.Textarea(attrs={"rows": 12, "class": "grid-block", "spellcheck": "false"}),
        error_messages={"required": "Paste the cells."},
    )


class ForForm(forms.Form):
    """Which lines a data return is for."""

    part = forms.ChoiceField(label="Lines of", required=False)

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", "All that I may change"), *parts]  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """What is said with what came back: from when, why, and what each change of figures is."""

    on = DayField(label="From when")
    why = forms.CharField(label="Why", max_length=300, help_text="Kept with every change")
    decision = forms.CharField(
        label="Decision",
        required=False,
        max_length=200,
        help_text="The council’s decision, where a target changes",
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, changes: Iterable[Change], is_whole: bool, **kwargs: Any
    ) -> None:
        """`is_whole` where all changes are taken or none, so that each must be said."""
        super().__init__(*args, **kwargs)
        self.refs = [change.ref for change in changes]
        choices = [("", "Choose"), *((nature.value, word) for word, nature in NATURES.items())]
        for number, change in enumerate(changes):
            self.fields[f"nature-{number}"] = forms.ChoiceField(
                label=f"What the change on {change.ref} is",
                choices=choices,
                initial=likely(change),
                required=is_whole,
                help_text="" if likely(change) else "The figures alone do not tell",
            )

    @property
    def natures(self) -> dict[str, str]:
        """What was said of each line."""
        return {
            ref: self.cleaned_data.get(f"nature-{number}", "")
            for number, ref in enumerate(self.refs)
        }

    def beside(self, field: str) -> str:
        """The field of a refusal."""
        ref = field.removeprefix("nature ")
        return f"nature-{self.refs.index(ref)}" if ref in self.refs else field
