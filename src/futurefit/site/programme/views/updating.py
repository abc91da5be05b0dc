"""The update round: all of somebody's lines, milestones and risks on one page. (rule UPD-01)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from futurefit.ledger.entries import Draft, Entry
from futurefit.programme import rounds
from futurefit.programme.rounds import NotPossible
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.common.forms import numbers
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import people
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import posting
from futurefit.site.ledger.reading import reader_of
from futurefit.site.programme import history, models, operations, queries
from futurefit.site.programme.forms import updating as forms
from futurefit.site.programme.forms.updating import Sheet, Typed
from futurefit.site.programme.links import month_url
from futurefit.site.programme.presenters import updating as presented
from futurefit.site.programme.presenters.month import month_title
from futurefit.site.programme.views.month import open_month_or_404

WHY_LENGTH = 500
AT_ONCE = 600
"""A page of more lines is slow to find one's way in: it is then offered part by part."""


@audience(*OFFICERS)
def update(request: HttpRequest, month: date) -> HttpResponse:
    """Confirm or change everything that somebody answers for: form, preview, confirmation."""
    open_month_or_404(month)
    asked = _Round(request, month)
    if request.method != "POST":
        return asked.form({})
    step = request.POST.get("step", "preview")
    if step == "edit":
        return asked.form(request.POST)
    if asked.typed.errors:
        return asked.form(request.POST, status=400)
    try:
        made = asked.made()
        if step == "unchanged" and not asked.typed.changes:
            return asked.record({})
        if step == "confirm":
            return asked.record(made)
        asked.refuse(made)
    except ledger.Stale as stale:
        return asked.form(request.POST, [m.message for m in stale.moved], status=409, fresh=True)
    except ledger.Refused as refused:
        said = list(dict.fromkeys(refusal.message for refusal in refused.refusals))
        stale_words = any(refusal.code == "PRO-STALE" for refusal in refused.refusals)
        return asked.form(request.POST, said, status=400, fresh=stale_words)
    if asked.typed.errors:
        return asked.form(request.POST, status=400)
    if not asked.typed.changes:
        said = ["Nothing is changed. Press “Nothing changed, I confirm” to confirm that."]
        return asked.form(request.POST, said, status=400)
    return asked.preview(made)


