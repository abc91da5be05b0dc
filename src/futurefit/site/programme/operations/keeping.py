"""How is a row of words kept: by whom, with which history, and not over somebody else's?"""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from futurefit.ledger.refusal import Refusal
from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.accounts.models import User
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import Refused, words_changed
from futurefit.site.ledger.operations.writing import refuse
from futurefit.site.programme import history, models, queries, rights

Row = TypeVar("Row", bound=Model)


def part_of(words: models.Placed) -> Heading:
    """The theme, workstream or project that something is said about."""
    if isinstance(words, models.About):
        return words.about
    if isinstance(words, models.FteImpact | models.SignOff):
        return words.project.heading
    if isinstance(words, models.Reading):
        return words.measure.about
    if isinstance(words, models.EqualityEffect):
        return words.assessment.about
    return words.heading  # type: ignore[attr-defined]


def must_edit(by: Holder, part: Heading) -> frozenset[Role]:
    """The roles that somebody holds on a part; refuse who may not change its words."""
    roles = queries.roles_on(by, part)
    if not rights.may_edit(roles):
        raise refuse("PRO-RIGHTS", f"You may not change what is said about “{part.name}”.")
    return roles


def refuse_stale(stands: models.Placed, seen: str | None) -> None:
    """Refuse a form when somebody wrote since it was shown; None is no form."""
    if seen is None or history.seen(stands) == seen:
        return
    since = history.since(stands, seen)
    told = sorted({change.field.lower() for change in since})
    who = sorted({change.by for change in since if change.by})
    raise refuse(
        "PRO-STALE",
        f"{' and '.join(who) or 'Somebody'} changed this since you opened the form "
        f"({', '.join(told)}). Look at it as it stands now, and change it again.",
    )


def save(row: Row, by: Holder, why: str) -> Row:
    """Check and save a row of words with its history."""
    try:
        row.full_clean()
    except ValidationError as wrong:
        raise Refused(
            Refusal("PRO-INVALID", message, "" if field == NON_FIELD_ERRORS else field)
            for field, messages in wrong.message_dict.items()
            for message in messages
        ) from None
    tell(row, by, why)
    row.save()
    words_changed()
    return row


def tell(row: Model, by: Holder, why: str) -> None:
    """Say to the history who changes a row, and why."""
    row._history_user = User.objects.filter(pk=by.user_id or 0).first()  # type: ignore[attr-defined]
    row._change_reason = why  # type: ignore[attr-defined]
