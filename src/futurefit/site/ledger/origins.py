"""Where does the paper stand that a figure was read from, and may this reader see it? (PRE-05)

The ledger knows a paper by its SHA-256 and a place in it. The app that keeps the papers tells the
rest: it registers how to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from futurefit.kernel.provenance import Provenance
from futurefit.site.accounts.holders import Holder

HIDDEN = "Restricted paper"


@dataclass(frozen=True, slots=True)
class Origin:
    """A paper that is kept here: the address of its cells, and whether it may be read."""

    address: str
    is_hidden: bool = False


Find = Callable[[Collection[str], Holder], Mapping[str, Origin]]
_find: list[Find] = []


def register(find: Find) -> None:
    """Say how to find papers by their digests, for somebody who reads."""
    _find[:] = [find]


def of(digests: Collection[str], holder: Holder) -> Mapping[str, Origin]:
    """Those of the papers that are kept here, by digest."""
    wanted = {digest for digest in digests if digest}
    return _find[0](wanted, holder) if _find and wanted else {}


def url_of(place: Provenance, origin: Origin | None) -> str:
    """The address of a place in its paper; "" where the paper is not kept here, or is hidden."""
    if origin is None or origin.is_hidden:
        return ""
    names = ("line",) if place.table is None else ("table", "row", "column")
    named = {name: number for name in names if (number := getattr(place, name)) is not None}
    return f"{origin.address}?{urlencode(named)}"