@dataclass
class _Round:
    """One person's round of one month, as it is asked for."""

    request: HttpRequest
    month: date

    def __post_init__(self) -> None:
        self.reader = reader_of(self.request)
        self.on = min(self.month, timezone.localdate())
        held = rounds.held_by_line(self.reader.ledger.at(self.on))
        own = queries.own_lines(self.reader.holder, self.reader.ledger, held)
        self.every = presented.groups(self.reader.ledger, own, self.reader.names)
        part = self.request.GET.get("part", "")
        self.is_long = not part and len(own) > AT_ONCE
        self.groups = [each for each in self.every if part in ("", each.anchor)]
        if self.is_long:
            self.groups = []
        lines = [ref for group in self.groups for ref in group.lines]
        mine = {ref: held[ref] for ref in lines}
        horizon = ledger_queries.horizon()
        milestones, risks = queries.statements_to_update(self.reader.holder)
        self.sheet = Sheet(
            mine,
            forms.columns(list(mine.values()), horizon.labels if horizon else ()),
            milestones,
            risks,
        )
        self.titles = {ref: self.reader.title(ref) for ref in lines}
        # Before anything is read into the rows: what the page shows.
        self.wordings = history.newest(milestones, risks)

    @cached_property
    def typed(self) -> Typed:
        """What was typed."""
        return forms.read(self.sheet, self.request.POST.dict())

    @property
    def why(self) -> str:
        """The reason of the whole round."""
        typed = " ".join(self.request.POST.get("why", "").split())
        return typed[:WHY_LENGTH] or f"Monthly update, {month_title(self.month)}"

    def made(self) -> dict[str, list[Entry]]:
        """The acts that each changed line takes; what cannot be stands among the errors."""
        found = {}
        for ref, row in self.typed.rows.items():
            try:
                found[ref] = rounds.entries(self.sheet.held[ref], row, on=self.on)
            except NotPossible as wrong:
                self.typed.errors[f"{wrong.year}:{ref}"] = str(wrong)
        return found

    def draft(self, made: Mapping[str, list[Entry]]) -> Draft:
        """All of it as one journal."""
        entries = tuple(entry for each in made.values() for entry in each)
        return Draft(self.reader.holder.post, self.why, entries)

    def expects(self) -> dict[str, int]:
        """The lines that the form showed, with the last journal of each."""
        sent = numbers(self.request.POST.get("seen", ""))
        return {ref: number for ref, number in sent.items() if ref in self.sheet.held}

    def seen_words(self) -> dict[str, int]:
        """The milestones and risks that it showed, with the newest wording of each."""
        sent = numbers(self.request.POST.get("said", ""))
        return {key: number for key, number in sent.items() if key in self.wordings}

    def refuse(self, made: Mapping[str, list[Entry]]) -> None:
        """Raise for whatever would be refused at the end, so that it is said now."""
        if self.typed.errors or not made:
            return
        draft, holder = self.draft(made), self.reader.holder
        posting.refuse_stale(self.reader.ledger, draft, self._expects_of(draft))
        found = people.refusals(self.reader.ledger, draft, holder)
        if not found:
            found = posting.refusals(self.reader.ledger, draft, timezone.now(), {}, by=holder)
        if found:
            raise ledger.Refused(found)

    def _expects_of(self, draft: Draft) -> dict[str, int]:
        expects = self.expects()
        return {ref: expects.get(ref, 0) for ref in people.touched(draft.entries)} | expects

    def record(self, made: Mapping[str, list[Entry]]) -> HttpResponse:
        """Record it, and go back to the month."""
        if self.typed.errors:
            return self.form(self.request.POST, status=400)
        expects = self.expects()
        done = operations.update_month(
            self.month,
            by=self.reader.holder,
            expects=expects,
            entries=self.draft(made).entries,
            words=self.typed.words,
            seen=self.seen_words(),
            notes={ref: note for ref, note in self.typed.notes.items() if ref in expects},
            why=self.why,
        )
        count = f"{len(done.lines)} line{'' if len(done.lines) == 1 else 's'}"
        changed = f" Changes are journal {done.journal}." if done.journal else ""
        messages.success(self.request, f"{count} confirmed for {month_title(self.month)}.{changed}")
        return redirect(month_url(self.month))

    def form(
        self,
        data: Mapping[str, str],
        said: list[str] | None = None,
        *,
        status: int = 200,
        fresh: bool = False,
    ) -> HttpResponse:
        """The form, with what was typed. `fresh` shows it as new: to send it again is to have seen
        how things stand now.
        """
        errors = self.typed.errors if data else {}
        filled = presented.Filled(data, errors)
        seen = {ref: self.reader.ledger.last_journal(ref) for ref in self.sheet.held}
        keep = bool(data) and not fresh
        context = {
            "heading": f"Update {month_title(self.month)}",
            "month": month_title(self.month),
            "back": month_url(self.month),
            "on": self.on,
            "groups": self.groups if len(self.groups) > 1 else [],
            "parts": self.every if self.is_long else [],
            "n_lines": len(self.sheet.held),
            "confirmed": len(queries.confirmed_lines(self.month) & self.sheet.held.keys()),
            "lines": presented.lines_html(self.sheet, self.groups, self.titles, filled),
            "milestones": presented.milestones_html(self.sheet.milestones, filled)
            if self.sheet.milestones
            else "",
            "risks": presented.risks_html(self.sheet.risks, filled) if self.sheet.risks else "",
            "problems": [
                *(("", words) for words in said or ()),
                *((filled.identities[name], error) for name, error in errors.items()),
            ],
            "why": data.get("why", ""),
            "seen": data.get("seen", "") if keep else urlencode(seen),
            "said": data.get("said", "") if keep else urlencode(self.wordings),
        }
        return self._page("programme/update.html", context, status)

    def preview(self, made: Mapping[str, list[Entry]]) -> HttpResponse:
        """What would change. It carries only what was typed anew."""
        sent = self.request.POST.dict()
        fields = (
            *(f"rating:{ref}" for ref in self.typed.rows),
            *(f"{year}:{ref}" for ref, row in self.typed.rows.items() for year in row.forecast),
            *(f"note:{ref}" for ref in self.typed.notes),
            *(_field_names(self.typed.words)),
            "why",
            "seen",
            "said",
        )
        tables = []
        if made:
            tables = [
                presented.changes_table(made, self.titles, self.typed.notes, self.reader.names),
                presented.totals_table(self.sheet, self.typed.rows, list(self.sheet.held)),
            ]
        context = {
            "heading": f"Check the update of {month_title(self.month)}",
            "back": month_url(self.month),
            "on": self.on,
            "why": self.why,
            "n_lines": len(self.expects()),
            "tables": [(f"preview-{place}", each) for place, each in enumerate(tables)],
            "said": self.typed.said,
            "kept": [(name, sent[name]) for name in fields if name in sent],
        }
        return self._page("programme/update_preview.html", context, 200)

    def _page(self, template: str, context: dict[str, object], status: int) -> HttpResponse:
        response = render(self.request, template, context, status=status)
        restricted = self.reader.restricted(self.sheet.held)
        if restricted:
            response.restricted = f"Words of lines {restricted}"  # type: ignore[attr-defined]
        return response


def _field_names(words: list[models.Milestone | models.Risk]) -> list[str]:
    found = []
    for each in words:
        if isinstance(each, models.Milestone):
            found += [f"due_on:m{each.pk}", f"done_on:m{each.pk}"]
        else:
            found += [f"likelihood_after:r{each.pk}", f"impact_after:r{each.pk}"]
    return found
