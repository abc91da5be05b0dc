"""What is said of two versions of a paper? (rules AUD-60 to AUD-62)"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from futurefit.kernel.findings import Finding
from futurefit.kernel.provenance import Provenance
from futurefit.papers.document import Document


class How(StrEnum):
    """What became of a figure."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is not as it was. `what` names it: its row and column, or its sentence.

    `before` and `after` say where it stands and how it is printed; one is None where it is added or
    dropped. `difference` is after less before, printed as the finer of the two; "" where there is
    none.
    """

    how: How
    what: str
    before: Provenance | None
    after: Provenance | None
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A total and its parts that did not move together, or that have come together.

    `total` and `parts` say by how much each moved, `expected` what the parts now add up to, and
    `difference` how far the total is from that, printed as the total is. `cause` is the one part
    that changed, where there is just one. `rough` says that a part is "about" something or to be
    confirmed, so that nothing is proven.
    """

    what: str
    reason: str
    before: Provenance
    after: Provenance
    total: str
    parts: str
    expected: str
    difference: str
    cause: Provenance | None = None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a paper.

    `same` counts the figures of tables that are as they were. `mended` are totals that the later
    version puts right; `findings` tell the unexplained moves, one for each cause.
    """

    before: Document
    after: Document
    figures: tuple[Change, ...]
    text: tuple[Change, ...]
    unexplained: tuple[Move, ...]
    mended: tuple[Move, ...]
    findings: tuple[Finding, ...]
    same: int
