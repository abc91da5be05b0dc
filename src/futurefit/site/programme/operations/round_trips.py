"""How is what came back kept, taken and recorded? By these acts only. (rules TRP-03 to TRP-07)

Words change through the same acts as on a page, with their history; figures are posted as one
journal, and what is newly delivered waits as a proposal. All of it, or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django import forms as django_forms
from django.utils import timezone

from futurefit.kernel.form import Filled
from futurefit.kernel.money import NotMoney
from futurefit.kernel.provenance import Provenance
from futurefit.ledger import chain, revising
from futurefit.ledger.classing import class_anew
from futurefit.ledger.entries import RATINGS, Draft, Entry, Journal
from futurefit.ledger.refusal import Refusal
from futurefit.ledger.revising import Nature, held
from futurefit.ledger.state import Ledger
from futurefit.papers import filled as reading
from futurefit.papers.document import Unreadable
from futurefit.programme.returns import Change, year_of
from futurefit.programme.round_trips import Difference, Kind, pence_of
from futurefit.site.accounts.holders import Holder
from futurefit.site.common import isolation
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import people
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Proposal
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.operations import Refused, posting
from futurefit.site.ledger.operations.writing import exclusive, refuse
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme import concept_forms, forms, models
from futurefit.site.programme import queries as programme_queries
from futurefit.site.programme.operations import words as wording
from futurefit.site.programme.operations.keeping import must_edit
from futurefit.site.programme.queries import round_trips as queries

Clock = Callable[[], datetime]
Read = Callable[[str, bytes], Filled]

LONGEST_BLOCK = 500_000
"""Characters of a block that is pasted: some thousand lines with all their years."""


# --- Bringing -------------------------------------------------------------------------------------


def bring(
    name: str,
    data: bytes,
    *,
    by: Holder,
    read: Read = isolation.read_filled_apart,
    clock: Clock = timezone.now,
) -> models.Return:
    """Keep a form or a data return as it was read, in a process of its own. Nothing changes yet."""
    name = name.replace("\\", "/").rpartition("/")[2][-200:] or "form"
    try:
        filled = read(name, data)
    except Unreadable as wrong:
        raise refuse("AUD-02", str(wrong), "file") from None
    carried = concept_forms.unseal(filled.carried)
    if carried is None:
        raise refuse(
            "TRP-SEAL",
            f"{name} does not say which form it is: it was not made here, or what goes with it "
            "unseen was lost on the way. Copy your answers into a new form, or upload it as a "
            "paper.",
            "file",
        )
    project = None
    if carried["what"] == "form":
        part = programme_queries.heading("project", carried["project"])
        found = programme_queries.words_of(part) if part else None
        if not isinstance(found, models.Project):
            raise refuse("TRP-PROJECT", f"There is no project “{carried['project']}”.", "file")
        must_edit(by, found.heading)
        project = found
    kind = models.ReturnKind.FORM if project else models.ReturnKind.WORKBOOK
    return _keep(
        kind, name, filled.sha256, by, clock, project=project, filled=reading.as_values(filled)
    )


def bring_block(text: str, *, by: Holder, clock: Clock = timezone.now) -> models.Return:
    """Keep a block of cells that was pasted. Nothing changes yet."""
    if len(text) > LONGEST_BLOCK:
        raise refuse("TRP-LONG", "That is more than a block. Use a data return.", "block")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return _keep(models.ReturnKind.BLOCK, "Pasted block", sha256, by, clock, block=text)


def _keep(
    kind: models.ReturnKind, name: str, sha256: str, by: Holder, clock: Clock, **more
) -> models.Return:
    if by.user_id is None:
        raise refuse("TRP-RIGHTS", "Sign in first.")
    with exclusive():
        ledger.words_changed()
        return models.Return.objects.create(
            kind=kind,
            name=name,
            sha256=sha256,
            by=by.post,
            by_user_id=by.user_id,
            at=clock(),
            **more,
        )


def set_aside(number: int, *, by: Holder, clock: Clock = timezone.now) -> models.Return:
    """Say that nothing of it is taken."""
    with exclusive():
        row = _open(number, by)
        return _decide(row, models.ReturnStatus.SET_ASIDE, by, clock)


# --- Drafting -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said with a change of figures: from when, why, by which decision, and by line what
    kind of change it is.
    """

    on: date
    why: str
    decision: str = ""
    natures: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """The journal that would be posted, and the delivery that would wait; None without entries."""

    at_once: Draft | None
    delivery: Draft | None


