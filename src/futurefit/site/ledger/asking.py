"""Which figures does the address of a page ask for, and how does a reader ask for others?

Every page of figures takes the same parts in its address: tranche, fund and kind, what is measured,
how years are read, the date and the journal it stands at, and any narrowing to one theme, project
and so on. `ask` reads them; what it gives also says, in words and links, what is shown.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.utils import timezone

from futurefit.kernel.report import Unit
from futurefit.ledger.entries import Fund, LineKind, Tranche
from futurefit.ledger.presentations import DIMENSIONS, Measure, Scope, View
from futurefit.ledger.state import Position
from futurefit.ledger.working import Figure
from futurefit.site.common.forms import DayField
from futurefit.site.ledger import links, queries
from futurefit.site.ledger.choosing import offer, offered, words_of
from futurefit.site.ledger.naming import DIMENSION_TITLES, in_words, is_code
from futurefit.site.ledger.presenters.figures import measure_words
from futurefit.site.ledger.reading import Reader, reader_of

ANY = "ANY"
_UNITS = {"": Unit.THOUSANDS, "pounds": Unit.POUNDS, "millions": Unit.MILLIONS}


class PlaceField(forms.CharField):
    """A journal's number or a day; cleaned to an int or a date, None when empty."""

    default_error_messages = {
        "invalid": "This is neither a journal’s number nor a date. Write 42, or 19/11/2015."
    }

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        try:
            return DayField().clean(text)
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class KnownAtField(PlaceField):
    """The same, a day being what was recorded by its end: cleaned to a journal's number."""

    def to_python(self, value: Any) -> Any:
        place = super().to_python(value)
        if not isinstance(place, date):
            return place
        recorded = queries.current_ledger().recorded
        if place == date.max:
            return len(recorded)
        midnight = datetime.combine(
            place + timedelta(days=1), time(), timezone.get_current_timezone()
        )
        return bisect_left(recorded, midnight)


def _words_of(words: type[StrEnum], title: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=title, choices=words_of(words), required=False)


class Picker(forms.Form):
    """What a reader may choose about the figures of a page. A page takes some of these fields."""

    in_tranche = _words_of(Tranche, "Current or proposed")
    in_fund = _words_of(Fund, "Fund")
    in_kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "Net of all kinds"), *((kind.value, in_words(kind)) for kind in LineKind)],
    )
    measure = forms.ChoiceField(
        label="Amounts",
        required=False,
        choices=[(measure.value, measure_words(measure)) for measure in Measure],
    )
    view = _words_of(View, "Years")
    unit = forms.ChoiceField(
        label="In",
        required=False,
        choices=[("", "£000"), ("pounds", "£"), ("millions", "£m")],
    )
    as_at = DayField(label="As at", required=False, help_text="What had taken effect by this day")
    known_at = KnownAtField(
        label="As known at",
        required=False,
        help_text="A journal’s number, or a day: what was recorded by then",
    )


