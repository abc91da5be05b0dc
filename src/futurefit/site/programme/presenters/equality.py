"""How are assessments and consultations shown: one, and all of them?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from futurefit.kernel.report import Cell, Column, Row, Shape, Table
from futurefit.programme import consultations, equality
from futurefit.programme.equality import Characteristic, Effect, Relevance
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.naming import in_words
from futurefit.site.programme import models
from futurefit.site.programme.links import part_url, statement_url
from futurefit.site.programme.queries import assessment_of, chain_of, consultation_of

UNDER_WAY, TO_SIGN, SIGNED = "Under way", "To be signed", "Signed"


def state(assessment: equality.Assessment) -> str:
    """How far an assessment has come, in words."""
    if assessment.relevance is Relevance.NOT_SCREENED:
        return in_words(Relevance.NOT_SCREENED)
    if equality.unready(assessment):
        return UNDER_WAY
    what = "Not relevant, " if assessment.relevance is Relevance.NOT_RELEVANT else ""
    return f"{what}{SIGNED if assessment.is_signed else TO_SIGN}".capitalize()


def equality_url(part: Heading) -> str:
    """The page about equality and consultation of a part."""
    return f"{part_url(part)}equality/"


def register_table(
    parts: Iterable[Heading], rows: Iterable[models.EqualityAssessment], *, drafts: bool
) -> Table:
    """Every part of the programme with how far its assessment has come; what an assessment found
    before it was signed only with `drafts`.

    A part without one of its own stands under that of what it is a part of; a workstream is left
    out then.
    """
    own = {row.about_id: row for row in rows}
    found = []
    for part in parts:
        row = own.get(part.pk)
        if row is None and part.dimension == Heading.Dimension.WORKSTREAM:
            continue
        above = next((own[over.pk] for over in chain_of(part)[1:] if over.pk in own), None)
        assessment = assessment_of(row or above)
        under = f" (that of {above.about.name})" if above and row is None else ""
        harmed = [
            equality.in_words(characteristic)
            for characteristic, each in assessment.found.items()
            if each.effect is Effect.NEGATIVE and (drafts or assessment.is_signed)
        ]
        found.append(
            (
                Cell(part.name, equality_url(part)),
                Cell(str(part.get_dimension_display())),
                Cell(f"{state(assessment)}{under}"),
                Cell("" if assessment.is_settled else "Blocks a decision"),
                Cell(", ".join(harmed)),
                Cell(row.signed_on if row else None),
                Cell(row.review_on if row and (drafts or row.signed_on) else None),
            )
        )
    return Table(
        "Equality assessments",
        (
            Column("about", "Theme, workstream or project"),
            Column("dimension", "What it is"),
            Column("state", "State"),
            Column("blocks", "Decision"),
            Column("harmed", "Harm found for"),
            Column("signed_on", "Signed on", Shape.DATE),
            Column("review_on", "Next review", Shape.DATE),
        ),
        tuple(map(Row, found)),
    )


def groups_table(rows: Iterable[models.EqualityAssessment]) -> Table:
    """What several proposals do to the same group, side by side and never added up."""
    named: dict[tuple[Characteristic, Effect], list[str]] = {}
    for row in rows:
        for characteristic, each in assessment_of(row).found.items():
            named.setdefault((characteristic, each.effect), []).append(row.about.name)
    return Table(
        "What all proposals do to each group",
        (
            Column("group", "Characteristic"),
            Column("negative", "Harmed by"),
            Column("positive", "Helped by"),
        ),
        tuple(
            Row(
                (
                    Cell(equality.in_words(characteristic)),
                    *(
                        Cell(", ".join(named.get((characteristic, effect), [])))
                        for effect in (Effect.NEGATIVE, Effect.POSITIVE)
                    ),
                )
            )
            for characteristic in Characteristic
        ),
        notes=("A harm is never netted against a gain: there is no score.",),
    )


def effects_table(row: models.EqualityAssessment, *, editable: bool) -> Table:
    """What one assessment found on each characteristic."""
    kept = {effect.characteristic: effect for effect in row.effects.all()}
    base = equality_url(row.about)
    found = []
    for characteristic in Characteristic:
        effect = kept.get(characteristic)
        href = f"{base}{characteristic.value.lower()}/" if editable else ""
        found.append(
            (
                Cell(equality.in_words(characteristic), href),
                Cell(effect.get_effect_display() if effect else "Not stated"),
                Cell(effect.get_size_display() if effect and effect.size else ""),
                Cell(effect.get_certainty_display() if effect and effect.certainty else ""),
                Cell(effect.evidence if effect else ""),
                Cell(effect.mitigation if effect else ""),
            )
        )
    return Table(
        "Effects",
        (
            Column("group", "Characteristic"),
            Column("effect", "Effect"),
            Column("size", "How large"),
            Column("certainty", "How certain"),
            Column("evidence", "Evidence"),
            Column("mitigation", "What is done about harm"),
        ),
        tuple(map(Row, found)),
    )


def consultations_table(
    rows: Iterable[models.Consultation], today: date, *, link: Callable[[models.Consultation], str]
) -> Table:
    """Consultations, with their days and how far each has come."""
    found = []
    for row in rows:
        value = consultation_of(row)
        waits = consultations.missing(value, today)
        found.append(
            (
                Cell(row.what, link(row)),
                Cell(row.about.name, equality_url(row.about)),
                Cell(row.audience),
                Cell(row.starts_on),
                Cell(row.ends_on),
                Cell(value.days),
                Cell(in_words(consultations.progress(value, today))),
                Cell("Blocks a decision" if waits else ""),
            )
        )
    return Table(
        "Consultations",
        (
            Column("what", "What is asked"),
            Column("about", "About"),
            Column("audience", "Who is asked"),
            Column("starts_on", "First day", Shape.DATE),
            Column("ends_on", "Last day", Shape.DATE),
            Column("days", "Days", Shape.COUNT),
            Column("progress", "How far"),
            Column("blocks", "Decision"),
        ),
        tuple(map(Row, found)),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A consultation on the page of its part: what it shows on each principle of fairness."""

    row: models.Consultation
    progress: str
    answers: Sequence[tuple[str, str, str]]
    edit: str
    consider: str


def shown(
    row: models.Consultation, today: date, decided_on: date | None, *, editable: bool
) -> Shown:
    """A consultation in full; links for who may change it."""
    value = consultation_of(row, decided_on)
    so_far = consultations.progress(value, today)
    href = statement_url(row, editable=editable)
    can_consider = editable and so_far is consultations.Progress.REPORTED
    held = {True: "Yes", False: "No", None: "To be judged"}
    return Shown(
        row,
        in_words(so_far),
        [
            (answer.principle, held[answer.holds], answer.words)
            for answer in consultations.gunning(value)
        ],
        href,
        f"{href}consider/" if can_consider else "",
    )
