"""A part of a paper beside its source: decide line by line, then record what was accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify

from futurefit.kernel.money import print_money
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import Table
from futurefit.ledger import revising
from futurefit.ledger.double_counts import in_words as in_words_of
from futurefit.ledger.entries import Restriction
from futurefit.ledger.said import SaidLine
from futurefit.papers.candidates import LineCandidate
from futurefit.site.common import tables as common_tables
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.common.listing import listing
from futurefit.site.ledger import people
from futurefit.site.ledger.forms import ChangeForm
from futurefit.site.ledger.forms.attributes import attributes_initial
from futurefit.site.ledger.links import line_url
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.reading import Reader
from futurefit.site.ledger.suspecting import suspected_of
from futurefit.site.ledger.views import changing
from futurefit.site.papers import forms, links, operations, queries, reviewing
from futurefit.site.papers.models import Decision, Nature, Upload, Verdict
from futurefit.site.papers.operations import Seen
from futurefit.site.papers.presenters import redrawing, tables
from futurefit.site.papers.presenters.redrawing import CellPlace, Mark
from futurefit.site.papers.queries import State
from futurefit.site.papers.reviewing import Difference
from futurefit.site.papers.views.asking import noted, part_of, reviewable
from futurefit.site.papers.views.paper import found_marks


@dataclass(frozen=True, slots=True)
class LineView:
    """A candidate line as the review shows it."""

    key: str
    title: str
    line: str
    line_title: str
    line_href: str
    state: State
    differences: tuple[Difference, ...]
    doubts: tuple[str, ...]
    totals: tuple[str, ...]
    note: str
    is_settled: bool
    table: SafeString | str
    decide: str
    suspects: tuple[tuple[str, str], ...] = ()
    """What it may count twice, and the line of the ledger that it stands beside."""


class Review:
    """A part of a paper with everything that its pages show."""

    def __init__(self, reader: Reader, upload: Upload, slug: str) -> None:
        self.reader, self.upload = reader, upload
        self.study = queries.study(upload)
        self.part = part_of(self.study, slug)
        self.states = queries.states(upload)
        self.matcher = queries.matcher(upload, reader.ledger, reader.words, reader.hidden)
        self.before = self.matcher.before

    def state(self, key: str) -> State:
        """How far a line has come."""
        return self.states.get((self.part.slug, key), queries.UNDECIDED)

    def amounts(self, line: LineCandidate) -> tuple[reviewing.Amount, ...]:
        """What the paper prints for a line."""
        return reviewing.proposed(line, self.upload.name, self.upload.sha256)

    def match(self, line: LineCandidate) -> str:
        """The line of the ledger that a candidate is, as decided or as it seems; "" for none."""
        decision = self.state(line.key).decision
        if decision is not None and decision.verdict == Verdict.ACCEPTED:
            return decision.line
        return self.matcher.line(self.part.slug, line)

    def differences(self, line: LineCandidate, ref: str) -> list[Difference]:
        """A line's amounts beside those before and those of the ledger."""
        earlier = self.before.get((self.part.slug, line.key))
        before = earlier.sums if earlier is not None else None
        return reviewing.compare(self.amounts(line), revising.held(self.reader.ledger, ref), before)

    @cached_property
    def suspects(self) -> dict[str, list[tuple[str, str]]]:
        """By candidate, in words, what it may count twice, and the line beside it (rule CLA-10).

        A candidate that is a line of the ledger already stands there: it is no second one.
        """
        said: dict[str, LineCandidate] = {}
        for one in self.part.lines:
            decision = self.state(one.key).decision
            rejected = decision is not None and decision.verdict == Verdict.REJECTED
            if not rejected and self.match(one) not in self.reader.ledger.lines:
                name = f"“{(one.title.text or one.key)[:60]}”"
                said[name if name not in said else f"{name} ({one.key})"] = one
        found: dict[str, list[tuple[str, str]]] = {}
        for looked in suspected_of(
            self.reader.ledger,
            said.keys(),
            hidden=self.reader.hidden,
            besides=[self.said_line(name, one) for name, one in said.items()],
        ):
            for name, other in (looked.suspect.pair, looked.suspect.pair[::-1]):
                if name in said:
                    beside = line_url(other) if other in self.reader.ledger.lines else ""
                    found.setdefault(said[name].key, []).append(
                        (in_words_of(looked.suspect), beside)
                    )
        return found

    def said_line(self, name: str, line: LineCandidate) -> SaidLine:
        """A candidate as double counts are looked for: by its title and what it prints."""
        by_year: dict[str, int] = {}
        for amount in self.amounts(line):
            by_year[amount.year] = by_year.get(amount.year, 0) + amount.pence
        attributes = line.attributes
        return SaidLine(
            line=name,
            title=line.title.text or line.key,
            paper=self.upload.name,
            service=attributes.service,
            directorate=attributes.directorate,
            kind=attributes.kind,
            amounts={year: pence for year, pence in by_year.items() if pence},
        )

    def note(self, line: LineCandidate, compared: list[Difference]) -> tuple[str, bool]:
        """What became of the line in the version before, and whether nothing is left to decide."""
        earlier = self.before.get((self.part.slug, line.key))
        if earlier is None:
            return ("New in this version." if self.upload.revises else "", False)
        if earlier.decision.verdict == Verdict.REJECTED:
            return (f"Rejected in {earlier.upload.name}: {earlier.decision.why}", True)
        changed = [one for one in compared if one.word not in (reviewing.SAME, "since")]
        if changed:
            return (f"Changed since {earlier.upload.name}.", False)
        return (f"As it was accepted in {earlier.upload.name}.", True)

    def line_view(self, line: LineCandidate) -> LineView:
        """A line with its differences and doubts."""
        ref = self.match(line)
        compared = self.differences(line, ref)
        note, settled = self.note(line, compared)
        there = ref in self.reader.ledger.lines and ref not in self.reader.hidden
        title = line.title.text or line.key
        shown = tables.differences_table(
            self.upload.pk,
            f"Amounts of {title}",
            compared,
            revises=self.upload.revises is not None,
            line=ref if there else "",
        )
        return LineView(
            key=line.key,
            title=title,
            line=ref,
            line_title=self.reader.title(ref) if there else "",
            line_href=line_url(ref) if there else "",
            state=self.state(line.key),
            differences=tuple(compared),
            doubts=tuple(reviewing.doubts(line)),
            totals=tuple(total_words(line)),
            note=note,
            is_settled=settled and self.state(line.key).decision is None,
            table=difference_html(shown, line.key) if compared else "",
            decide=links.decide_url(self.upload.pk, self.part.slug, line.key),
            suspects=tuple(self.suspects.get(line.key, ())),
        )

    def dropped(self) -> list[tuple[str, str]]:
        """Lines that the version before had and this one has not: key and the ledger's line."""
        return [
            (key, earlier.decision.line)
            for (of, key), earlier in self.before.items()
            if of == self.part.slug
            and self.part.line(key) is None
            and earlier.decision.verdict == Verdict.ACCEPTED
        ]

    def source(self, lines: tuple[LineCandidate, ...], prefix: str = "t") -> list[SafeString]:
        """The tables that lines were read from, with what was read and found marked."""
        marks: dict[CellPlace, list[Mark]] = dict(found_marks(self.upload, self.study))
        wanted = {
            place.table
            for line in lines
            for place in (
                line.title.place,
                *(one.said.place for one in line.amounts),
                *(one.said.place for one in line.totals),
            )
        }
        for line in lines:
            for one in line.amounts:
                place = one.said.place
                at = (place.table or 0, place.row or 0, place.column or 0)
                rating = in_words(reviewing.rating_of(one.account)).lower()
                words = f"read as {print_money(one.pence)}, {one.year}, {rating}"
                marks.setdefault(at, []).append(Mark(words, kind="read"))
        return [
            redrawing.table_html(table, marks, prefix=prefix)
            for table in self.study.document.tables
            if table.index in wanted
        ]


