"""What may be chosen in a field of a form, where that is known only when the page is made?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from django import forms

from futurefit.site.ledger.naming import in_words

Choices = Sequence[tuple[Any, Any]]


def words_of(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """The words of an enumeration to be chosen from."""
    return [(word.value, in_words(word)) for word in words]


def offer(form: forms.Form, name: str, choices: Choices, *, shown: Choices | None = None) -> None:
    """Let these be chosen; `shown` are those that the page offers, if they are fewer."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
    if shown is not None:
        field.widget.choices = shown


def offered(form: forms.Form, name: str) -> list[tuple[str, str]]:
    """What may be chosen in a field, in words; nothing where it is not a choice."""
    field = form.fields.get(name)
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    return [(str(code), str(word)) for code, word in choices]
