"""The reference programme in a browser: every page that somebody may open, wide and narrow."""

from __future__ import annotations

import pytest

from futurefit.site.demo import load
from futurefit.site.ledger import changing
from tests.journeys.conftest import Traveller
from tests.site import people

PUBLIC = (
    "/",
    "/themes/",
    "/projects/",
    "/figures/",
    "/lines/",
    "/lines/?rag=RED&in_tranche=CURRENT&unit=pounds",
    "/lines/HR-1/",
    "/lines/OM-2/",
    "/by/theme/",
    "/by/theme/rag/?view=cumulative",
    "/by/kind/tranche/",
    "/grid/?in_tranche=CURRENT&project=send-contract",
    "/mtfp/",
    "/bridge/",
    "/bridge/?baseline=none&in_tranche=CURRENT",
    "/bridge/working/?step=UNRATED&in_tranche=PROPOSED",
    "/bridge/between/?since=1",
    "/record/",
    "/missed/",
    "/working/?in_tranche=PROPOSED&year=2016/17",
    "/working/?year=2016/17",
    "/changes/?since=1",
    "/changes/working/?line=HR-1&kind=set_target&measure=target&since=0",
    "/double-counting/",
    "/double-counting/working/?line=HR-1&source=coach-net-budget&year=2016/17",
    "/journals/",
    "/journals/6/",
    "/findings/",
    "/milestones/",
    "/risks/",
    "/search/?q=contract",
)

FOR_FINANCE = (
    "/lines/HR-1/",
    *(f"/lines/HR-1/change/{act}/" for act in changing.ACTS),
    "/lines/HR-1/words/",
    "/open-line/",
    "/journals/6/",
    "/journals/6/3/reverse/",
    "/double-counting/",
    "/double-counting/rule/",
    "/double-counting/source/",
    "/waiting/",
    "/verify/",
)


@pytest.fixture
def reference_programme(server: str) -> None:
    load.load()
    people.bob()


@pytest.mark.usefixtures("reference_programme")
@pytest.mark.parametrize("traveller", ["at a desk", "on a phone"], indirect=True)
def test_a_visitor_and_finance_look_at_every_page(traveller: Traveller) -> None:
    for path in PUBLIC:
        traveller.open(path)
    traveller.open("/lines/?as_at=never", status=400)
    traveller.open("/lines/NOWHERE/", status=404)
    traveller.sign_in("bob", people.PASSWORD)
    for path in FOR_FINANCE:
        traveller.open(path)