def difference_html(table: Table, name: str) -> SafeString:
    """A table under the heading of its line."""
    return common_tables.html(table, name=f"line-{slugify(name)}", caption_hidden=True)


def total_words(line: LineCandidate) -> list[str]:
    """A line's printed totals beside its amounts: those apart one by one, the rest counted."""
    apart, agreeing = [], 0
    for total in line.totals:
        held = sum(
            one.pence
            for one in line.amounts
            if total.year in ("", one.year) and total.account in (None, one.account)
        )
        if held == total.pence:
            agreeing += 1
            continue
        where = total.year or "all years"
        if total.account is not None:
            where += f", {in_words(total.account).lower()}"
        apart.append(
            f"Printed total for {where}: {print_money(total.pence)}; the amounts add up to "
            f"{print_money(held)}, {print_money(abs(held - total.pence))} apart."
        )
    if agreeing:
        what = "printed total is" if agreeing == 1 else "printed totals are"
        apart.append(f"{agreeing} {what} what the amounts add up to.")
    return apart


@audience(*OFFICERS)
def review(request: HttpRequest, number: int, part: str) -> HttpResponseBase:
    """The lines that a part of a paper proposes, beside the tables they were read from."""
    reader, upload = reviewable(request, number)
    found = Review(reader, upload, part)
    lines = [found.line_view(line) for line in found.part.lines]
    candidate = found.part.candidate
    title = candidate.title.text or candidate.kind.value
    listings = [
        listing(request, table, name=name, caption_hidden=True, can_filter=False)
        for name, table in (
            (
                "lines",
                tables.candidates_table(
                    upload,
                    f"Candidates: {title}",
                    [
                        (
                            one.key,
                            one.title,
                            one.line,
                            one.state.word,
                            one.differences,
                            one.doubts,
                        )
                        for one in lines
                    ],
                    lambda key: links.decide_url(upload.pk, part, key),
                ),
            ),
            ("words", _words(found)),
        )
    ]
    response = next((each.file for each in listings if each.file), None)
    if response is not None:
        return noted(response, upload)
    context = {
        "upload": upload,
        "title": title,
        "kind": candidate.kind.value,
        "presents": candidate.presentation_of,
        "missing": [name.replace("_", " ") for name in candidate.missing],
        "doubts": [finding.message for finding in candidate.findings],
        "open_lines": [one for one in lines if not one.is_settled],
        "settled": [one for one in lines if one.is_settled],
        "dropped": found.dropped(),
        "source": found.source(found.part.lines or candidate.lines),
        "whole": links.source_url(upload.pk, candidate.place),
        "listings": listings,
        "has_words": listings[1].rows > 0,
        "words_title": listings[1].shown.title,
        "accepted": [one for one in lines if one.state.is_accepted],
        "record": links.record_url(upload.pk, part),
        "may_record": _may_record(reader, upload, part),
        "back": links.paper_url(upload.pk),
        "revises": upload.revises,
    }
    return noted(render(request, "papers/review.html", context), upload)


