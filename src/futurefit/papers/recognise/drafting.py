"""Which entries of the ledger does an accepted paper make? (rule REC-15)

A line is opened with its attributes, and its target set straight to the accounts that the paper
prints, each posting pointing to its own cell. A printed nil makes no posting; a printed total never
does. Only what a person accepted is drafted, and a presentation of another paper never is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts
from futurefit.ledger.entries import Draft, Entry, LineAttributes
from futurefit.papers.candidates import PaperCandidate


@dataclass(frozen=True, slots=True)
class Drafted:
    """The entries of a paper, and the places that their postings count from 0 in."""

    entries: tuple[Entry, ...]
    sources: tuple[Provenance, ...]

    def journal(self, *, by: str, why: str, decision: str = "") -> Draft:
        """One journal of all of it; `by` is a post or a user."""
        return Draft(by=by, why=why, decision=decision, entries=self.entries, sources=self.sources)


def draft_entries(
    candidate: PaperCandidate,
    refs: Mapping[str, str],
    *,
    on: date,
    attributes: Mapping[str, LineAttributes] | None = None,
    file: str = "",
    sha256: str = "",
    known: Mapping[Provenance, int] | None = None,
) -> Drafted:
    """The entries that accept a paper's lines: `refs` gives the ledger's reference of each accepted
    line by its key, and lines that it leaves out are not drafted. `attributes` replaces what the
    paper gives (the parents that it cannot know). `file` and `sha256` go into every place. `known`
    numbers places that the journal holds already, where it takes in several papers.

    ValueError: a key that the paper does not have, or a paper that only presents another.
    """
    if candidate.presentation_of and refs:
        raise ValueError(
            f"“{candidate.title.text}” presents the lines of “{candidate.presentation_of}”: "
            "accept those, or they would count twice."
        )
    lines = {line.key: line for line in candidate.lines}
    if unknown := refs.keys() - lines.keys():
        raise ValueError(f"“{candidate.title.text}” has no line {', '.join(sorted(unknown))}.")
    given = attributes or {}
    places: dict[Provenance, int] = dict(known or {})
    opened, targets = [], []
    for key, line in lines.items():
        if key not in refs:
            continue
        opened.append(acts.open_line(refs[key], given.get(key, line.attributes), on=on))
        cells = [
            (
                amount.year,
                amount.account,
                amount.pence,
                places.setdefault(
                    replace(amount.said.place, file=file, sha256=sha256), len(places)
                ),
            )
            for amount in line.amounts
            if amount.pence
        ]
        if cells:
            targets.append(acts.set_rated_target(refs[key], cells, on=on))
    return Drafted((*opened, *targets), tuple(places))
