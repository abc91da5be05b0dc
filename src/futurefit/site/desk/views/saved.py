"""Saving a page with its filters, and taking a saved view away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from futurefit.site.common.audience import SIGNED_IN, audience
from futurefit.site.desk import forms, models, operations
from futurefit.site.ledger.operations import Refused
from futurefit.site.ledger.reading import reader_of


@audience(SIGNED_IN)
def save(request: HttpRequest) -> HttpResponse:
    """Give the page that somebody comes from a name."""
    initial = {"address": request.GET.get("of", "/")}
    form = forms.SaveViewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            view = operations.save_view(by=reader_of(request).holder, **form.cleaned_data)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Saved as “{view.name}”. It stands on your desk.")
            return redirect("desk")
    return render(
        request,
        "desk/act.html",
        {"heading": "Save this view", "form": form, "button": "Save", "back": "/desk/"},
        status=400 if form.errors else 200,
    )


@audience(SIGNED_IN)
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own view away, after a question."""
    holder = reader_of(request).holder
    view = models.SavedView.objects.filter(pk=number, owner_id=holder.user_id).first()
    if view is None:
        raise Http404("That is not a view of yours.")
    if request.method == "POST":
        operations.forget_view(number, by=holder)
        messages.success(request, f"“{view.name}” is taken away.")
        return redirect("desk")
    heading = f"Take “{view.name}” off your desk?"
    return render(
        request, "desk/act.html", {"heading": heading, "button": "Take it away", "back": "/desk/"}
    )