def _words(found: Review) -> Table:
    """What the part says in words; of a new version only what changed in them."""
    # Imported here: it brings every template, and the site starts without them.
    from futurefit.papers.recognise.differences import differences

    upload, candidate = found.upload, found.part.candidate
    earlier = queries.study(upload.revises).part(found.part.slug) if upload.revises else None
    if earlier is None or upload.revises is None:
        return tables.words_table(upload, candidate, "What it says in words")
    return tables.changed_words_table(
        upload, differences(earlier.candidate, candidate), f"Words changed since {upload.revises}"
    )


def _may_record(reader: Reader, upload: Upload, part: str) -> str:
    """Why this person may not record what is accepted; "" where they may."""
    found = operations.to_record(upload, part, on=timezone.localdate(), why="-")
    refusals = people.refusals(reader.ledger, found.draft, reader.holder)
    return " ".join(dict.fromkeys(refusal.message for refusal in refusals))


# --- One line -----------------------------------------------------------------------------------


@audience(*OFFICERS)
def decide(request: HttpRequest, number: int, part: str, key: str) -> HttpResponseBase:
    """Accept a candidate line as read, accept it as put right, or reject it with a reason."""
    reader, upload = reviewable(request, number)
    found = Review(reader, upload, part)
    line = found.part.line(key)
    if line is None:
        raise Http404("The paper proposes no such line.")
    state = found.state(key)
    posted = request.method == "POST"
    suggested = found.match(line)
    asked = request.POST.get("line", "") if posted else request.GET.get("line", suggested)
    ref = asked if asked in found.matcher.refs else ""
    form = _form(found, line, ref, state, request.POST if posted else None)
    status = 200
    if posted and not state.is_final:
        status = 400
        if form.is_valid() and _is_seen(found, form, ref):
            try:
                _decide(found, line, form, ref, request.POST.get("verdict", ""))
            except Refused as refused:
                form.add_refusals(refused.refusals)
                # What was typed is kept; to send it again is to have seen how things stand now.
                status = 409
            else:
                messages.success(request, f"{line.title.text or key}: decided.")
                return redirect(f"{links.part_url(upload.pk, part)}#lines")
    return noted(_page(request, found, line, ref, form, status), upload)