def draft(
    row: models.Return, changes: Iterable[Change], owners: Mapping[str, str], saying: Saying
) -> Drafted:
    """One journal of all that changes; Refused where nobody can tell what a change is."""
    state = ledger_queries.current_ledger()
    codes = {name.name: code for code, name in ledger_queries.headings()["owner"].items()}
    entries: list[Entry] = []
    deliveries: list[Entry] = []
    sources: list[Provenance] = []
    refused: list[Refusal] = []

    def cell(change: Change, place: revising.Place) -> int | None:
        where = change.places.get(place) or next(iter(change.places.values()), "")
        if not where:
            return None
        source = Provenance(file=row.name, sha256=row.sha256, heading=where)
        if source not in sources:
            sources.append(source)
        return sources.index(source)

    for change in changes:
        said = (saying.natures or {}).get(change.ref) or queries.likely(change)
        if not said:
            message = f"Line {change.ref}: say what the change is."
            refused.append(Refusal("TRP-NATURE", message, f"nature {change.ref}"))
            continue
        nature = Nature(said)
        if wrong := revising.objection(nature, change.changes):
            message = f"Line {change.ref}: {wrong}"
            refused.append(Refusal("TRP-NATURE", message, f"nature {change.ref}"))
            continue
        moved, delivery = revising.revise(
            change.ref,
            change.changes,
            change.wanted,
            nature,
            on=saying.on,
            source=lambda place, change=change: cell(change, place),  # type: ignore[misc]
        )
        entries += [moved] if moved else []
        deliveries += [delivery] if delivery else []
    for ref, title in owners.items():
        entries += class_anew(state, ref, on=saying.on, owner=codes.get(title, title))
    if refused:
        raise Refused(refused)

    def header(found: list[Entry]) -> Draft | None:
        if not found:
            return None
        return Draft("", saying.why, tuple(found), decision=saying.decision, sources=tuple(sources))

    return Drafted(header(entries), header(deliveries))


def objections(drafted: Drafted, by: Holder, moment: datetime) -> list[Refusal]:
    """Why the ledger would refuse what is drafted, before anybody confirms it."""
    state = ledger_queries.current_ledger()
    found: list[Refusal] = []
    for one in (drafted.at_once, drafted.delivery):
        if one is not None:
            named = chain.in_nfc(replace(one, by=by.post))
            found += people.refusals(state, named, by)
    if drafted.at_once is not None:
        named = chain.in_nfc(replace(drafted.at_once, by=by.post))
        found += posting.refusals(state, named, moment, {}, by=by)
    return found


# --- Taking ---------------------------------------------------------------------------------------


def take(
    number: int,
    *,
    seen: str,
    taken: Collection[str],
    saying: Saying,
    by: Holder,
    clock: Clock = timezone.now,
) -> models.Return:
    """Take the differences of a form that a person accepted; the others are refused by that.

    `seen` is what `look` gave when they were shown: if anything moved since, nothing is taken.
    """
    with exclusive():
        row = _open(number, by)
        assert row.project is not None
        must_edit(by, row.project.heading)
        looked = _looked(row, seen, by)
        assert looked.compared is not None
        every = looked.compared.differences
        accepted = [one for one in every if one.key in taken]
        if not accepted:
            raise refuse("TRP-NOTHING", "Accept something, or set the form aside.")
        changes = changes_of(
            [one for one in accepted if queries.line_of(one)], ledger_queries.current_ledger()
        )
        drafted = draft(row, changes, {}, saying)
        _take_words([one for one in accepted if not queries.line_of(one)], row, by, saying.why)
        journal, proposal = _post(drafted, by, clock)
        row.taken = [one.key for one in accepted]
        row.left = [one.key for one in every if one.key not in taken]
        return _decide(row, models.ReturnStatus.RECORDED, by, clock, journal, proposal)


