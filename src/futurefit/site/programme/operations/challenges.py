"""How is a project challenged, and how does it answer? (rule LIF-08)"""

from __future__ import annotations

from datetime import date

from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.programme import models, queries, rights
from futurefit.site.programme.operations.keeping import must_edit, refuse_stale, save


def ask(
    part: Heading,
    *,
    question: str,
    owner_post: str,
    due_on: date,
    on: date,
    by: Holder,
    for_councillor: str = "",
) -> models.Challenge:
    """Ask a question on a part of the programme, to be answered by a post by a day. An officer may
    put it for a councillor, whose post `for_councillor` is.
    """
    if not rights.may_challenge(queries.roles_on(by, part)):
        raise refuse("LIF-RIGHTS", "A councillor, finance or the programme office asks.")
    if due_on < on:
        raise refuse("LIF-DUE", "Give a day that is still to come.", "due_on")
    with exclusive():
        asked = models.Challenge(
            about=part,
            question=question,
            asked_post=by.post,
            asked_by=by.user_id,
            for_councillor=by.post if Role.COUNCILLOR in by.roles else for_councillor.strip(),
            asked_on=on,
            owner_post=owner_post,
            due_on=due_on,
            order=models.Challenge.objects.filter(about=part).count() + 1,
        )
        return save(asked, by, "")


def answer(
    challenge: models.Challenge, *, text: str, on: date, by: Holder, seen: str | None, why: str = ""
) -> models.Challenge:
    """Answer a question, or put an answer right: its history keeps the answer before. Whoever put
    the question does not answer it.
    """
    with exclusive():
        row = models.Challenge.objects.select_related("about").get(pk=challenge.pk)
        must_edit(by, row.about)
        refuse_stale(row, seen)
        if queries.put_by(row, by):
            raise refuse("LIF-TWICE", "You put this question: somebody else answers it.", "answer")
        if not text.strip():
            raise refuse("LIF-ANSWER", "Write an answer.", "answer")
        row.answer, row.answered_post, row.answered_on = text, by.post, on
        return save(row, by, why)
