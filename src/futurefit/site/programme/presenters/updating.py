"""How is a round of 300 lines drawn, so that it can be filled in from the keyboard?

Rows are joined as text, not through templates: there are thousands of fields. Every word that
anybody typed is escaped here. A field is named by its row and its column (`aria-labelledby`), and
each part of the programme can be reached by a link at the top.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from futurefit.kernel.report import Cell, Column, Shape, Table, Unit
from futurefit.ledger.entries import Entry
from futurefit.ledger.state import Ledger
from futurefit.ledger.year_end import UNDELIVERED
from futurefit.programme import rounds
from futurefit.site.ledger.naming import NO_YEAR_LABELS, Names, in_words
from futurefit.site.ledger.presenters.journals import entry_words
from futurefit.site.programme import models
from futurefit.site.programme.forms.updating import Sheet, shown_day
from futurefit.site.programme.presenters.statements import table


class Group(NamedTuple):
    """The lines of one part of the programme; `anchor` is where its heading stands."""

    anchor: str
    title: str
    lines: list[str]


def groups(ledger: Ledger, lines: Iterable[str], names: Names) -> list[Group]:
    """Lines under the part of the programme that they hang on, in order."""
    found: dict[tuple[str, str], list[str]] = {}
    for ref in lines:
        line = ledger.lines[ref]
        dimension = "project" if line.project else "workstream" if line.workstream else "theme"
        found.setdefault((dimension, getattr(line, dimension)), []).append(ref)
    return [
        Group(f"part-{place}", names.name(dimension, code), refs)
        for place, ((dimension, code), refs) in enumerate(found.items(), start=1)
    ]


class Filled:
    """What stands in each field, and what is wrong with it: the typed before the shown."""

    def __init__(self, data: Mapping[str, str], errors: Mapping[str, str]) -> None:
        self.data, self.errors = data, errors
        self.identities = {name: f"wrong-{place}" for place, name in enumerate(errors)}

    def text(self, name: str, shown: str) -> str:
        """What a field holds."""
        return self.data.get(name, shown)

    def beside(self, name: str) -> tuple[str, str]:
        """The attributes of a field that is wrong, and the words that stand before it."""
        error = self.errors.get(name)
        if error is None:
            return "", ""
        identity = self.identities[name]
        words = (
            f'<span class="govuk-error-message" id="{identity}-words">'
            f'<span class="govuk-visually-hidden">Error:</span> {escape(error)}</span>'
        )
        return f' id="{identity}" aria-describedby="{identity}-words" aria-invalid="true"', words


_RATINGS = [(rating.value, in_words(rating)) for rating in UNDELIVERED]


def lines_html(
    sheet: Sheet, listed: Sequence[Group], titles: Mapping[str, str], filled: Filled
) -> SafeString:
    """The table of lines: a row a line, a field a year, a rating and a note."""
    head = "".join(
        f'<th scope="col" class="n" id="y{place}">{escape(NO_YEAR_LABELS.get(year, year))}</th>'
        for place, year in enumerate(sheet.years)
    )
    parts = [
        '<div class="table-region" role="region" aria-labelledby="lines" tabindex="0">'
        '<table class="figures round"><caption class="govuk-visually-hidden">Lines, in £'
        f'</caption><thead><tr><th scope="col">Line</th>{head}'
        '<th scope="col" id="rated">Undelivered stands as</th>'
        '<th scope="col" id="noted">Note</th></tr></thead>'
    ]
    width = len(sheet.years) + 3
    for group in listed:
        parts.append(
            f'<tbody><tr class="round__part"><th scope="rowgroup" colspan="{width}" '
            f'id="{group.anchor}">{escape(group.title)}</th></tr>'
        )
        parts += [_row(sheet, ref, titles[ref], filled) for ref in group.lines]
        parts.append("</tbody>")
    parts.append("</table></div>")
    return mark_safe("".join(parts))  # noqa: S308  (each word is escaped above)


def _row(sheet: Sheet, ref: str, title: str, filled: Filled) -> str:
    said = escape(ref)
    cells = [f'<tr><th scope="row" id="l-{said}">{said} {escape(title)}</th>']
    for place, year in enumerate(sheet.years):
        name = f"{year}:{ref}"
        attributes, wrong = filled.beside(name)
        value = escape(filled.text(name, sheet.shown(ref, year)))
        cells.append(
            f'<td class="n">{wrong}<input class="govuk-input round__amount" type="text" '
            f'inputmode="decimal" autocomplete="off" name="{escape(name)}" value="{value}" '
            f'aria-labelledby="l-{said} y{place}"{attributes}></td>'
        )
    cells.append(_rating(sheet, ref, said, filled))
    name = f"note:{ref}"
    attributes, wrong = filled.beside(name)
    cells.append(
        f'<td>{wrong}<input class="govuk-input round__note" type="text" name="{escape(name)}" '
        f'value="{escape(filled.text(name, ""))}" maxlength="300" autocomplete="off" '
        f'aria-labelledby="l-{said} noted"{attributes}></td></tr>'
    )
    return "".join(cells)


def _rating(sheet: Sheet, ref: str, said: str, filled: Filled) -> str:
    name = f"rating:{ref}"
    rating = sheet.rating(ref)
    attributes, wrong = filled.beside(name)
    chosen = filled.text(name, rating or "")
    options = list(_RATINGS)
    if rating is None:
        mixed = " and ".join(in_words(r).lower() for r in sheet.held[ref].undelivered_ratings())
        options.insert(0, ("", f"As it stands: {mixed}"))
    offered = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(word)}</option>'
        for value, word in options
    )
    return (
        f'<td>{wrong}<select class="govuk-select round__rating" name="{escape(name)}" '
        f'aria-labelledby="l-{said} rated"{attributes}>{offered}</select></td>'
    )


def milestones_html(milestones: Iterable[models.Milestone], filled: Filled) -> SafeString:
    """The milestones that are not done: when each is forecast, and when it was done."""
    parts = [
        '<div class="table-region" role="region" aria-labelledby="milestones" tabindex="0">'
        '<table class="figures round"><caption class="govuk-visually-hidden">Milestones</caption>'
        '<thead><tr><th scope="col">Milestone</th><th scope="col">Part of</th>'
        '<th scope="col">First agreed for</th><th scope="col" id="due">Forecast for</th>'
        '<th scope="col" id="done">Done on</th></tr></thead><tbody>'
    ]
    for each in milestones:
        agreed = shown_day(each.agreed_on)
        parts.append(
            f'<tr><th scope="row" id="m{each.pk}">{escape(each.what)}</th>'
            f"<td>{escape(each.about.name)}</td><td>{agreed}</td>"
        )
        for attribute, column in (("due_on", "due"), ("done_on", "done")):
            name = f"{attribute}:m{each.pk}"
            attributes, wrong = filled.beside(name)
            value = escape(filled.text(name, shown_day(getattr(each, attribute))))
            parts.append(
                f'<td>{wrong}<input class="govuk-input round__day" type="text" name="{name}" '
                f'value="{value}" autocomplete="off" '
                f'aria-labelledby="m{each.pk} {column}"{attributes}></td>'
            )
        parts.append("</tr>")
    parts.append("</tbody></table></div>")
    return mark_safe("".join(parts))  # noqa: S308  (each word is escaped above)


def risks_html(risks: Iterable[models.Risk], filled: Filled) -> SafeString:
    """The open risks: likelihood and impact with what is done about them."""
    parts = [
        '<div class="table-region" role="region" aria-labelledby="risks" tabindex="0">'
        '<table class="figures round"><caption class="govuk-visually-hidden">Risks</caption>'
        '<thead><tr><th scope="col">Risk</th><th scope="col">Part of</th>'
        '<th scope="col">Mitigation</th>'
        '<th scope="col" id="likelihood">Likelihood with it, 1 to 5</th>'
        '<th scope="col" id="impact">Impact with it, 1 to 5</th></tr></thead><tbody>'
    ]
    for each in risks:
        parts.append(
            f'<tr><th scope="row" id="r{each.pk}">{escape(each.what)}</th>'
            f"<td>{escape(each.about.name)}</td><td>{escape(each.mitigation)}</td>"
        )
        for attribute, column in (("likelihood_after", "likelihood"), ("impact_after", "impact")):
            name = f"{attribute}:r{each.pk}"
            attributes, wrong = filled.beside(name)
            chosen = filled.text(name, str(getattr(each, attribute) or ""))
            options = "".join(
                f'<option value="{value}"{" selected" if value == chosen else ""}>{word}</option>'
                for value, word in (("", "Not stated"), *((str(n), str(n)) for n in range(1, 6)))
            )
            parts.append(
                f'<td>{wrong}<select class="govuk-select" name="{name}" '
                f'aria-labelledby="r{each.pk} {column}"{attributes}>{options}</select></td>'
            )
        parts.append("</tr>")
    parts.append("</tbody></table></div>")
    return mark_safe("".join(parts))  # noqa: S308  (each word is escaped above)


def changes_table(
    made: Mapping[str, Sequence[Entry]],
    titles: Mapping[str, str],
    notes: Mapping[str, str],
    names: Names,
) -> Table:
    """What changes on each line, in words."""
    return table(
        "Lines that change",
        (Column("line", "Line"), Column("what", "What changes"), Column("note", "Note")),
        [
            [
                Cell(f"{ref} {titles[ref]}"),
                " ".join(entry_words(entry, names) for entry in entries),
                notes.get(ref, ""),
            ]
            for ref, entries in made.items()
        ],
    )


def totals_table(sheet: Sheet, rows: Mapping[str, rounds.Row], confirmed: Collection[str]) -> Table:
    """The forecast of the lines of a round by year, now and after."""
    found = []
    for year in sheet.years:
        now = sum(sheet.held[ref].forecast(year) for ref in confirmed)
        after = now + sum(
            row.forecast[year] - sheet.held[ref].forecast(year)
            for ref, row in rows.items()
            if year in row.forecast
        )
        change = Cell(after - now) if after != now else Cell(None)
        found.append([Cell(NO_YEAR_LABELS.get(year, year)), Cell(now), Cell(after), change])
    made = table(
        f"Forecast of these {len(confirmed)} lines",
        (
            Column("year", "Year"),
            Column("now", "Now", Shape.PENCE),
            Column("after", "After", Shape.PENCE),
            Column("change", "Change", Shape.PENCE),
        ),
        found,
    )
    return Table(made.title, made.columns, made.rows, Unit.POUNDS)
