"""What colleagues say about a line, project, workstream or theme, and whether one watches it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from futurefit.site.common.audience import SIGNED_IN, audience
from futurefit.site.desk import forms, operations, queries, subjects
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.reading import reader_of


@audience(SIGNED_IN)
def about(request: HttpRequest) -> HttpResponse:
    """On to the comments of the page that somebody comes from."""
    found = subjects.at(request.GET.get("of", ""))
    if found is None:
        raise Http404("That page has no comments of its own.")
    return redirect("comments", *found)


@audience(SIGNED_IN)
def show(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """What was said, a form to say more, and whether one watches."""
    reader = reader_of(request)
    subject = subjects.find(reader, kind, code)
    form = forms.CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.comment(subject, form.cleaned_data["text"], by=reader.holder)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error("text", refusal.message)
        else:
            return redirect(subject.desk_url)
    response = render(
        request,
        "desk/comments.html",
        {
            "subject": subject,
            "comments": queries.comments(kind, code),
            "form": form,
            "user_id": reader.holder.user_id,
            "watched": queries.is_watched(reader.holder.user_id or 0, subject),
        },
        status=400 if form.errors else 200,
    )
    restricted = reader.restricted(subject.lines) if kind == "line" else ""
    if restricted:
        response.restricted = f"Comments on lines {restricted}"  # type: ignore[attr-defined]
    return response


@audience(SIGNED_IN)
@require_POST
def watch(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Begin or stop watching."""
    reader = reader_of(request)
    subject = subjects.find(reader, kind, code)
    if queries.is_watched(reader.holder.user_id or 0, subject):
        operations.stop_watching(subject, by=reader.holder)
        messages.success(request, f"You no longer watch {subject.title}.")
    else:
        operations.watch(subject, by=reader.holder)
        messages.success(request, f"You watch {subject.title}. What happens shows on your desk.")
    return redirect(subject.desk_url)


@audience(SIGNED_IN)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own comment away."""
    try:
        said = operations.take_back(number, by=reader_of(request).holder)
    except Refused as refused:
        raise Http404(str(refused)) from None
    messages.success(request, "Your comment is taken away.")
    return redirect("comments", said.kind, said.code)
