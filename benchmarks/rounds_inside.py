"""A round of a month, timed within an installation's own process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

from benchmarks.measuring import Size, timed
from futurefit.ledger import acts
from futurefit.ledger.entries import Draft
from futurefit.ledger.rights import Role

_INPUT = re.compile(r'<input [^>]*name="([^"]+)" value="([^"]*)"')
_AMOUNT = re.compile(r"[0-9]{4}/[0-9]{2}\+?:")


def update_round(size: Size) -> dict[str, Any]:
    """Draw, preview and confirm rounds; the same by Django's fields, and posted line by line."""
    from django.test import Client
    from django.utils import timezone

    from futurefit.programme import rounds
    from futurefit.site.accounts.models import RoleHolder, User
    from futurefit.site.ledger import queries

    user = User.objects.create_user("bench", post="Finance partner")
    RoleHolder.objects.create(user=user, role=Role.FINANCE_PARTNER)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    today = timezone.localdate()
    path = f"/month/{today:%Y-%m}/update/"
    runs = max(2, size.runs // 10)
    page = timed("page", lambda: client.get(path), runs=runs)
    previews, confirms, typed = [], [], {}
    for step in range(runs):
        sent, typed = _changed(client.get(path).content.decode(), step)
        answers: list[Any] = []
        previews += timed(
            "preview",
            lambda sent=sent, answers=answers: answers.append(  # type: ignore[misc]
                client.post(path, {**sent, "step": "preview"})
            ),
            runs=1,
            warm=0,
        ).milliseconds
        _must(answers[0].status_code == 200, answers[0])
        kept = _fields(answers[0].content.decode())
        confirms += timed(
            "confirm",
            lambda kept=kept, answers=answers: answers.append(  # type: ignore[misc]
                client.post(path, {**kept, "step": "confirm"})
            ),
            runs=1,
            warm=0,
        ).milliseconds
        _must(answers[1].status_code == 302, answers[1])
    held = rounds.held_by_line(queries.current_ledger().at(today))
    stands = {ref: held[ref].forecast(year) for ref, year in typed}
    singly = timed("peer", lambda: _line_by_line(held, user, today), runs=2, warm=0)
    return {
        "lines": len(held),
        "page": page.milliseconds,
        "preview": previews,
        "confirm": confirms,
        "peer_page": timed("peer", lambda: _drawn_by_django(held), runs=runs).milliseconds,
        "peer_post": singly.milliseconds,
        "stands": stands,
        "typed": {ref: pence for (ref, _), pence in typed.items()},
    }


def _must(so: bool, answer: Any) -> None:
    if not so:
        raise AssertionError(re.sub(r"<[^>]+>", " ", answer.content.decode())[:2000])


def _fields(page: str) -> dict[str, str]:
    return {unescape(name): unescape(value) for name, value in _INPUT.findall(page)}


def _changed(page: str, step: int) -> tuple[dict[str, str], dict[tuple[str, str], int]]:
    """Everything that the page holds, with the first amount of each line changed by some pounds."""
    fields = _fields(page)
    typed: dict[tuple[str, str], int] = {}
    seen = set()
    for name, value in fields.items():
        if not _AMOUNT.match(name) or not value or value.startswith("-"):
            continue
        year, ref = name.split(":", 1)
        if ref in seen:
            continue
        seen.add(ref)
        pence = round(float(value.replace(",", "")) * 100) + 100 * (step + 1)
        fields[name] = f"{pence // 100}.{pence % 100:02}"
        typed[ref, year] = pence
    return fields, typed


def _drawn_by_django(held: dict[str, Any]) -> str:
    """The same fields as a Django form of a line each."""
    from django import forms

    class LineForm(forms.Form):
        rating = forms.ChoiceField(choices=[("A", "Amber"), ("R", "Red"), ("G", "Green")])
        note = forms.CharField(required=False)

    years = sorted({year for each in held.values() for year, _ in each.ratings})
    for year in years:
        LineForm.base_fields[year] = forms.CharField(required=False)
    drawn = []
    for ref, each in held.items():
        form = LineForm(prefix=ref, initial={year: each.forecast(year) for year in years})
        drawn.append("".join(str(field) for field in form))
    return "".join(drawn)


def _line_by_line(held: dict[str, Any], user: Any, today: date) -> None:
    """One journal for each line, as each form of a line posts it."""
    from futurefit.site.accounts import queries as accounts
    from futurefit.site.ledger import operations

    by = accounts.holder_of(user)
    for entry in _entries(held, today):
        operations.post(Draft(by.post, "one by one", (entry,)), by=by, expects=None)


def _entries(held: dict[str, Any], on: date) -> Iterator[Any]:
    for ref, each in held.items():
        (year, rating), _ = next(
            ((key, amount) for key, amount in each.ratings.items() if key[1] != "GREEN_DELIVERED"),
        )
        yield acts.re_estimate(ref, {year: 1_00}, rating=rating, on=on)