def record(
    number: int, *, seen: str, saying: Saying, by: Holder, clock: Clock = timezone.now
) -> models.Return:
    """Post what a data return or a pasted block says as one journal."""
    with exclusive():
        row = _open(number, by)
        returned = _looked(row, seen, by).returned
        if returned.problems:
            raise refuse("TRP-PROBLEMS", "Mend what is wrong in the workbook, and bring it again.")
        drafted = draft(row, returned.changes, returned.owners, saying)
        journal, proposal = _post(drafted, by, clock)
        if journal is None and proposal is None:
            raise refuse("TRP-NOTHING", "It changes nothing.")
        row.taken = [*(change.ref for change in returned.changes), *returned.owners]
        return _decide(row, models.ReturnStatus.RECORDED, by, clock, journal, proposal)


def _open(number: int, by: Holder) -> models.Return:
    row = models.Return.objects.select_related("project__heading").filter(pk=number).first()
    reader = Reader(by, ledger_queries.current_ledger())
    if row is None or not queries.may_look(reader, row):
        raise refuse("TRP-NONE", "There is no such return.")
    if row.status != models.ReturnStatus.OPEN:
        raise refuse("TRP-DECIDED", f"{row.decided_by} has decided on this already.")
    return row


def _looked(row: models.Return, seen: str, by: Holder) -> queries.Looked:
    looked = queries.look(row, Reader(by, ledger_queries.current_ledger()))
    if looked.seen != seen:
        raise refuse(
            "TRP-MOVED",
            "Something changed while this page was open. Look at the differences as they stand "
            "now, and decide again.",
        )
    return looked


def _post(drafted: Drafted, by: Holder, clock: Clock) -> tuple[Journal | None, Proposal | None]:
    """The journal, and the proposal of what is newly delivered."""

    def stands(found: Draft) -> dict[str, int]:
        state = ledger_queries.current_ledger()
        return {ref: state.last_journal(ref) for ref in people.touched(found.entries)}

    journal = proposal = None
    if drafted.at_once is not None:
        found = drafted.at_once
        journal = ledger.post(found, by=by, expects=stands(found), clock=clock)
    if drafted.delivery is not None:
        found = drafted.delivery
        proposal = ledger.propose(found, by=by, expects=stands(found), clock=clock)
    return journal, proposal


def _decide(
    row: models.Return,
    status: models.ReturnStatus,
    by: Holder,
    clock: Clock,
    journal: Journal | None = None,
    proposal: Proposal | None = None,
) -> models.Return:
    row.status, row.decided_by, row.decided_at = status, by.post, clock()
    row.journal_id = journal.number if journal else None
    row.proposal = proposal
    row.save()
    ledger.words_changed()
    return row


def changes_of(differences: Iterable[Difference], state: Ledger) -> list[Change]:
    """The changes of figures that accepted boxes of a form make, line by line."""
    accounts = {in_words(account): account for account in RATINGS}
    boxes: dict[str, list[Difference]] = {}
    for one in differences:
        boxes.setdefault(queries.line_of(one), []).append(one)
    found, refused = [], []
    for ref, own in boxes.items():
        now = held(state, ref)
        wanted, places = dict(now), {}
        for one in own:
            year = year_of(one.column)
            try:
                pence = pence_of(one.theirs)
            except NotMoney as wrong:
                refused.append(Refusal("TRP-AMOUNT", f"{one.what}: {wrong}", one.key))
                continue
            if year is not None:
                wanted[year, accounts[one.mark]] = pence
                places[year, accounts[one.mark]] = one.place
        differs = {
            place: wanted.get(place, 0) - now.get(place, 0)
            for place in wanted
            if wanted.get(place, 0) != now.get(place, 0)
        }
        if differs:
            found.append(Change(ref, wanted, differs, places, revising.looks_like(differs)))
    if refused:
        raise Refused(refused)
    return found


