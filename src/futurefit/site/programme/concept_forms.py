"""What does a concept paper ask, as a form, and how does an answer become words again? (TRP-01)

The questions are those of the site's own forms, in their order and with their labels, so that what
can be said on a page can be said on paper and is tested the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django import forms as django_forms
from django.core import signing

from futurefit.kernel.form import ANSWER, QUESTION, Box, Form, Grid, Line, Values, values_of
from futurefit.kernel.report import Heading as Title
from futurefit.kernel.report import Paragraph, Table
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import RATINGS, LineAttributes, Tranche
from futurefit.ledger.revising import held
from futurefit.ledger.state import Ledger
from futurefit.programme.returns import year_words
from futurefit.programme.round_trips import thousands
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import forms, models, queries

SALT = "futurefit.form"
"""What a form carries is signed with: nobody else's file is taken for ours."""

STATEMENTS: Mapping[str, tuple[str, str]] = {
    "milestone": ("Milestone no.", "Milestones"),
    "risk": ("Risk no.", "Risks"),
    "successmeasure": ("Measure no.", "Success measures"),
    "dependency": ("Dependency no.", "Dependencies"),
    "supportrequest": ("Support no.", "Support asked for"),
    "fteimpact": ("Posts no.", "Impact on full-time equivalent posts"),
    "fact": ("Fact no.", "Facts that the paper states"),
}
"""What heads the numbers of each kind of statement, and what the kind is called."""

KIND_OF = {mark: kind for kind, (mark, _) in STATEMENTS.items()}
"""The kind of statement by what heads its numbers."""

_NEVER_ASKED = frozenset({"why", "seen", "stage", "replaced_by", "about"})
_ADD = "To add one, fill in the last row; leave its number empty. To take one away, delete its row."


def amounts_mark(ref: str) -> str:
    """What heads the ratings in the grid of a line."""
    return f"{ref} (£000)"


def concept_form(
    words: models.Project, reader: Reader, *, shown: tuple[Table, ...] = (), carried: str = ""
) -> Form:
    """A project as a form, as it stands now; `shown` are tables that are not to be filled in."""
    questions = forms.ProjectForm(instance=words)
    blocks: list[Title | Paragraph | Table | Grid] = [
        Paragraph(
            "Fill in or change what stands in the right-hand column and in the tables, save the "
            "file as .docx, and bring it back to the project’s page. You will see what you changed "
            "before anything is kept."
        )
    ]
    for title, fields in questions.grouped():
        lines = tuple(
            Line(str(field.label), (_box(questions, field.name),))
            for field in fields
            if field.name not in _NEVER_ASKED
        )
        if lines:
            blocks += [Title(title or "Other"), Grid("", QUESTION, (ANSWER,), lines)]
    for kind in STATEMENTS:
        blocks += [Title(STATEMENTS[kind][1]), _statements(kind, words, reader.hidden)]
    blocks += _figures(words.heading.code, reader)
    blocks += shown
    return Form(f"Concept paper: {words.heading.name}", tuple(blocks), carried)


def seal(form: Form, words: models.Project, reader: Reader) -> str:
    """What a form carries unseen: whose it is, what it was given, and where the ledger stood.

    It is signed, not hidden: it names no line that the reader may not read.
    """
    code = words.heading.code
    lines = lines_of(code, reader)
    return _sealed("form", values_of(form), lines, reader.ledger, project=code)


def seal_return(form: Form, lines: Iterable[str], ledger: Ledger) -> str:
    """What a data return carries unseen: what it was given, and where the ledger stood."""
    return _sealed("return", values_of(form), lines, ledger)


def _sealed(what: str, values: Values, lines: Iterable[str], ledger: Ledger, **more: str) -> str:
    carried = {
        "what": what,
        "head": f"{ledger.head.number}:{ledger.head.digest}",
        "lines": {ref: ledger.last_journal(ref) for ref in lines},
        "values": values,
        **more,
    }
    # A spreadsheet takes “_x0041_” for a letter, and that may stand in any long seal.
    return signing.dumps(carried, salt=SALT, compress=True).replace("_", "*")


def unseal(carried: str) -> dict[str, Any] | None:
    """What a form or return of this installation carries; None for anything else."""
    try:
        found = signing.loads(carried.replace("*", "_"), salt=SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, dict) else None


