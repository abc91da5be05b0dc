"""Between which two positions of the ledger does a page look?

A position is asked for by its name (a baseline, a closed month), by a day, or by the number of a
journal; left empty it is now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Max
from django.http import HttpRequest

from futurefit.ledger.state import Ledger, Position
from futurefit.site.ledger import models, queries
from futurefit.site.ledger.asking import PlaceField

SINCE_DAYS = 31
"""How far back a page looks when it is not asked and no month was closed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the ledger is looked at: `address` is what a link says, `words` what people read."""

    address: str
    words: str
    as_at: date | None = None
    known_at: int | None = None

    def position(self, ledger: Ledger) -> Position:
        """The ledger there."""
        return ledger.at(self.as_at, self.known_at)


BEGINNING = Place("", "the beginning", known_at=0)
NOW = Place("", "now")


class PositionField(PlaceField):
    """A named position, a day or a journal's number; cleaned to a Place, None when empty."""

    default_error_messages = {
        "invalid": "This is no named position, no date and no journal’s number. Write a name as "
        "the list has it, 42, or 19/11/2015."
    }

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        named = models.NamedPosition.objects.filter(name=text).first() if text else None
        if named is not None:
            return Place(named.name, named.name, named.as_at, named.number)
        place = super().to_python(value)
        if isinstance(place, int):
            words = f"journal {place}" if place else BEGINNING.words
            return Place(str(place), words, known_at=place)
        if isinstance(place, date):
            return Place(str(place), f"{place.day} {place:%B %Y}", as_at=place)
        return None


class SpanForm(forms.Form):
    """Between which two positions. `named` are the names that may be chosen from."""

    since = PositionField(
        label="From",
        required=False,
        help_text="A named position, a day, or a journal’s number, such as 42",
        widget=forms.TextInput(attrs={"list": "positions"}),
    )
    until = PositionField(
        label="To",
        required=False,
        help_text="The same; leave empty for now",
        widget=forms.TextInput(attrs={"list": "positions"}),
    )

    @property
    def named(self) -> list[str]:
        """The names of all positions, the earliest first."""
        return [position.name for position in queries.named_positions()]

    @property
    def span(self) -> tuple[Place, Place]:
        """From where to where, of a form without errors."""
        return self.cleaned_data["since"] or BEGINNING, self.cleaned_data["until"] or NOW


def span_form(request: HttpRequest) -> SpanForm:
    """The span that an address asks for: since the last closed month when it names none."""
    since = request.GET.get("since", "")
    if not since and "until" not in request.GET:
        since = _usual()
    return SpanForm({"since": since, "until": request.GET.get("until", "")})


def _usual() -> str:
    """The last closed month, or a month before the last change took effect."""
    closed = queries.locked_to()
    if closed is None:
        last = models.Entry.objects.aggregate(last=Max("effective_on"))["last"]
        closed = last - timedelta(days=SINCE_DAYS) if last else None
    return f"{closed:%d/%m/%Y}" if closed else ""
