"""Which part of the programme is asked for, may this person change it, and what do they fill in?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger.models import Heading
from futurefit.site.ledger.operations import Refused
from futurefit.site.programme import queries


def holder(request: HttpRequest) -> Holder:
    """Whoever asks."""
    return request.holder  # type: ignore[attr-defined]


def part_or_404(dimension: str, code: str) -> Heading:
    """A theme, workstream or project."""
    part = queries.heading(dimension, code)
    if part is None:
        raise Http404(f"There is no {dimension} “{code}”.")
    return part


def must_edit(request: HttpRequest, part: Heading) -> None:
    """Turn away who may not change the words about this part of the programme."""
    if not queries.may_edit(holder(request), part):
        raise PermissionDenied(
            f"You may not change what is said about “{part.name}”. "
            "Its lead, finance and the programme office may."
        )


def posts() -> Mapping[str, str]:
    """The title of every post that has a code."""
    return queries.posts()


def put_beside_fields(form: BaseForm, refused: Refused) -> None:
    """Put each refusal beside its field, or at the top."""
    for refusal in refused.refusals:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def form_page(
    request: HttpRequest, form: BaseForm, heading: str, back: tuple[str, str], **more: Any
) -> HttpResponse:
    """A page with one form on it, and where it came from."""
    context = {"form": form, "heading": heading, "back": back, **more}
    shown = [form, more["remove"]] if "remove" in more else [form]
    status = 422 if any(each.errors for each in shown) else 200
    return render(request, "programme/form.html", context, status=status)
