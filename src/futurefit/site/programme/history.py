"""Who changed which words, when, from what to what?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from futurefit.site.programme import models


@dataclass(frozen=True, slots=True)
class Change:
    """One field of something said, changed by somebody at a moment. `old` is "" for what is new."""

    number: int
    at: datetime
    by: str
    what: str
    field: str
    old: str
    new: str
    why: str
    by_user: int | None = None
    names_lines: bool = False
    """Old and new are references of lines, which not everybody may read."""


_UNTOLD = frozenset(
    {"id", "heading", "about", "project", "assessment", "asked_by", "signed_by", "once"}
)
_UNTOLD_WHEN_NEW = frozenset(
    {"order", *(f.name for f in models.Placed._meta.fields if f.name.startswith("source_"))}
)
"""Of something new only what it says is told; where it was read stands beside it on its page."""


def of(words: models.Placed) -> list[Change]:
    """Every change of one thing that is said; for a part of the programme, of its name; for an
    assessment, of its effects.
    """
    found = [change for records in _records(words) for change in changes(records)]
    return sorted(found, key=lambda change: change.at, reverse=True)


def seen(words: models.Placed) -> str:
    """What tells a form whether anything was written since it was shown."""
    return "-".join(str(_newest(records)) for records in _records(words))


def since(words: models.Placed, token: str) -> list[Change]:
    """What was written since `seen` gave a token."""
    numbers = [int(part) for part in token.split("-") if part.isascii() and part.isdigit()]
    return [
        change
        for records, number in zip(_records(words), [*numbers, 0, 0], strict=False)
        for change in changes(records)
        if change.number > number
    ]


def _records(words: models.Placed) -> list[QuerySet[Any]]:
    """What is kept of something that is said: its own history; of a part of the programme, that of
    its name too; of an assessment, that of its effects, which are signed with it.
    """
    found = [words.history.all()]
    if isinstance(words, models.Theme | models.Workstream | models.Project):
        found.append(words.heading.history.all())
    elif isinstance(words, models.EqualityAssessment):
        found.append(models.EqualityEffect.history.filter(assessment_id=words.pk))
    return found


def _newest(records: Any) -> int:
    numbers = records.order_by("-history_id").values_list("history_id", flat=True)
    return numbers.first() or 0


def changes(records: QuerySet[Any]) -> list[Change]:
    """Every change in a set of historical rows of one kind, field by field, the latest first.

    `records` is a queryset of a history, such as `Project.history.filter(…)`.
    """
    found: list[Change] = []
    earlier: dict[object, Any] = {}
    for record in records.select_related("history_user").order_by("history_date", "history_id"):
        key = getattr(record, record.instance_type._meta.pk.attname)
        found += _between(earlier.get(key), record)
        earlier[key] = record
    return found[::-1]


def day_of(record: Any) -> date:
    """The day, here, on which a historical row was written."""
    return timezone.localdate(record.history_date)


def _between(earlier: Any, record: Any) -> list[Change]:
    model = record.instance_type
    found = []
    for field in model._meta.concrete_fields:
        if field.name in _UNTOLD or (earlier is None and field.name in _UNTOLD_WHEN_NEW):
            continue
        old = "" if earlier is None else _told(earlier, field)
        new = "" if record.history_type == "-" else _told(record, field)
        if old != new:
            found.append(
                Change(
                    number=record.history_id,
                    at=record.history_date,
                    by=record.history_user.post if record.history_user else "",
                    what=str(model._meta.verbose_name).capitalize(),
                    field=str(field.verbose_name).capitalize(),
                    old=old,
                    new=new,
                    why=record.history_change_reason or "",
                    by_user=record.history_user_id,
                    names_lines=model is models.Milestone and field.name == "lines",
                )
            )
    return found


def _told(record: Any, field: Any) -> str:
    """A field as a reader is told it: the word of a choice, the name of what it points to."""
    value = getattr(record, field.attname)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation:
        target = field.related_model._default_manager.filter(pk=value).first()
        return str(target) if target else f"number {value}"
    return str(value)


def newest(milestones: Iterable[models.Milestone], risks: Iterable[models.Risk]) -> dict[str, int]:
    """The newest wording of each milestone ("m12") and risk ("r5"), in two queries."""
    return {
        **_newest_of("m", models.Milestone, [row.pk for row in milestones]),
        **_newest_of("r", models.Risk, [row.pk for row in risks]),
    }


def moved(seen: Mapping[str, int]) -> list[str]:
    """The milestones and risks, in words, that were written since `newest` gave these numbers."""
    found = []
    kinds: tuple[tuple[str, type[models.Milestone | models.Risk]], ...] = (
        ("m", models.Milestone),
        ("r", models.Risk),
    )
    for letter, model in kinds:
        shown = {int(key[1:]): number for key, number in seen.items() if key[0] == letter}
        rows = model._default_manager.in_bulk(shown)
        now = _newest_of(letter, model, list(rows))
        found += [
            f"“{rows[pk]}”" if pk in rows else "something that was taken away"
            for pk, number in shown.items()
            if now.get(f"{letter}{pk}") != number
        ]
    return found


def _newest_of(
    letter: str, model: type[models.Milestone | models.Risk], rows: list[int]
) -> dict[str, int]:
    numbers = model.history.filter(id__in=rows).order_by()
    latest = numbers.values_list("id").annotate(Max("history_id"))
    return {f"{letter}{pk}": number for pk, number in latest}
