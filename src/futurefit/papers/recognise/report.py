"""How is what was recognised handed on: as plain values, and for people to read? (rule REC-01)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from futurefit.kernel.findings import Finding
from futurefit.kernel.provenance import Provenance
from futurefit.kernel.report import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    Shape,
    Table,
    Unit,
)
from futurefit.papers.candidates import (
    AmountCandidate,
    LineCandidate,
    PaperCandidate,
    Said,
    TotalCandidate,
)


def as_values(candidate: PaperCandidate) -> dict[str, Any]:
    """A candidate as JSON holds it: amounts in whole pence, days as 2015-11-19."""
    return {
        "template": candidate.template,
        "kind": candidate.kind.value,
        "title": _said(candidate.title),
        "place": _place(candidate.place),
        "presentation_of": candidate.presentation_of,
        "fields": {name: [_said(one) for one in said] for name, said in candidate.fields.items()},
        "lines": [_line(line) for line in candidate.lines],
        "totals": [_total(total) for total in candidate.totals],
        "parts": {
            name: [{key: _said(said) for key, said in row.items()} for row in rows]
            for name, rows in candidate.parts.items()
        },
        "missing": list(candidate.missing),
        "findings": [_finding(finding) for finding in candidate.findings],
    }


def _line(line: LineCandidate) -> dict[str, Any]:
    return {
        "key": line.key,
        "ref": None if line.ref is None else _said(line.ref),
        "title": _said(line.title),
        "attributes": {
            one.name: str(getattr(line.attributes, one.name)) for one in fields(line.attributes)
        },
        "amounts": [_amount(amount) for amount in line.amounts],
        "totals": [_total(total) for total in line.totals],
        "others": {name: _said(said) for name, said in line.others.items()},
        "doubts": list(line.doubts),
    }


def _amount(amount: AmountCandidate) -> dict[str, Any]:
    return {
        "account": amount.account.value,
        "year": amount.year,
        "pence": amount.pence,
        "said": _said(amount.said),
        "also": [_place(place) for place in amount.also],
    }


def _total(total: TotalCandidate) -> dict[str, Any]:
    return {
        "account": None if total.account is None else total.account.value,
        "year": total.year,
        "pence": total.pence,
        "said": _said(total.said),
        "lines": list(total.lines),
    }


def _said(said: Said) -> dict[str, Any]:
    meaning = said.meaning.isoformat() if isinstance(said.meaning, date) else said.meaning
    return {
        "text": said.text,
        "meaning": meaning,
        "doubt": said.doubt,
        "place": _place(said.place),
    }


def _place(place: Provenance) -> dict[str, Any]:
    return {
        one.name: value
        for one in fields(place)
        if (value := getattr(place, one.name)) not in (None, "")
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": _place(finding.place),
        "printed": finding.printed,
        "expected": finding.expected,
        "difference": finding.difference,
        "advice": finding.advice,
        "confidence": finding.confidence,
    }


# --- for people -----------------------------------------------------------------------------------


def as_report(name: str, candidates: Iterable[PaperCandidate]) -> Report:
    """What a document's papers propose, as a page: for each its answers, lines, parts, doubts."""
    blocks: list[Block] = []
    found = list(candidates)
    if not found:
        blocks.append(Paragraph("No part of it looks like a form that is known."))
    for candidate in found:
        blocks += _paper(candidate)
    return Report(f"What {name} proposes", tuple(blocks))


def _paper(candidate: PaperCandidate) -> list[Block]:
    blocks: list[Block] = [
        Heading(candidate.title.text or candidate.kind.value),
        Paragraph(f"A {candidate.kind.value}, from {candidate.place.words() or 'its beginning'}."),
    ]
    if candidate.presentation_of:
        blocks.append(
            Paragraph(
                f"It groups the lines of “{candidate.presentation_of}” anew, and is not posted."
            )
        )
    if candidate.missing:
        named = ", ".join(name.replace("_", " ") for name in candidate.missing)
        blocks.append(Paragraph(f"Asked for and not found: {named}."))
    if candidate.lines:
        blocks.append(_amounts(candidate.lines))
    if candidate.fields:
        blocks.append(_answers(candidate.fields))
    if candidate.parts:
        blocks.append(_counts(candidate))
    if candidate.findings:
        blocks.append(_doubts(candidate.findings))
    return blocks


def _amounts(lines: Iterable[LineCandidate]) -> Table:
    rows: list[Row] = []
    for line in lines:
        rows += [
            Row(
                (
                    Cell(line.key),
                    Cell(line.title.text),
                    Cell(line.attributes.tranche.value.lower()),
                    Cell(amount.account.value.replace("_", " ").lower()),
                    Cell(amount.year),
                    Cell(amount.pence, note=amount.said.doubt),
                    Cell(amount.said.place.words()),
                )
            )
            for amount in line.amounts
            if amount.pence
        ]
        rows += [
            Row(
                (
                    Cell(line.key),
                    Cell(line.title.text),
                    Cell(line.attributes.tranche.value.lower()),
                    Cell(""),
                    Cell(""),
                    Cell(None, note=doubt),
                    Cell(line.title.place.words()),
                )
            )
            for doubt in line.doubts
        ]
    return Table(
        "Lines",
        (
            Column("line", "Line"),
            Column("title", "Title"),
            Column("tranche", "Tranche"),
            Column("account", "Account"),
            Column("year", "Year"),
            Column("amount", "Amount", Shape.PENCE),
            Column("place", "Where"),
        ),
        tuple(rows),
        Unit.POUNDS,
    )


def _answers(said: Mapping[str, tuple[Said, ...]]) -> Table:
    return Table(
        "Answers",
        (Column("field", "Asked for"), Column("answer", "Said"), Column("place", "Where")),
        tuple(
            Row(
                (
                    Cell(name.replace("_", " ")),
                    Cell(one.text, note=one.doubt),
                    Cell(one.place.words()),
                )
            )
            for name, answers in said.items()
            for one in answers
        ),
    )


def _counts(candidate: PaperCandidate) -> Table:
    return Table(
        "Lists",
        (Column("part", "List"), Column("number", "Rows", Shape.COUNT)),
        tuple(
            Row((Cell(name.replace("_", " ")), Cell(len(rows))))
            for name, rows in candidate.parts.items()
        ),
    )


def _doubts(findings: Iterable[Finding]) -> Table:
    return Table(
        "Doubts",
        (
            Column("rule", "Rule"),
            Column("severity", "Severity"),
            Column("message", "What"),
            Column("advice", "What to do"),
            Column("place", "Where"),
        ),
        tuple(
            Row(
                (
                    Cell(finding.code),
                    Cell(finding.severity.value),
                    Cell(finding.message),
                    Cell(finding.advice),
                    Cell(finding.place.words()),
                )
            )
            for finding in findings
        ),
    )
