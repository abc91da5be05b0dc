"""The month: what is still missing before it closes, and the steps that close and unlock it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from futurefit.ledger.closing import MonthState, month_of
from futurefit.site.accounts import queries as accounts
from futurefit.site.common.audience import OFFICERS, audience
from futurefit.site.common.listing import listing
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.operations.writing import KEEPERS
from futurefit.site.ledger.reading import Reader, reader_of
from futurefit.site.ledger.views.pages import page
from futurefit.site.programme import forms, queries
from futurefit.site.programme.links import month_url, update_url, year_end_url
from futurefit.site.programme.presenters import month as presented


@audience(*OFFICERS)
def index(request: HttpRequest) -> HttpResponse:
    """Every month: where it stands, and who has confirmed it."""
    form = forms.AnyMonthForm(request.GET if "day" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect(month_url(month_of(form.cleaned_data["day"])))
    reader = reader_of(request)
    today = timezone.localdate()
    months = queries.months(today)
    closing = ledger_queries.closing()
    table = presented.months_table(
        months,
        closing=closing,
        positions=queries.month_positions(),
        confirmed={
            month: _progress(reader, month)
            for month in months
            if closing.state(month) is not MonthState.LOCKED
        },
    )
    asked = [
        month
        for month in months
        if closing.state(month) in (MonthState.OPEN, MonthState.SOFT_CLOSED)
    ]
    context: dict[str, object] = {
        "form": form,
        "updates": [(presented.month_title(month), update_url(month)) for month in asked],
    }
    return page(request, "programme/months.html", context, listings=[listing(request, table)])


def _progress(reader: Reader, month: date) -> tuple[int, int]:
    lines = queries.to_confirm(reader.ledger, month)
    return len(queries.confirmed_lines(month).intersection(lines)), len(lines)


@audience(*OFFICERS)
def show(request: HttpRequest, month: date) -> HttpResponse:
    """One month: what is missing, who has confirmed it, and the next step."""
    reader = reader_of(request)
    form = _Steps(request, reader, month)
    if request.method == "POST":
        done = form.take()
        if done:
            messages.success(request, done)
            return redirect(month_url(month))
    today = timezone.localdate()
    shares, unled = queries.shares(reader.ledger, month)
    positions = queries.month_positions(month)
    missing = queries.missing(reader.ledger, month)
    confirmed = queries.confirmed_lines(month)
    tables = [
        (
            "shares",
            presented.shares_table(
                shares,
                unled,
                month=month,
                confirmed=confirmed,
                last=queries.last_confirmed(month),
                today=today,
            ),
        ),
        (
            "updates",
            presented.confirmations_table(queries.confirmations(month), reader.hidden),
        ),
        ("steps", presented.steps_table(ledger_queries.month_steps(month), positions)),
    ]
    unsettled = sorted({each.year for each in missing.unsettled})
    context: dict[str, object] = {
        "heading": presented.month_title(month),
        "state": form.state,
        "state_words": presented.STATES[form.state],
        "missing": missing,
        "n_unconfirmed": len(missing.unconfirmed),
        "n_confirmed": missing.lines - len(missing.unconfirmed),
        "findings": len(queries.findings(reader.ledger, reader.hidden)),
        "unsettled": [(year, year_end_url(year)) for year in unsettled],
        "lapsed": [(year, year_end_url(year)) for year in missing.lapsed],
        "unlocked": [
            (presented.month_title(other), month_url(other)) for other in missing.unlocked
        ],
        "update": update_url(month),
        "may_update": form.state is not MonthState.LOCKED,
        "steps": form.offered(),
        "taken": form.made.get(form.taken) or Form(),
        "ended": month <= today,
    }
    return page(
        request,
        "programme/month.html",
        context,
        listings=[listing(request, table, name=name, can_filter=False) for name, table in tables],
        status=422 if form.is_wrong else 200,
    )


class _Steps:
    """The steps that somebody may take on a month as it stands, each with its form."""

    TITLES = {
        "soft_close": "Soft close the month",
        "lock": "Lock the month",
        "reopen": "Open it again",
        "unlock": "Unlock the month for one person",
        "lock_again": "Lock the month again",
    }

    def __init__(self, request: HttpRequest, reader: Reader, month: date) -> None:
        self.request, self.month, self.holder = request, month, reader.holder
        self.state = ledger_queries.closing().state(month)
        self.is_wrong = False
        keeps = self.holder.keeps(*KEEPERS)
        self.names = {
            MonthState.OPEN: ("soft_close", "lock"),
            MonthState.SOFT_CLOSED: ("lock", "reopen"),
            MonthState.LOCKED: ("unlock",),
            MonthState.UNLOCKED: ("lock_again",),
        }[self.state]
        if not keeps:
            self.names = ()
        taken = request.POST.get("step", "") if request.method == "POST" else ""
        if taken and not keeps:
            raise PermissionDenied(
                "Who closes months is from finance or the programme office for the whole programme."
            )
        self.taken = taken
        self.made = {name: self._form(name) for name in self.names}

    def _form(self, name: str) -> Form:
        data = self.request.POST if self.taken == name else None
        if name == "unlock":
            people = [
                (user.pk, user.post)
                for user, _ in accounts.holders(*OFFICERS)
                if user.pk != self.holder.user_id
            ]
            return forms.UnlockForm(data, people=people, prefix=name)
        if name == "reopen":
            return forms.WhyForm(data, prefix=name)
        return forms.CloseForm(data, prefix=name)

    def offered(self) -> list[tuple[str, str, Form]]:
        """Each step that may be taken: its name, its title, its form."""
        return [(name, self.TITLES[name], form) for name, form in self.made.items()]

    def take(self) -> str:
        """Take the step that was asked for, and say what was done; "" where it was refused."""
        if self.taken not in self.made:
            self.is_wrong = True
            messages.error(
                self.request, "The month has changed since you opened the page. Look at it again."
            )
            return ""
        form = self.made[self.taken]
        if not form.is_valid():
            self.is_wrong = True
            return ""
        try:
            return self._done(form)
        except Refused as refused:
            self.is_wrong = True
            for refusal in refused.refusals:
                place = refusal.field if refusal.field in form.fields else None
                form.add_error(place, refusal.message)
            return ""

    def _done(self, form: Form) -> str:
        chosen, month, by = form.cleaned_data, self.month, self.holder
        title = presented.month_title(month)
        if self.taken == "soft_close":
            ledger.soft_close_month(month, by=by, why=chosen["why"])
            return f"{title} is soft closed: only finance posts to it."
        if self.taken == "reopen":
            ledger.reopen_month(month, by=by, why=chosen["why"])
            return f"{title} is open again."
        if self.taken == "unlock":
            post = form.posts[chosen["person"]]  # type: ignore[attr-defined]
            ledger.unlock_month(
                month,
                by=by,
                for_post=post,
                for_user=int(chosen["person"]),
                until=chosen["until"],
                why=chosen["why"],
            )
            return f"{title} is unlocked for {post}. Lock it again when it is done."
        position = ledger.close_month(month, by=by, why=chosen["why"])
        return f"{title} is locked, as “{position.name}”, at journal {position.number}."


class MonthConverter:
    """`2015-11` in an address: the last day of the month."""

    regex = "[0-9]{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """The month's last day; no such page for a year that is none."""
        year, month = map(int, value.split("-"))
        if not 1990 <= year <= 2200:
            raise ValueError(value)
        return month_of(date(year, month, 1))

    def to_url(self, value: date) -> str:
        """The month as it stands in an address."""
        return f"{value:%Y-%m}"


def open_month_or_404(month: date) -> MonthState:
    """The state of a month that still takes changes, of one person's at least."""
    state = ledger_queries.closing().state(month)
    if state is MonthState.LOCKED:
        raise Http404(f"{presented.month_title(month)} is locked.")
    return state
