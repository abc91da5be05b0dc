"""How does a change wait for its second person?

A delivery by one person stands only when somebody from finance, and not the same person, has
looked at it. Until then it is a proposal: it counts nowhere. If its lines move in the meantime it
cannot be accepted, for it was checked against figures that no longer stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from futurefit.ledger import chain
from futurefit.ledger.entries import Draft, EntryKind, Journal
from futurefit.ledger.proof import NOTHING, Proof, completed
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import drafts, models, people, queries
from futurefit.site.ledger.models import Proposal
from futurefit.site.ledger.operations import posting
from futurefit.site.ledger.operations.writing import Refused, exclusive, refuse, words_changed


def propose(
    draft: Draft,
    *,
    by: Holder,
    expects: Mapping[str, int],
    clock: posting.Clock = timezone.now,
) -> Proposal:
    """Keep a change for a second person to decide. It is checked as if it were posted now."""
    draft = chain.in_nfc(replace(draft, by=by.post, checked_by=""))
    if any(entry.kind is EntryKind.OPEN_LINE for entry in draft.entries):
        raise refuse("LED-SHAPE", "Open the line first, then propose what happened on it.")
    with exclusive() as head:
        ledger = queries.ledger_at(chain.Head(head.number, head.digest))
        refused = people.refusals(ledger, draft, by)
        if not refused:
            posting.refuse_stale(ledger, draft, expects)
            refused = [
                refusal
                for refusal in posting.refusals(ledger, draft, clock(), words={}, by=by)
                if refusal.code not in posting.WAITS_FOR
            ]
        if refused:
            raise Refused(refused)
        written = drafts.write(draft)
        waiting = Proposal.objects.filter(status=Proposal.Status.WAITING, by_user_id=by.user_id)
        if any(proposal.draft == written for proposal in waiting):
            raise refuse("LED-PROPOSED", "You have proposed exactly this already, and it waits.")
        words_changed()  # lists of what is waiting change
        return Proposal.objects.create(
            draft=written,
            expects=dict(expects),
            by=by.post,
            by_user_id=by.user_id,
            at=clock(),
        )


def accept_proposal(
    number: int,
    *,
    by: Holder,
    brings: Proof = NOTHING,
    clock: posting.Clock = timezone.now,
) -> Journal:
    """Post a proposal with `by` as its second person, and give back the journal.

    `brings` is the evidence or the class of saving that the proposal came without. Raises Refused,
    or Stale when a line has moved since: the proposal then still waits.
    """
    with exclusive() as head:
        proposal = _waiting(number)
        ledger = queries.ledger_at(chain.Head(head.number, head.digest))
        draft = completed(drafts.read(proposal.draft), ledger, brings)
        draft = chain.in_nfc(replace(draft, checked_by=_decider(proposal, by)))
        refused = people.check_refusals(ledger, draft, by)
        if refused:
            raise Refused(refused)
        if people.proposed(proposal, by):
            raise refuse("LED-SAME-PERSON", "The person who checks must be another person.")
        journal = posting.append(
            draft,
            head,
            ledger,
            by=by,
            expects=proposal.expects,
            words={},
            clock=clock,
        )
        # What was proposed stands in the journal now, and the person's words only there.
        _decide(proposal, Proposal.Status.ACCEPTED, by, clock, draft={}, journal_id=journal.number)
        return journal


def refuse_proposal(
    number: int, *, by: Holder, answer: str, clock: posting.Clock = timezone.now
) -> None:
    """Turn a proposal down, or take one's own back, and say why."""
    with exclusive():
        proposal = _waiting(number)
        ledger = queries.current_ledger()
        if not people.proposed(proposal, by) and people.check_refusals(
            ledger, drafts.read(proposal.draft), by
        ):
            raise refuse("LED-RIGHTS", "Only finance, or who proposed it, may turn it down.")
        if not answer.strip():
            raise refuse(
                "LED-NO-WHY", "Say why: the person who proposed it will read it.", "answer"
            )
        _decide(proposal, Proposal.Status.REFUSED, by, clock, answer=answer)


def _waiting(number: int) -> Proposal:
    proposal = Proposal.objects.filter(pk=number).first()
    if proposal is None:
        raise refuse("LED-NO-PROPOSAL", "There is no such proposal.")
    if proposal.status != Proposal.Status.WAITING:
        raise refuse(
            "LED-DECIDED",
            f"This was decided already: {proposal.get_status_display().lower()} by "
            f"{proposal.decided_by}.",
        )
    return proposal


def _decider(proposal: Proposal, by: Holder) -> str:
    return people.second_name(people.proposer(proposal), by)


def _decide(
    proposal: Proposal, status: models.Proposal.Status, by: Holder, clock: posting.Clock, **what
) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(
        status=status, decided_by=_decider(proposal, by), decided_at=clock(), **what
    )
    words_changed()
