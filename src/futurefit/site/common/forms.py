"""How does a form look, ask and complain, the same way on every page?

Every Django form of the site, allauth's too, is drawn by `Renderer` in GOV.UK Frontend's shapes:
label, hint, error beside the field. `{% error_summary form %}` at the top of the page links to each
error.

A date is one text field, "19/11/2015": officers copy dates out of papers, and one field can be
pasted into. It also understands "19 November 2015", "19 Nov 15" and "2015-11-19".
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from futurefit.kernel.money import NotMoney, print_money, read_money
from futurefit.kernel.report import Unit

_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.HiddenInput, ""),
    (Input, "govuk-input"),
]


class Field(BoundField):
    """A field of a form, with the classes of its shape."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        shape = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")
        own = str(attrs.get("class") or widget.attrs.get("class") or "")
        error = f"{shape}--error" if self.errors and shape in _WITH_ERRORS else ""
        if classes := " ".join(part for part in (shape, error, own) if part):
            attrs["class"] = classes
        # A browser's own bubble is seen by some and gone in a moment; our errors stay on the page.
        attrs.pop("required", None)
        if self.is_group:
            # The fieldset carries the error: a single radio button cannot be invalid.
            attrs.pop("aria-invalid", None)
        return attrs

    @property
    def problems(self) -> list[str]:
        """What is wrong, in words that make sense in the summary too, away from the field."""
        unsaid = forms.Field.default_error_messages["required"]
        verb = "Choose" if self.is_choice else "Tick" if self.is_tick_box else "Fill in"
        return [
            f"{verb} “{self.label}”." if error == unsaid else str(error) for error in self.errors
        ]

    @property
    def is_choice(self) -> bool:
        """Answered by choosing, not by typing."""
        return isinstance(self.field.widget, forms.widgets.ChoiceWidget)

    @property
    def is_group(self) -> bool:
        """Several inputs under one legend."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_tick_box(self) -> bool:
        """One tick box, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_id(self) -> str:
        """Where the error summary leads to."""
        return f"{self.auto_id}_0" if self.is_group else str(self.id_for_label)


_WITH_ERRORS = frozenset(("govuk-input", "govuk-select", "govuk-textarea", "govuk-file-upload"))


class Renderer(TemplatesSetting):
    """Draws forms from our templates, and what those leave alone from Django's."""

    form_template_name = "common/forms/form.html"
    field_template_name = "common/forms/field.html"
    bound_field_class = Field


class DayField(forms.DateField):
    """A date in one text field."""

    widget = forms.TextInput(
        attrs={"class": "govuk-input--width-10", "inputmode": "text", "autocomplete": "off"}
    )
    default_error_messages = {
        "required": "Enter a date, such as 19/11/2015.",
        "invalid": "This is not a date. Write it as day, month, year, such as 19/11/2015.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "input_formats",
            ["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d %b %y", "%Y-%m-%d"],
        )
        kwargs.setdefault("help_text", "Day, month and year, such as 19/11/2015")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A date as people write it; what somebody typed as they typed it."""
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = " ".join(value.split())
        return super().to_python(value)


class MoneyField(forms.CharField):
    """An amount in one text field, cleaned to whole pence (None when empty).

    `unit` is what a bare number counts: "1,250" in a field of £000 is £1,250,000, while "£1,250" is
    always pounds. A figure that is qualified ("about £250k") is not an amount that can be posted.
    """

    widget = forms.TextInput(
        attrs={"class": "govuk-input--width-10", "inputmode": "text", "autocomplete": "off"}
    )
    default_error_messages = {"required": "Enter an amount, such as 250 or -250."}

    def __init__(self, *, unit: Unit = Unit.THOUSANDS, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Pence as this field would read them back; what somebody typed as they typed it."""
        if not isinstance(value, int):
            return value
        exact = {Unit.POUNDS: None, Unit.THOUSANDS: 5, Unit.MILLIONS: 8}[self.unit]
        figure = print_money(value, self.unit, places=exact)
        return figure.rstrip("0").rstrip(".") if exact and "." in figure else figure

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            read = read_money(text, self.unit)
        except NotMoney as wrong:
            raise forms.ValidationError(str(wrong), code="invalid") from None
        if read.pence is None or read.qualifier:
            raise forms.ValidationError(
                f"“{text}” is not an exact amount. Enter a figure; "
                "leave the field empty while there is none.",
                code="inexact",
            )
        return read.pence


def numbers(carried: str) -> dict[str, int]:
    """The whole numbers that a hidden field carried as a query string, by name; what is none is
    left out.

    >>> numbers("LIB-1=12&LIB-2=many")
    {'LIB-1': 12}
    """
    return {
        name: int(text)
        for name, text in parse_qsl(carried)
        if text.isascii() and text.isdigit() and len(text) < 19
    }
