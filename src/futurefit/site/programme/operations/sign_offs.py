"""How does somebody agree a project with its figures? (rules PRO-02, LIF-03)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations.writing import Refused, exclusive, refuse
from futurefit.site.programme import models, queries, rights
from futurefit.site.programme.operations.keeping import save


def sign_off(
    project: models.Project,
    *,
    capacity: str,
    on: date,
    expects: Mapping[str, int],
    by: Holder,
    note: str = "",
) -> models.SignOff:
    """Agree a project with its figures as they stand in the ledger now.

    `expects` is the last journal of each of its lines as they were shown to whoever signs: nobody
    signs figures that they have not seen. Nobody signs one project in two capacities, though their
    post changes in between.
    """
    with exclusive() as head:
        if capacity not in rights.sign_offs(queries.roles_on(by, project.heading)):
            raise refuse(
                "PRO-SIGN", f"You may not sign this project off as {capacity}.", "capacity"
            )
        stands = queries.lines_of(project.heading.code)
        moved = [ref for ref in {*stands, *expects} if stands.get(ref) != expects.get(ref)]
        if moved:
            raise moved_since(moved, by=by)
        for standing in queries.sign_offs_of(project):
            other = standing.latest
            # One that has lapsed comes to hold again when its figures are put right again.
            if other is not None and standing.capacity != capacity and _is(other, by):
                raise refuse(
                    "LIF-TWICE",
                    f"You have signed it as {standing.capacity}: somebody else signs as "
                    f"{capacity}.",
                    "capacity",
                )
        signed = models.SignOff(
            project=project,
            role=capacity,
            post_title=by.post,
            signed_by=by.user_id,
            signed_on=on,
            ledger_number=head.number,
            ledger_digest=head.digest,
            note=note,
        )
        return save(signed, by, "")


def _is(signed: models.SignOff, by: Holder) -> bool:
    """True when somebody signed this: the person, whatever their post is called by now."""
    if signed.signed_by is None or by.user_id is None:
        return signed.post_title == by.post
    return signed.signed_by == by.user_id


def moved_since(lines: Iterable[str], *, by: Holder) -> Refused:
    """The refusal of a signature under figures that have moved on some lines: it names those that
    whoever signs may read.
    """
    held = ledger_queries.current_ledger().lines
    told = sorted(ref for ref in lines if ref in held and by.may_read(held[ref]))
    named = f" ({', '.join(told)})" if told else ""
    return refuse(
        "PRO-MOVED",
        f"The figures have changed since you looked at them{named}. Look at them as they stand "
        "now, then sign.",
    )
