"""Which journals do the papers make? One a paper, and one for what savings are taken out of.

Plain values from `papers` to plain drafts of the ledger: every amount points to its cell.
"""

from __future__ import annotations

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts
from futurefit.ledger.entries import Draft, Entry
from futurefit.site.demo.papers import Demo, Paper


def of_paper(demo: Demo, paper: Paper) -> Draft:
    """The journal that enters a paper: its lines, and their targets as rated in it."""
    places: dict[Provenance, int] = {}
    entries: list[Entry] = []
    for line in paper.lines:
        entries.append(acts.open_line(line.ref, line.attributes, on=paper.effective_on))
        if line.place is not None:
            _numbered(places, line.place)
    for line in paper.lines:
        cells = [
            (figure.year, figure.account, figure.amount_pence, _numbered(places, figure.place))
            for figure in demo.figures
            if figure.line == line.ref
        ]
        if cells:
            entries.append(acts.set_rated_target(line.ref, cells, on=paper.effective_on))
    return Draft(
        by=demo.post(paper.by), why=paper.why, entries=tuple(entries), sources=tuple(places)
    )


def of_sources(demo: Demo, by: str) -> Draft:
    """The journal that states what each source holds and which lines claim it."""
    on = demo.as_at
    return Draft(
        by=by,
        why="What savings are taken out of, as the papers and the council's own return have it.",
        entries=(
            *(acts.set_capacity(s.code, s.kind, s.base_pence, on=on) for s in demo.sources),
            *(acts.claim(c.line, c.source, c.basis_points, on=on) for c in demo.claims),
        ),
        sources=tuple(dict.fromkeys(source.place for source in demo.sources)),
    )


def _numbered(places: dict[Provenance, int], place: Provenance) -> int:
    """The place's number in the journal, the same for the same cell."""
    return places.setdefault(place, len(places))
