"""What do the data files say about the reference programme? (plain values; no database)

Structure and words are TOML, figures are CSV, all under `data/`. Every figure keeps its place in
the pack. A key that is not known raises, so that a slip in a file cannot pass unseen.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.years import Horizon
from futurefit.ledger.entries import (
    Account,
    Fund,
    LineAttributes,
    LineKind,
    Recurrence,
    SavingClass,
    SavingType,
    SourceKind,
    Tranche,
)
from futurefit.site.programme.controls import Control

PAPERS = (
    "send-contract",
    "self-sufficient",
    "commissioning",
    "active-alliances",
    "operating-model",
    "modernising-hr",
    "finance-management",
)
"""One file a paper, in the order of their dates: so the journals run."""

_CLASSES = {
    "kind": LineKind,
    "saving_class": SavingClass,
    "saving_type": SavingType,
    "tranche": Tranche,
    "fund": Fund,
    "recurrence": Recurrence,
}
_ATTRIBUTES = frozenset(field.name for field in fields(LineAttributes))
_LINE_WORDS = frozenset({"ref", "title", "narrative", "printed_note", "line"})


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that figures were read from."""

    name: str
    sha256: str
    kind: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post. Where the paper names only a person, `printed` is False and the title ours."""

    code: str
    title: str
    printed: bool


@dataclass(frozen=True, slots=True)
class Service:
    """A service of a directorate, and how far the council has come with commissioning it."""

    code: str
    directorate: str
    name: str
    status: str
    note: str
    place: Provenance


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger: its classes and what it is called. `place` where no figure has one."""

    ref: str
    title: str
    narrative: str
    printed_note: str
    attributes: LineAttributes
    place: Provenance | None


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of a line, in pence with the ledger's sign, and its cell."""

    line: str
    year: str
    account: Account
    amount_pence: int
    place: Provenance


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the programme: a theme or a project, its lines, and its words by table.

    `parts` holds the workstreams, milestones, risks, measures, support, dependencies, facts and
    sign-offs as the file has them, each with its place.
    """

    kind: str
    code: str
    title: str
    effective_on: date
    by: str
    why: str
    place: Provenance
    words: Mapping[str, Any]
    parts: Mapping[str, tuple[Mapping[str, Any], ...]]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What savings are taken out of, and what it holds in a year."""

    code: str
    kind: SourceKind
    title: str
    reference: str
    base_pence: int
    note: str
    place: Provenance


@dataclass(frozen=True, slots=True)
class Claim:
    """A line takes a share (of 10,000) of its amount out of a source."""

    line: str
    source: str
    basis_points: int