# --- Statements -----------------------------------------------------------------------------------


def _statements(kind: str, words: models.Project, hidden: Collection[str]) -> Grid:
    mark, _ = STATEMENTS[kind]
    empty = forms.STATEMENTS[kind]()
    names = asked(empty)
    lines = tuple(
        Line(str(row.pk), tuple(_box(filled, name) for name in names))
        for row in statements_of(kind, words)
        for filled in [forms.STATEMENTS[kind](instance=row, hidden=hidden)]
    )
    blank = Line("", tuple(_box(empty, name) for name in names))
    columns = tuple(str(empty[name].label) for name in names)
    return Grid("", mark, columns, lines, hint=_ADD, blank=blank)


def statements_of(kind: str, words: models.Project) -> list[Any]:
    """The milestones, risks … of a project, in order."""
    model = forms.STATEMENTS[kind].Meta.model  # type: ignore[attr-defined]
    if model is models.FteImpact:
        return list(words.fte_impacts.all())
    return queries.about(model, [words.heading])


def asked(form: django_forms.ModelForm) -> list[str]:
    """The names of the fields that a form asks on paper, in order."""
    return [field.name for field in form.visible_fields() if field.name not in _NEVER_ASKED]


# --- Boxes and answers ----------------------------------------------------------------------------


def _box(form: django_forms.ModelForm, name: str) -> Box:
    """A field of a form as a place to fill in."""
    field = form.fields[name]
    value = field.prepare_value(form.get_initial_for_field(field, name))
    labels = _labels(field)
    if labels is None:
        return Box(_text(value))
    return Box(labels.get(_text(value), ""), options=tuple(labels.values()))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _labels(field: django_forms.Field) -> dict[str, str] | None:
    """By value what a choice is called ("" for the empty one); None for what is no choice."""
    choices = getattr(field, "choices", None)
    if choices is None:
        return None
    return {str(value): str(label) if str(value) else "" for value, label in choices}


def data_for(form: django_forms.ModelForm, answers: Mapping[str, str]) -> dict[str, str]:
    """What a browser would send of a form whose answers, by label, somebody changed on paper."""
    data = {}
    for field in form.visible_fields():
        value = field.field.prepare_value(form.get_initial_for_field(field.field, field.name))
        data[field.name] = _text(value)
        answer = answers.get(str(field.label))
        if answer is not None and field.name not in _NEVER_ASKED:
            labels = _labels(field.field)
            known = {label: value for value, label in (labels or {}).items()}
            data[field.name] = known.get(answer, answer)
    return data


# --- Figures --------------------------------------------------------------------------------------


def _figures(code: str, reader: Reader) -> Iterator[Title | Paragraph | Grid]:
    """A grid of ratings by year for each line of the project, current and proposed apart."""
    ledger, horizon = reader.ledger, ledger_queries.horizon()
    lines = lines_of(code, reader)
    for tranche in (Tranche.CURRENT, Tranche.PROPOSED):
        own = {ref: line for ref, line in lines.items() if line.tranche is tranche}
        if own:
            yield Title(f"{in_words(tranche)}: amounts by rating and year")
            yield Paragraph("In £000; what helps the budget is positive. Leave nought empty.")
        for ref, line in own.items():
            sums = held(ledger, ref)
            planned = horizon.labels if horizon else ()
            years = sorted({*planned, *(year for year, _ in sums)} - {UNPROFILED})
            yield Grid(
                f"{reader.title(ref)} ({in_words(line.kind).lower()})",
                amounts_mark(ref),
                tuple(map(year_words, [*years, UNPROFILED])),
                tuple(
                    Line(
                        in_words(account),
                        tuple(
                            Box(thousands(sums.get((year, account), 0)), is_number=True)
                            for year in [*years, UNPROFILED]
                        ),
                    )
                    for account in RATINGS
                ),
            )
    if any(ref in reader.hidden for ref, line in ledger.lines.items() if line.project == code):
        yield Paragraph("Lines that you may not read are left out.")


def lines_of(code: str, reader: Reader) -> dict[str, LineAttributes]:
    """The lines of a project that this person may read."""
    return {
        ref: line
        for ref, line in reader.ledger.lines.items()
        if line.project == code and ref not in reader.hidden
    }