@dataclass(frozen=True)
class Asked:
    """The figures that a page was asked for, and who asked. Invalid parts stand in `form`."""

    request: HttpRequest
    reader: Reader
    form: Picker
    figure: Figure
    unit: Unit

    @property
    def is_valid(self) -> bool:
        """False when the page should only say what is wrong with its address."""
        return self.form.is_valid()

    @cached_property
    def position(self) -> Position:
        """The ledger as it was asked for."""
        return self.reader.ledger.at(self.figure.as_at, self.figure.known_at)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The programme's years."""
        horizon = queries.horizon()
        return horizon.labels if horizon else ()

    @property
    def status(self) -> int:
        """Of the answer: 400 for an address with a part that cannot be read."""
        return 200 if self.is_valid else 400

    def said(self) -> list[str]:
        """What is shown, in a few words each."""
        figure, scope = self.figure, self.figure.scope
        names = self.reader.names
        said = []
        if "in_tranche" in self.form.fields:
            said.append(in_words(scope.tranche) if scope.tranche else "Current and proposed, apart")
            said.append(in_words(scope.fund) if scope.fund else "All funds, apart")
            said.append(in_words(scope.kind) if scope.kind else "Net of all kinds")
        if "measure" in self.form.fields:
            said.append(measure_words(figure.measure))
        if "view" in self.form.fields:
            said.append(in_words(figure.view))
        for name, code in scope.only:
            said.append(f"{DIMENSION_TITLES[name]}: {names.name(name, code)}")
        if figure.as_at:
            said.append(f"As at {figure.as_at.day} {figure.as_at:%B %Y}")
        if figure.known_at is not None:
            said.append(f"As known at journal {figure.known_at}")
        if "as_at" in self.form.fields and not figure.as_at and figure.known_at is None:
            said.append(f"As it stands now, after journal {self.reader.ledger.head.number}")
        return said

    def narrowings(self) -> list[tuple[str, str]]:
        """Each narrowing in words, with the address without it."""
        return [
            (
                f"{DIMENSION_TITLES[name]}: {self.reader.names.name(name, code)}",
                self.address(**{name: ""}),
            )
            for name, code in self.figure.scope.only
        ]

    def switches(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The choices that readers make most often, as links: (title, [(word, address, is so)])."""
        found = []
        for name in ("in_tranche", "view"):
            choices = offered(self.form, name)
            if choices:
                now = self._value(name)
                found.append(
                    (
                        str(self.form.fields[name].label),
                        [
                            (word, self.address(**{name: code}), code == now)
                            for code, word in choices
                        ],
                    )
                )
        return found

    def _value(self, name: str) -> str:
        figure = self.figure
        return {
            "in_tranche": str(figure.scope.tranche or ANY),
            "view": str(figure.view),
        }[name]

    def address(self, **parts: str) -> str:
        """The page with some parts of its address set, or left out where empty."""
        query = self.request.GET.copy()
        for name in ("page", "format"):
            query.pop(name, None)
        for name, text in parts.items():
            query.pop(name, None)
            if text:
                query[name] = text
        return f"?{query.urlencode()}"

    def kept(self) -> list[tuple[str, str]]:
        """What the picker's form carries along."""
        own = {*self.form.fields, "page", "format"}
        return [
            (name, text)
            for name, texts in self.request.GET.lists()
            if name not in own
            for text in texts
        ]

    def elsewhere(self) -> list[tuple[str, str]]:
        """The same figures as other pages show them."""
        figure = replace(self.figure, year="")
        if figure.scope.tranche is None or figure.scope.fund is None:
            return [("Lines", links.lines_url(figure))]
        by_theme = links.presentation_url(("theme",), figure)
        return [
            ("Lines", links.lines_url(figure)),
            ("By theme", by_theme),
            ("RAG grid", links.grid_url(figure)),
            ("Financial plan", links.mtfp_url(replace(figure, view=View.PLAN))),
            ("Bridge", links.bridge_url(figure)),
            ("Every way", "/figures/"),
        ]


def ask(
    request: HttpRequest,
    *fields: str,
    view: View = View.INCREMENTS,
    scoped: bool = True,
    any_tranche: bool = False,
    any_fund: bool = False,
    usual_fund: str = "",
    usual_kind: str = "",
    placed: bool = True,
) -> Asked:
    """What the address of a page of figures asks for.

    `fields` are the choices that the page takes beside those of scope, position and unit; a page
    that is not `scoped` takes position and unit only. `any_tranche` and `any_fund` let a page show
    what it never adds; `usual_fund` is what an address means that names no fund, and `usual_kind`
    the same of a page that is about one kind only. A page that is not `placed` chooses its
    positions itself.
    """
    scope = ("in_tranche", "in_fund", "in_kind") if scoped else ()
    place = ("as_at", "known_at") if placed else ()
    taken = (*scope, *fields, "unit", *place)
    defaults = {
        "in_tranche": ANY if any_tranche else Tranche.PROPOSED.value,
        "in_kind": usual_kind,
        "in_fund": usual_fund or (ANY if any_fund else Fund.REVENUE.value),
        "measure": Measure.FORECAST.value,
        "view": view.value,
    }
    given = request.GET.dict()
    form = Picker({name: given.get(name) or defaults.get(name, "") for name in taken})
    for name in set(form.fields) - set(taken):
        del form.fields[name]
    for name, everything, takes in (
        ("in_tranche", "Both, apart", any_tranche),
        ("in_fund", "All, apart", any_fund),
    ):
        if takes and name in form.fields:
            offer(form, name, [(ANY, everything), *offered(form, name)])
    if usual_kind:
        offer(form, "in_kind", words_of(LineKind))
    form.full_clean()
    figure = _figure(form.cleaned_data, given, defaults)
    reader = reader_of(request)
    for ref in figure.scope.lines or ():
        reader.line(ref)  # 404 for a line that may not be read: nobody finds it out by guessing
    return Asked(request, reader, form, figure, _unit(form))


def _unit(form: Picker) -> Unit:
    return _UNITS.get(form.cleaned_data.get("unit") or "", Unit.THOUSANDS)


def _figure(chosen: dict[str, Any], given: dict[str, str], defaults: dict[str, str]) -> Figure:
    def of(name: str) -> str:
        return str(chosen.get(name) or defaults.get(name, ""))

    scope = Scope(
        tranche=None if of("in_tranche") == ANY else Tranche(of("in_tranche")),
        fund=None if of("in_fund") == ANY else Fund(of("in_fund")),
        kind=LineKind(of("in_kind")) if of("in_kind") else None,
        only=narrowing(given),
        lines=frozenset(given["line"].split()) if given.get("line") else None,
    )
    return Figure(
        scope=_settled(scope),
        measure=Measure(of("measure")),
        view=View(of("view")),
        as_at=chosen.get("as_at"),
        known_at=chosen.get("known_at"),
    )


def _settled(scope: Scope) -> Scope:
    """The same scope, with a tranche or fund that it is narrowed to as its own."""
    only = dict(scope.only)
    if scope.tranche is None and only.get("tranche") in set(Tranche):
        scope = replace(scope, tranche=Tranche(only.pop("tranche")))
    if scope.fund is None and only.get("fund") in set(Fund):
        scope = replace(scope, fund=Fund(only.pop("fund")))
    return replace(scope, only=tuple(only.items()))


def narrowing(given: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """By which codes of which dimensions an address narrows its figures ("-" is 'not stated')."""
    found = []
    for name in DIMENSIONS:
        code = given.get(name, "")
        if "\x00" in code:
            raise BadRequest("an address holds no NUL")
        if code and code != "-" and not is_code(name, code):
            raise Http404(f"no {name} is called {code}")
        if code:
            found.append((name, "" if code == "-" else code))
    return tuple(found)