@dataclass(frozen=True, slots=True)
class Demo:
    """The whole reference programme."""

    name: str
    council: str
    horizon: Horizon
    as_at: date
    baseline: Mapping[str, str]
    documents: tuple[Document, ...]
    posts: tuple[Post, ...]
    directorates: Mapping[str, str]
    mtfp_headings: Mapping[str, str]
    services: tuple[Service, ...]
    papers: tuple[Paper, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    controls: tuple[Control, ...]
    remarks: tuple[Finding, ...]

    def post(self, code: str) -> str:
        """The title of a post."""
        return next(post.title for post in self.posts if post.code == code)


@cache
def read() -> Demo:
    """The reference programme as the data files have it."""
    head = _toml("programme")
    documents = {
        code: Document(row["name"], row["sha256"], row["kind"], row.get("pages"))
        for code, row in head["document"].items()
    }
    pack = documents["pack"]
    papers = tuple(_paper(name, pack) for name in PAPERS)
    taken = _toml("sources")
    return Demo(
        name=head["name"],
        council=head["council"],
        horizon=Horizon(head["first_year"], head["last_year"], head["open_from"]),
        as_at=head["as_at"],
        baseline=head["baseline"],
        documents=tuple(documents.values()),
        posts=tuple(Post(row["code"], row["title"], row["printed"]) for row in head["post"]),
        directorates={row["code"]: row["name"] for row in head["directorate"]},
        mtfp_headings={row["code"]: row["name"] for row in head["mtfp_heading"]},
        services=tuple(_services(pack)),
        papers=papers,
        figures=tuple(
            Figure(
                row["line"],
                row["year"],
                Account(row["account"]),
                int(row["amount_pence"]),
                _place(row, pack),
            )
            for row in _csv("figures")
        ),
        sources=tuple(
            Source(
                row["code"],
                SourceKind(row["kind"]),
                row["title"],
                row["reference"],
                row["base_pence"],
                row["note"],
                _place(row, documents[row.get("document", "pack")]),
            )
            for row in taken["source"]
        ),
        claims=tuple(Claim(**row) for row in taken["claim"]),
        controls=tuple(_controls(pack, papers)),
        remarks=tuple(_remarks(pack)),
    )


def _paper(name: str, pack: Document) -> Paper:
    file = _toml(name)
    head, words = file.pop("paper"), file.pop("words")
    lines = tuple(_line(row, head, pack) for row in file.pop("line"))
    parts = {
        table: tuple({**row, "place": _place(row, pack)} for row in rows)
        for table, rows in file.items()
    }
    return Paper(
        kind=head["kind"],
        code=head["code"],
        title=head["title"],
        effective_on=head["effective_on"],
        by=head["by"],
        why=head["why"],
        place=_place(head, pack),
        words=words,
        parts=parts,
        lines=lines,
    )


def _line(row: Mapping[str, Any], paper: Mapping[str, Any], pack: Document) -> Line:
    unknown = set(row) - _ATTRIBUTES - _LINE_WORDS
    if unknown:
        raise ValueError(f"line {row['ref']} has no {', '.join(sorted(unknown))}")
    values = {name: row[name] for name in _ATTRIBUTES & set(row)}
    classes = {name: _CLASSES[name](text) for name, text in values.items() if name in _CLASSES}
    return Line(
        ref=row["ref"],
        title=row["title"],
        narrative=row.get("narrative", ""),
        printed_note=row.get("printed_note", ""),
        attributes=LineAttributes(**(values | classes | {paper["kind"]: paper["code"]})),
        place=_place(row, pack) if "line" in row else None,
    )


def _services(pack: Document) -> Iterable[Service]:
    for row in _csv("services"):
        place = Provenance(file=pack.name, sha256=pack.sha256, line=int(row["line"]))
        yield Service(
            row["code"], row["directorate"], row["name"], row["status"], row["note"], place
        )


def _controls(pack: Document, papers: Iterable[Paper]) -> Iterable[Control]:
    """The printed totals. A row without lines is a further part of the total above it."""
    dated = {line.ref: paper.effective_on for paper in papers for line in paper.lines}
    whole: Control | None = None
    for row in _csv("controls"):
        amount, place = int(row["amount_pence"]), _place(row, pack)
        if row["lines"]:
            if whole is not None:
                yield whole
            lines = tuple(row["lines"].split())
            whole = Control(
                check=row["check"],
                what=row["what"],
                lines=lines,
                years=tuple(row["years"].split()),
                ratings=tuple(row["ratings"].split()),
                amount_pence=amount,
                printed=place.printed,
                as_at=max(dated[line] for line in lines),
                advice=row["advice"],
                place=place,
            )
        elif whole is not None:
            whole = replace(
                whole,
                amount_pence=whole.amount_pence + amount,
                printed=f"{whole.printed} + {place.printed}",
            )
    if whole is not None:
        yield whole


def _remarks(pack: Document) -> Iterable[Finding]:
    for row in _toml("remarks")["remark"]:
        yield Finding(
            code="PAPER",
            severity=Severity(row["severity"]),
            message=row["message"],
            place=_place(row, pack),
            printed=row.get("printed", ""),
            advice=row.get("advice", ""),
        )


def _place(row: Mapping[str, Any], document: Document) -> Provenance:
    """The place that a row names; a CSV row calls the line of the text `place_line`."""

    def number(name: str) -> int | None:
        return int(row[name]) if row.get(name) else None

    return Provenance(
        file=document.name,
        sha256=document.sha256,
        page=number("page"),
        heading=row.get("heading", ""),
        line=number("place_line" if "place_line" in row else "line"),
        table=number("table"),
        row=number("row"),
        column=number("column"),
        printed=row.get("printed") or "",
    )


def _text(name: str) -> str:
    return resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(f"{name}.toml"))


def _csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_text(f"{name}.csv"))))
