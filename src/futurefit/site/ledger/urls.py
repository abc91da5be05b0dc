"""Which address leads to which page of the ledger? `links` writes the same addresses."""

from __future__ import annotations

from django.urls import path

from futurefit.site.ledger.views import (
    bridge,
    changes,
    changing,
    claims,
    comparing,
    journals,
    lines,
    movement,
    presentations,
    record,
    waiting,
    working,
)

urlpatterns = [
    path("figures/", presentations.index, name="figures"),
    path("lines/", lines.index, name="lines"),
    path("lines/<str:ref>/", lines.line, name="line"),
    path("lines/<str:ref>/words/", changing.words, name="words"),
    path("lines/<str:ref>/change/<slug:act>/", changing.change, name="change"),
    path("open-line/", changing.open_line, name="open-line"),
    path("by/", presentations.chosen, name="by-chosen"),
    path("by/<slug:first>/", presentations.by, name="by"),
    path("by/<slug:first>/<slug:second>/", presentations.by, name="by-two"),
    path("grid/", presentations.grid, name="grid"),
    path("mtfp/", presentations.mtfp, name="mtfp"),
    path("bridge/", bridge.show, name="bridge"),
    path("bridge/between/", movement.show, name="bridge-between"),
    path("bridge/between/working/", movement.step, name="bridge-between-working"),
    path("bridge/gap/", bridge.gap, name="bridge-gap"),
    path("bridge/working/", bridge.step, name="bridge-working"),
    path("missed/", record.missed, name="missed"),
    path("record/", record.show, name="record"),
    path("record/working/", record.working, name="record-working"),
    path("compare/", comparing.show, name="compare"),
    path("changes/", changes.show, name="changes"),
    path("changes/working/", changes.working, name="changes-working"),
    path("double-counting/", claims.show, name="double-counting"),
    path("double-counting/working/", claims.working, name="claim-working"),
    path("double-counting/rule/", claims.rule, name="rule"),
    path("double-counting/source/", changing.capacity, name="capacity"),
    path("working/", working.show, name="working"),
    path("journals/", journals.index, name="journals"),
    path("journals/<int:number>/", journals.journal, name="journal"),
    path("journals/<int:number>/<int:entry>/reverse/", changing.reverse, name="reverse"),
    path("waiting/", waiting.index, name="waiting"),
    path("waiting/<int:number>/", waiting.proposal, name="proposal"),
    path("waiting/<int:number>/accept/", waiting.accept, name="accept"),
    path("waiting/<int:number>/refuse/", waiting.refuse, name="refuse"),
    path("verify/", journals.verify, name="verify"),
]