def _form(
    found: Review, line: LineCandidate, ref: str, state: State, data: Any
) -> forms.DecideForm:
    form = forms.DecideForm(
        data,
        reader=found.reader,
        amounts=_shown_amounts(found, line, state),
        initial=_initial(found, line, ref),
    )
    form.initial["shown"] = ref
    form.initial["seen"] = _seen(found, line.key, ref)
    return form


def _seen(found: Review, key: str, ref: str) -> str:
    """The last decision on the line and the last journal of the ledger's, as they are shown."""
    decision = found.state(key).decision
    return f"{decision.pk if decision else 0} {found.reader.ledger.last_journal(ref)}"


def _shown_amounts(
    found: Review, line: LineCandidate, state: State
) -> tuple[reviewing.Amount, ...]:
    """The amounts to begin with: as they were accepted and put right, else as printed."""
    printed = found.amounts(line)
    decision = state.decision
    if decision is None or decision.verdict != Verdict.ACCEPTED:
        return printed
    # A cell may print several amounts: they are matched in their order.
    kept: dict[Provenance, list[reviewing.Amount]] = {}
    for one in reviewing.accepted_from(decision.accepted).amounts:
        kept.setdefault(one.place, []).append(one)
    return tuple(kept[one.place].pop(0) if kept.get(one.place) else one for one in printed)


def _initial(found: Review, line: LineCandidate, ref: str) -> Mapping[str, Any]:
    """The form as the paper, an earlier decision and the paper's own place fill it in."""
    decision = found.state(line.key).decision
    upload = found.upload
    initial: dict[str, Any] = {**attributes_initial(line.attributes), "line": ref or forms.NEW_LINE}
    own = line.attributes
    if not (own.theme or own.workstream or own.project):
        initial["parent"] = upload.parent
    restriction = upload.place.restriction
    if reviewing.is_weaker(Restriction(initial["restriction"]), restriction):
        initial["restriction"] = restriction.value
    initial["title"] = " ".join((line.title.text or line.key).split())[:200]
    initial["ref"] = (line.ref.text if line.ref else "").strip()
    if decision is not None and decision.verdict == Verdict.ACCEPTED:
        accepted = reviewing.accepted_from(decision.accepted)
        if accepted.attributes is not None:
            initial |= attributes_initial(accepted.attributes)
            initial["ref"] = decision.line
        initial["title"] = accepted.title or initial["title"]
        initial |= {"nature": decision.nature, "decision": decision.decision}
    if decision is not None:
        initial["why"] = decision.why
    return initial


