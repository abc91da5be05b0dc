"""The year end: what becomes of every pound that a year did not deliver, and of the proposals that
still name it. (rules YRE-01, YRE-03)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from futurefit.kernel.years import FinancialYear, NotAYear, parse_year
from futurefit.ledger import year_end
from futurefit.ledger.closing import MonthState, month_of
from futurefit.ledger.entries import Draft, Entry, Tranche
from futurefit.ledger.year_end import Fate, Settlement
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.common.forms import numbers
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import people
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.naming import in_words
from futurefit.site.ledger.operations import posting
from futurefit.site.ledger.reading import reader_of
from futurefit.site.programme import queries
from futurefit.site.programme.links import month_url, year_end_url
from futurefit.site.programme.presenters.updating import changes_table

FATES = {
    Fate.SLIPPED: "Slipped",
    Fate.UNDELIVERABLE: "Cannot be delivered",
    Fate.REPLACED: "Replaced by the line",
}
"""What becomes of an amount of the adopted plan."""

PROPOSAL_FATES = {Fate.SLIPPED: "Asked for in the next year", Fate.WITHDRAWN: "Withdrawn"}

WHY_LENGTH = 500


@audience(*OFFICERS)
def settle(request: HttpRequest, year: str) -> HttpResponse:
    """Say of each undelivered amount of a year what it becomes: form, preview, one journal."""
    asked = _YearEnd(request, _year(year))
    if request.method != "POST" or request.POST.get("step") == "edit":
        return asked.form()
    made = asked.made()
    if asked.problems:
        return asked.form(status=400)
    try:
        if request.POST.get("step") == "confirm":
            return asked.record(made)
        asked.refuse(made)
    except ledger.Stale as stale:
        asked.problems += [("", moved.message) for moved in stale.moved]
        return asked.form(status=409, fresh=True)
    except ledger.Refused as refused:
        said = dict.fromkeys(refusal.message for refusal in refused.refusals)
        asked.problems += [("", message) for message in said]
        return asked.form(status=400)
    return asked.preview(made)


def _year(text: str) -> FinancialYear:
    try:
        return parse_year(text)
    except NotAYear as wrong:
        raise Http404(str(wrong)) from None


@dataclass
class _YearEnd:
    """The end of one year, as somebody settles it."""

    request: HttpRequest
    year: FinancialYear

    def __post_init__(self) -> None:
        self.reader = reader_of(self.request)
        self.has_ended = self.year.last_day <= timezone.localdate()
        self.problems: list[tuple[str, str]] = []
        self.sent = self.request.POST.dict()
        self.left: list[year_end.Undelivered] = []
        self.proposed: list[year_end.Undelivered] = []
        self.others = 0
        if self.has_ended:
            position = self.reader.ledger.at(self.year.last_day)
            self.left = self._own(year_end.undelivered(position, [self.year.label]))
            # A proposal is dealt with whenever somebody gets to it, in the month that is open then.
            self.proposed = self._own(
                year_end.undelivered(self.reader.ledger.now, [self.year.label], Tranche.PROPOSED)
            )
        self.titles = {
            each.line: self.reader.title(each.line) for each in (*self.left, *self.proposed)
        }

    def _own(self, every: list[year_end.Undelivered]) -> list[year_end.Undelivered]:
        lines = [each.line for each in every]
        own = set(queries.own_lines(self.reader.holder, self.reader.ledger, lines))
        self.others += len(every) - len(own)
        return [each for each in every if each.line in own]

    @property
    def proposals_on(self) -> date:
        """When a change to a proposal takes effect: the year's last day, or today once it is
        locked.
        """
        is_locked = ledger_queries.closing().state(self.year.last_day) is MonthState.LOCKED
        return timezone.localdate() if is_locked else self.year.last_day

    def made(self) -> dict[str, list[Entry]]:
        """The acts by line, of the lines for which something was chosen."""
        horizon = ledger_queries.horizon()
        found = {}
        of_plan = [(each, FATES, self.year.last_day) for each in self.left]
        proposed = [(each, PROPOSAL_FATES, self.proposals_on) for each in self.proposed]
        for each, fates, on in of_plan + proposed:
            fate = self.sent.get(f"fate:{each.line}", "")
            if not fate:
                continue
            other = self.sent.get(f"by:{each.line}", "").strip()
            if fate not in fates:
                self._wrong(each.line, "Choose what it becomes.")
            elif fate == Fate.REPLACED and other not in self.reader.ledger.lines:
                self._wrong(each.line, f"{each.line}: name the line that takes over.")
            elif horizon is not None:
                chosen = {(each.line, each.year): Settlement(Fate(fate), other)}
                found[each.line] = year_end.settle([each], chosen, horizon=horizon, on=on)
        if not found and not self.problems:
            self.problems.append(("", "Nothing is chosen yet."))
        return found

    def _wrong(self, line: str, words: str) -> None:
        self.problems.append((f"fate-{line}", words))

    def _draft(self, made: Mapping[str, list[Entry]]) -> Draft:
        entries = tuple(entry for each in made.values() for entry in each)
        return Draft(self.reader.holder.post, self._why(), entries)

    def _why(self) -> str:
        typed = " ".join(self.sent.get("why", "").split())[:WHY_LENGTH]
        return typed or f"Year end of {self.year.label}"

    def _expects(self, draft: Draft) -> dict[str, int]:
        seen = numbers(self.sent.get("seen", ""))
        touched = people.touched(draft.entries)
        return {ref: seen.get(ref, self.reader.ledger.last_journal(ref)) for ref in touched}

    def refuse(self, made: Mapping[str, list[Entry]]) -> None:
        """Raise for whatever would be refused at the end."""
        draft, holder = self._draft(made), self.reader.holder
        posting.refuse_stale(self.reader.ledger, draft, self._expects(draft))
        found = people.refusals(self.reader.ledger, draft, holder)
        found = found or posting.refusals(self.reader.ledger, draft, timezone.now(), {}, by=holder)
        if found:
            raise ledger.Refused(found)

    def record(self, made: Mapping[str, list[Entry]]) -> HttpResponse:
        """Post the journal, and come back to what is left."""
        draft = self._draft(made)
        journal = ledger.post(draft, by=self.reader.holder, expects=self._expects(draft))
        messages.success(
            self.request, f"{len(made)} lines are settled, as journal {journal.number}."
        )
        return redirect(year_end_url(self.year.label))

    def form(self, *, status: int = 200, fresh: bool = False) -> HttpResponse:
        """Each undelivered amount, with what it may become."""
        seen = {each: self.reader.ledger.last_journal(each) for each in self.titles}
        shown = self.sent.get("seen", "") if self.sent and not fresh else urlencode(seen)
        context = {
            "heading": f"The end of {self.year.label}",
            "back": month_url(month_of(self.year.last_day)),
            "year": self.year.label,
            "on": self.year.last_day,
            "has_ended": self.has_ended,
            "tables": [
                (name, caption, rows, fates.items())
                for name, caption, rows, fates in (
                    ("left", "Undelivered", self._rows(self.left), FATES),
                    (
                        "proposed",
                        "Proposed and not adopted",
                        self._rows(self.proposed),
                        PROPOSAL_FATES,
                    ),
                )
                if rows
            ],
            "left": len(self.left),
            "others": self.others,
            "problems": self.problems,
            "why": self.sent.get("why", ""),
            "seen": shown,
        }
        return self._page("programme/year_end.html", context, status)

    def _rows(self, left: list[year_end.Undelivered]) -> list[dict[str, object]]:
        wrong = {anchor for anchor, _ in self.problems}
        return [
            {
                "ref": each.line,
                "title": self.titles[each.line],
                "pence": each.total_pence,
                "ratings": ", ".join(in_words(rating).lower() for rating, _ in each.by_rating),
                "fate": self.sent.get(f"fate:{each.line}", ""),
                "by": self.sent.get(f"by:{each.line}", ""),
                "wrong": f"fate-{each.line}" in wrong,
            }
            for each in left
        ]

    def preview(self, made: Mapping[str, list[Entry]]) -> HttpResponse:
        """What the journal would do."""
        kept = [
            (name, text)
            for name, text in self.sent.items()
            if name in ("why", "seen") or (name.startswith(("fate:", "by:")) and text)
        ]
        context = {
            "heading": f"Check the end of {self.year.label}",
            "back": year_end_url(self.year.label),
            "on": self.year.last_day,
            "why": self._why(),
            "n_lines": len(made),
            "verb": "will be settled",
            "tables": [("changes", changes_table(made, self.titles, {}, self.reader.names))],
            "kept": kept,
        }
        return self._page("programme/update_preview.html", context, 200)

    def _page(self, template: str, context: dict[str, object], status: int) -> HttpResponse:
        response = render(self.request, template, context, status=status)
        restricted = self.reader.restricted(self.titles)
        if restricted:
            response.restricted = f"Words of lines {restricted}"  # type: ignore[attr-defined]
        return response