def _take_words(accepted: Iterable[Difference], row: models.Return, by: Holder, why: str) -> None:
    """Change, add and take away what the words say."""
    assert row.project is not None
    why = why or f"From {row.name}"
    rows: dict[tuple[str, str], dict[str, Difference]] = {}
    for one in accepted:
        kind = concept_forms.KIND_OF.get(one.grid, "")
        if one.kind is Kind.CHANGED:
            column = one.column or one.mark
            rows.setdefault((kind, one.mark if kind else ""), {})[column] = one
        elif one.kind is Kind.REMOVED:
            wording.remove(_statement(kind, one, row.project), by=by, why=why)
        else:
            _add(kind, one, row.project, by, why)
    for (kind, _), changed in rows.items():
        answers = {label: one.theirs for label, one in changed.items()}
        first = next(iter(changed.values()))
        if kind:
            words: models.Placed = _statement(kind, first, row.project)
            _revise(words, forms.STATEMENTS[kind], answers, first, by, why)
        else:
            _revise(row.project, forms.ProjectForm, answers, first, by, why)


def _statement(kind: str, one: Difference, project: models.Project) -> models.Placed:
    found = {str(words.pk): words for words in concept_forms.statements_of(kind, project)}
    if one.mark not in found:
        raise refuse("TRP-GONE", f"{one.what} was taken away here meanwhile.", one.key)
    return found[one.mark]


def _revise(
    words: models.Placed,
    made: type[django_forms.ModelForm],
    answers: Mapping[str, str],
    first: Difference,
    by: Holder,
    why: str,
) -> None:
    """Change what somebody changed on paper, tested by the form of the page, and nothing else."""
    more = _for(made, by)
    unbound = made(instance=words, **more)
    names = {str(field.label): field.name for field in unbound.visible_fields()}
    form = made(concept_forms.data_for(unbound, answers), instance=words, **more)
    form.is_valid()
    _refuse_errors(form, [names[label] for label in answers], first)
    stands = type(words)._default_manager.get(pk=words.pk)
    for label in answers:
        if names[label] != "name":
            setattr(stands, names[label], form.cleaned_data[names[label]])
    name = form.cleaned_data["name"] if "Name" in answers else None
    wording.revise(stands, by=by, seen=None, name=name, why=why)


def _add(kind: str, one: Difference, project: models.Project, by: Holder, why: str) -> None:
    made = forms.STATEMENTS[kind]
    words = made.Meta.model()  # type: ignore[attr-defined]
    wording.attach(words, project.heading)
    form = made(concept_forms.data_for(made(), one.row), instance=words, **_for(made, by))
    form.is_valid()
    _refuse_errors(form, list(form.fields), one)
    words = form.save(commit=False)
    wording.attach(words, project.heading)
    wording.add(words, by=by, why=why)


def _for(made: type[django_forms.ModelForm], by: Holder) -> dict[str, Any]:
    """What the form of a statement asks about whoever fills it in."""
    if not issubclass(made, forms.StatementForm):
        return {}
    return {"hidden": Reader(by, ledger_queries.current_ledger()).hidden}


def _refuse_errors(form: django_forms.ModelForm, names: Collection[str], one: Difference) -> None:
    """Refuse what the form of the page would refuse, in its words."""
    found = [
        Refusal("TRP-INVALID", f"{one.what}: {form.fields[name].label}: {error}", one.key)
        for name, errors in form.errors.items()
        if name in names
        for error in errors
    ]
    found += [
        Refusal("TRP-INVALID", f"{one.what}: {error}", one.key) for error in form.non_field_errors()
    ]
    if found:
        raise Refused(found)