def _is_seen(found: Review, form: forms.DecideForm, ref: str) -> bool:
    """False when the line that was chosen is not the one whose figures stood beside the form."""
    if form.data.get("verdict") == Verdict.REJECTED or form.cleaned_data["shown"] == ref:
        return True
    if ref:
        form.add_error(
            "line", f"Now look at the figures of line {ref} above, then accept it once more."
        )
        return False
    return True


def _decide(
    found: Review, line: LineCandidate, form: forms.DecideForm, ref: str, verdict: str
) -> Decision:
    chosen = form.cleaned_data
    decision, journal = map(int, chosen["seen"].split())
    seen = Seen(decision, journal)
    by = found.reader.holder
    place = (found.upload.pk, found.part.slug, line.key)
    if verdict == Verdict.REJECTED:
        return operations.reject(*place, why=chosen["why"], seen=seen, by=by)
    return operations.accept(
        *place,
        line=ref or chosen["ref"],
        title=chosen.get("title", "") if not ref else found.reader.title(ref),
        amounts=form.accepted_amounts(),
        attributes=None if ref else form.attributes(),
        nature=chosen["nature"],
        decision=chosen["decision"],
        why=chosen["why"],
        seen=seen,
        by=by,
    )


def _page(
    request: HttpRequest,
    found: Review,
    line: LineCandidate,
    ref: str,
    form: forms.DecideForm,
    status: int,
) -> HttpResponse:
    upload, part = found.upload, found.part.slug
    view = found.line_view(line)
    compared = found.differences(line, ref)
    shown = tables.differences_table(
        upload.pk,
        "Figures side by side",
        compared,
        revises=upload.revises is not None,
        line=ref,
    )
    changes = {
        (one.year, one.account): (one.paper or 0)
        - ((one.before if one.before is not None else one.ledger) or 0)
        for one in compared
        if one.word not in (reviewing.SAME, "since")
    }
    base = any(one.before or one.ledger for one in compared)
    likely = revising.looks_like(changes) if base and changes else None
    context = {
        "upload": upload,
        "view": view,
        "form": form,
        "ref": ref,
        "seen": _seen(found, line.key, ref),
        "table": difference_html(shown, "figures") if compared else "",
        "source": found.source((line,)),
        "asks_nature": bool(base and changes),
        "likely": Nature(likely).label.lower() if likely else "",
        "decisions": queries.decisions_on(upload, part, line.key),
        "back": links.part_url(upload.pk, part),
        "back_title": found.part.candidate.title.text or found.part.candidate.kind.value,
    }
    return render(request, "papers/decide.html", context, status=status)


# --- Recording ----------------------------------------------------------------------------------


@audience(*OFFICERS)
def record(request: HttpRequest, number: int, part: str) -> HttpResponseBase:
    """Record everything that is accepted in a part of a paper, as one change."""
    reader, upload = reviewable(request, number)
    found = part_of(queries.study(upload), part)
    back = links.part_url(upload.pk, part)
    if not any(
        of == part and state.is_accepted for (of, _), state in queries.states(upload).items()
    ):
        messages.info(request, "Nothing is accepted here that is not recorded already.")
        return redirect(back)

    def post(form: ChangeForm) -> str:
        chosen = form.cleaned_data
        done = operations.record(
            upload.pk,
            part,
            on=form.on,
            why=chosen["why"],
            decision=chosen["decision"],
            relates_to=chosen.get("relates_to"),
            by=reader.holder,
        )
        said = [f"Recorded as journal {done.journal.number}."] if done.journal else []
        if done.proposal:
            said.append("What is delivered waits for a second person, from finance.")
        return " ".join(said)

    title = found.candidate.title.text or found.candidate.kind.value
    about = changing.Page(
        title=f"Record what is accepted: {title}",
        lead="Everything that is accepted here is recorded at once, each amount with the cell "
        "that it was read from. What the paper prints as delivered is recorded as on target, and "
        "its delivery waits for a second person, from finance.",
        back=back,
        back_title="the review",
        make=lambda data: forms.RecordForm(data, reader=reader, upload=upload, part=part),
        button="Record it",
        after=back,
        record=post,
    )
    return noted(changing.run(request, reader, about), upload)
