"""Where does a paper, a place in it or a candidate of it stand on the site? (held to `urls`)"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from futurefit.kernel.provenance import Provenance

PAPERS = "/papers/"


def paper_url(number: int) -> str:
    """The page of an upload."""
    return f"/papers/{number}/"


def file_url(number: int) -> str:
    """The file itself, as it was uploaded."""
    return f"/papers/{number}/file/"


def about_url(number: int) -> str:
    """The form for what a paper is about and who may read it."""
    return f"/papers/{number}/about/"


def part_url(number: int, part: str) -> str:
    """The review of a part of a paper."""
    return f"/papers/{number}/review/{quote(part, safe='')}/"


def decide_url(number: int, part: str, key: str) -> str:
    """The form to decide on one candidate line."""
    return f"/papers/{number}/review/{quote(part, safe='')}/line/{quote(key)}/"


def record_url(number: int, part: str) -> str:
    """The form that records what is accepted."""
    return f"/papers/{number}/review/{quote(part, safe='')}/record/"


def digest_url(sha256: str) -> str:
    """The paper with these bytes, wherever on the site it stands."""
    return f"/papers/of/{sha256}/"


def source_url(number: int, place: Provenance | None = None) -> str:
    """The paper redrawn; at a place of it, where one is given."""
    path = f"/papers/{number}/source/"
    if place is None:
        return path
    names = ("line",) if place.table is None else ("table", "row", "column")
    named = {name: value for name in names if (value := getattr(place, name)) is not None}
    if not named:
        return path
    return f"{path}?{urlencode(named)}#{anchor(place)}"


def anchor(place: Provenance) -> str:
    """The name of a place within its redrawn paper."""
    if place.table is None:
        return f"line-{place.line}" if place.line is not None else "main-content"
    if place.row is None:
        return f"t{place.table}"
    if place.column is None:
        return f"t{place.table}-r{place.row}"
    return f"t{place.table}-r{place.row}-c{place.column}"
