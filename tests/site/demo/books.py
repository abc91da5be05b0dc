"""The reference programme as a ledger without a database, and the extract it is tested against."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from futurefit.ledger import chain, checks, state
from futurefit.ledger.entries import Draft
from futurefit.site.demo import drafts, papers

EXTRACT = "worcestershire-2015.yaml"
PACK = "data/packs/worcestershire-cabinet-2015-11-19.md"
OUTTURN = "data/budget-papers/mhclg_revenue_summary_2015-16_by_LA.xlsx"
ENTERED = datetime(2026, 1, 5, 9, tzinfo=UTC)


def journals() -> Iterator[Draft]:
    """Every journal of the demonstration, in order."""
    demo = papers.read()
    for paper in demo.papers:
        yield drafts.of_paper(demo, paper)
    yield drafts.of_sources(demo, "Head of Finance")


@cache
def ledger() -> state.Ledger:
    """The demonstration, each journal checked before it joins."""
    folded, salts = state.EMPTY, map(str, count())
    for number, draft in enumerate(journals(), start=1):
        refused = checks.check(folded, draft, horizon=papers.read().horizon, today=ENTERED.date())
        assert refused == []
        journal = chain.seal(
            draft, number=number, recorded_at=ENTERED, previous=folded.head.digest, salts=salts
        )
        folded = state.extend(folded, [journal])
    return folded


def extract(shared: Path) -> dict[str, Any]:
    """Every figure of the real papers, as somebody else read them."""
    return yaml.safe_load((shared / EXTRACT).read_text(encoding="utf-8"))
