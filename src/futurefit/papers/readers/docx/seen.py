"""What in a Word file does a reader of the printed page not see, and what should be done? (AUD-25)

Tracked changes, comments and hidden text travel with a published file. What is inert is told too:
nothing in a file is run, opened or fetched (AUD-29).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.readers.zipped import Package

CODE, CODE_INERT = "AUD-25", "AUD-29"

_FIRST = 3  # places told of each kind
_LONGEST_QUOTE = 60  # characters


@dataclass(slots=True)
class Places:
    """How often something was seen, and the first places and words of it."""

    count: int = 0
    quotes: list[str] = field(default_factory=list)
    heading: str = ""
    line: int | None = None


@dataclass(slots=True)
class Seen:
    """What was seen while reading, by kind; `heading` and `line` are where the reader is now."""

    heading: str = ""
    line: int = 0
    kinds: dict[str, Places] = field(default_factory=dict)

    def note(self, kind: str, text: str = "") -> None:
        """Count one more of a kind, here."""
        places = self.kinds.setdefault(kind, Places())
        if not places.count:
            places.heading, places.line = self.heading, self.line
        places.count += 1
        quote = " ".join(text.split())
        if quote and len(places.quotes) < _FIRST:
            short = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
            places.quotes.append(f"“{short}”")


_TRACKED = {
    "inserted": "insertion",
    "deleted": "deletion",
    "moved": "move",
}
_TOLD = {
    "comment": (
        "comment",
        "Readers of a published paper can read them. Delete them (Review, Delete all comments).",
    ),
    "hidden": (
        "piece of hidden text",
        "It is not printed, but anybody can show it. Delete it, or unhide it.",
    ),
}
_UNREAD = {
    "picture": ("picture", "Words and figures in pictures are not read: give them as text."),
    "chart": ("chart", "Figures in charts are not read: give them in a table as well."),
    "diagram": ("diagram", "Words in diagrams are not read: give them as text as well."),
    "inserted file": ("file inserted by reference", "Its words are not read: paste them in."),
    "symbol": ("symbol of a special font", "It stands in the text as “�”: check what it means."),
}
_INERT = {
    "object": ("embedded object", "It was not opened. Put what it shows into the paper."),
    "link": ("link to another file for content", "It was not followed. Break the link."),
    "template": ("template attached from elsewhere", "It was not fetched. Detach it."),
    "macros": ("set of macros", "Nothing was run. Save the paper as .docx, without macros."),
    "control": ("ActiveX control", "It was not started. Replace it by text."),
}


def findings(name: str, seen: Seen, package: Package, main: str) -> Iterator[Finding]:
    """What there is to tell of a file, worst first."""
    tracked = [kind for kind in _TRACKED if kind in seen.kinds]
    if tracked:
        counts = ", ".join(_counted(seen.kinds[kind].count, _TRACKED[kind]) for kind in tracked)
        quotes = "; ".join(
            f"{kind}: {', '.join(seen.kinds[kind].quotes)}"
            for kind in tracked
            if seen.kinds[kind].quotes
        )
        first = min((seen.kinds[kind] for kind in tracked), key=lambda places: places.line or 0)
        yield Finding(
            CODE,
            Severity.WARNING,
            f"The paper has tracked changes that nobody has settled: {counts}. It was read as if "
            f"all were accepted. First {quotes}." if quotes else
            f"The paper has tracked changes that nobody has settled: {counts}.",
            _place(name, first),
            printed=counts,
            expected="no tracked changes",
            advice="Accept or reject each change before publishing (Review, Tracking).",
        )  # fmt: skip
    for kind, (noun, advice) in _TOLD.items():
        if kind in seen.kinds:
            yield _finding(name, seen.kinds[kind], noun, advice, Severity.WARNING, CODE)
    for kind, (noun, advice) in _UNREAD.items():
        if kind in seen.kinds:
            yield _finding(name, seen.kinds[kind], noun, advice, Severity.NOTE, CODE)
    for kind, count in _inert(seen, package, main).items():
        noun, advice = _INERT[kind]
        places = seen.kinds.get(kind, Places())
        places.count = count
        yield _finding(name, places, noun, advice, Severity.NOTE, CODE_INERT)


def _inert(seen: Seen, package: Package, main: str) -> dict[str, int]:
    """What could act in a word processor, by kind: counted, never opened."""
    found = {kind: places.count for kind, places in seen.kinds.items() if kind in _INERT}
    if any(path.endswith("vbaproject.bin") for path in package.paths):
        found["macros"] = 1
    controls = sum("/activex/activex" in path and path.endswith(".xml") for path in package.paths)
    if controls:
        found["control"] = controls
    outside = [one for one in package.relations(main).values() if one.outside]
    links = sum(one.kind not in ("hyperlink", "image") for one in outside)
    if links:
        found["link"] = links
    settings = package.relations("word/settings.xml")
    if any(one.outside and one.kind == "attachedTemplate" for one in settings.values()):
        found["template"] = 1
    return found


def _finding(
    name: str, places: Places, noun: str, advice: str, severity: Severity, code: str
) -> Finding:
    counted = _counted(places.count, noun)
    quotes = f", first {', '.join(places.quotes)}" if places.quotes else ""
    return Finding(
        code,
        severity,
        f"The paper holds {counted}{quotes}.",
        _place(name, places),
        printed=counted,
        expected=f"no {noun}" if severity is Severity.WARNING else "",
        advice=advice,
    )


def _place(name: str, places: Places) -> Provenance:
    return Provenance(file=name, heading=places.heading, line=places.line)


def _counted(count: int, noun: str) -> str:
    """A count with its noun: "2 files inserted by reference"."""
    if count == 1:
        return f"1 {noun}"
    first, _, rest = noun.partition(" of ")
    if rest:
        return f"{count:,} {first}s of {rest}"
    head, parted, tail = noun.partition(" from ") if " from " in noun else (noun, "", "")
    for mark in (" inserted", " to ", " attached"):
        if mark in head:
            front, _, back = head.partition(mark)
            return f"{count:,} {front}s{mark}{back}{parted}{tail}"
    return f"{count:,} {head}s{parted}{tail}"
