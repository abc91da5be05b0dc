"""What does a candidate line say, against the ledger and against what was accepted before?

Plain values between a paper that was studied and the pages that show it (rules PAP-03, PAP-05).
What an acceptance would post is the difference between what is accepted and its *base*: what the
same line of an earlier version of the paper was accepted with, where there is one, else what the
ledger holds on the line now. So a revised paper moves only what it revises, and what has
happened on the line since is left standing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from futurefit.kernel.findings import Finding
from futurefit.kernel.provenance import Provenance
from futurefit.ledger import chain
from futurefit.ledger.entries import RATINGS, Account, LineAttributes, Restriction
from futurefit.ledger.revising import Place, Sums
from futurefit.papers.candidates import AmountCandidate, LineCandidate, PaperCandidate
from futurefit.papers.document import Document
from futurefit.site.ledger import rows


@dataclass(frozen=True, slots=True)
class Part:
    """A recognised part of a paper. `slug` names it in addresses and decisions."""

    slug: str
    candidate: PaperCandidate

    @property
    def lines(self) -> tuple[LineCandidate, ...]:
        """The lines to decide on; none where the part only groups another paper's lines anew."""
        return () if self.candidate.presentation_of else self.candidate.lines

    def line(self, key: str) -> LineCandidate | None:
        """The line of that key."""
        return next((line for line in self.lines if line.key == key), None)


@dataclass(frozen=True, slots=True)
class Study:
    """A paper with all that the program makes of it."""

    document: Document
    findings: tuple[Finding, ...]
    parts: tuple[Part, ...]

    def part(self, slug: str) -> Part | None:
        """The part of that name."""
        return next((part for part in self.parts if part.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a person accepts it, and the cell that it was read from."""

    year: str
    account: Account
    pence: int
    place: Provenance


@dataclass(frozen=True, slots=True)
class Accepted:
    """A line as a person accepts it. `attributes` class a line to be opened; `base` is what its
    amounts were compared with.
    """

    title: str
    amounts: tuple[Amount, ...]
    base: tuple[tuple[str, Account, int], ...] = ()
    attributes: LineAttributes | None = None

    @property
    def sums(self) -> dict[Place, int]:
        """Pence by year and rating."""
        return sums_of((amount.year, amount.account, amount.pence) for amount in self.amounts)

    @property
    def changes(self) -> dict[Place, int]:
        """By how much each year and rating differs from the base, nought left out."""
        return differences(sums_of(self.base), self.sums)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        plain: dict[str, Any] = {
            "title": self.title,
            "amounts": [
                {
                    "year": amount.year,
                    "account": amount.account.value,
                    "pence": amount.pence,
                    "place": chain.plain(amount.place),
                }
                for amount in self.amounts
            ],
            "base": [
                {"year": year, "account": account.value, "pence": pence}
                for year, account, pence in self.base
            ],
        }
        if self.attributes is not None:
            plain["attributes"] = chain.plain(self.attributes)
        return plain


def accepted_from(plain: Mapping[str, Any]) -> Accepted:
    """What `Accepted.plain` gave."""
    return Accepted(
        title=plain["title"],
        amounts=tuple(
            Amount(
                amount["year"],
                Account(amount["account"]),
                amount["pence"],
                Provenance(**amount["place"]),
            )
            for amount in plain["amounts"]
        ),
        base=tuple(
            (cell["year"], Account(cell["account"]), cell["pence"]) for cell in plain["base"]
        ),
        attributes=rows.attributes_from(plain["attributes"]) if "attributes" in plain else None,
    )


def sums_of(cells: Iterable[tuple[str, Account, int]]) -> dict[Place, int]:
    """Pence by year and rating, nought left out."""
    sums: dict[Place, int] = defaultdict(int)
    for year, account, pence in cells:
        sums[year, account] += pence
    return {place: pence for place, pence in sums.items() if pence}


def differences(before: Sums, after: Sums) -> dict[Place, int]:
    """What has to be added to `before` to make `after`, in the order of years and ratings."""
    found = {place: after.get(place, 0) - before.get(place, 0) for place in {**before, **after}}
    return {place: pence for place, pence in sorted(found.items(), key=_order) if pence}


def _order(item: tuple[Place, int]) -> tuple[str, int]:
    (year, account), _ = item
    return (year, RATINGS.index(account))


def proposed(line: LineCandidate, name: str, sha256: str) -> tuple[Amount, ...]:
    """The amounts that a candidate line prints, each with its cell. A printed nil is none."""
    return tuple(
        Amount(one.year, rating_of(one.account), one.pence, placed(one, name, sha256))
        for one in line.amounts
        if one.pence
    )


def rating_of(account: Account) -> Account:
    """The rating that a printed amount stands under; a bare target has none yet."""
    return account if account in RATINGS else Account.UNRATED


def placed(amount: AmountCandidate, name: str, sha256: str) -> Provenance:
    """The cell of an amount, naming its paper."""
    return replace(
        amount.said.place,
        file=name,
        sha256=sha256,
        printed=amount.said.place.printed or amount.said.text,
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One year and rating of a line: what the paper says, what was accepted before (None where
    nothing was), what the ledger holds, and that in a word.
    """

    year: str
    account: Account
    paper: int | None
    before: int | None
    ledger: int | None
    word: str
    amounts: tuple[Amount, ...]


SAME, NEW, CHANGED, DROPPED = "same", "new", "changed", "not in this paper"


def compare(amounts: Iterable[Amount], ledger: Sums, before: Sums | None) -> list[Difference]:
    """A line's amounts beside the ledger's, year by year and rating by rating.

    The word compares with what was accepted before, where something was, else with the ledger.
    """
    amounts = tuple(amounts)
    paper = sums_of((one.year, one.account, one.pence) for one in amounts)
    against = ledger if before is None else before
    found = []
    for place in sorted({*paper, *ledger, *(before or {})}, key=lambda p: _order((p, 0))):
        year, account = place
        printed, stands = paper.get(place), against.get(place)
        if printed == stands:
            word = SAME if printed is not None else "since"
        elif stands is None:
            word = NEW
        else:
            word = CHANGED if printed is not None else DROPPED
        found.append(
            Difference(
                year,
                account,
                printed,
                None if before is None else before.get(place),
                ledger.get(place),
                word,
                tuple(one for one in amounts if (one.year, one.account) == place),
            )
        )
    return found


def doubts(line: LineCandidate) -> list[str]:
    """Why the reading of a line may be wrong, each once."""
    said = [line.title, *([line.ref] if line.ref else []), *(one.said for one in line.amounts)]
    return list(
        dict.fromkeys(
            [
                *line.doubts,
                *(f"“{one.text}”: {one.doubt}" for one in said if one.doubt),
            ]
        )
    )


_STRICTNESS = {Restriction.PUBLIC: 0, Restriction.OFFICERS: 1, Restriction.CONFIDENTIAL: 2}


def is_weaker(one: Restriction, than: Restriction) -> bool:
    """True when more people may read the one than the other."""
    return _STRICTNESS[one] < _STRICTNESS[than]
