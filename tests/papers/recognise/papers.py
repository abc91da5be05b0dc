"""Small papers of our own invention, drawn once and written as Markdown, HTML, Word and PDF."""

import io
from html import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from futurefit.papers.candidates import LineCandidate, PaperCandidate
from futurefit.papers.document import Document
from futurefit.papers.readers import read
from tests.papers import office
from tests.papers.drawing import as_table

Part = str | list[list[str]]
"""A heading ("# …"), a paragraph, or a table by rows."""

PROJECT: list[Part] = [
    [["Future Fit Project Title: Night buses on request"]],
    [
        ["Type of Saving:", "Please tick one box"],
        ["FURTHER", "☐"],
        ["FASTER", "☐"],
        ["NEW", "☒"],
        ["CROSS CUTTING", "☐"],
    ],
    "Corporate Plan Area: ☐ Children and Families ☒ Environment ☐ Open for Business",
    "CMR Lead: Cabinet member for transport",
    "SLT Lead: Director of place",
    "Head of Service Lead: Head of transport",
    "# Brief Project Description:",
    "Two late buses run only when somebody has booked.",
    "# Purpose:",
    "Fewer empty miles.",
    "# Outcomes of the project:",
    "Buses that people use.",
    "# Timescales:",
    [
        ["Milestone", "Completed By Date:"],
        ["Booking line opens", "1 May 2027"],
        ["Routes settled", "Completed"],
    ],
    "# Risks/Impacts (E.g. risks to delivery)",
    [["Risk description", "Mitigation"], ["Nobody books", "Posters at every stop"]],
    "# Equality Impact Assessment",
    "Older passengers are asked first.",
    "# Budget and Proposed Project Savings",
    [
        ["2026-27 Base Budget excluding Recharges (£000)", "", "£1.2m", "", "", ""],
        ["Current Savings Programme (£000)", "", "2026/27", "2027/28", "2028/29", "Total"],
        ["", "Green Delivered", "40", "", "", "40"],
        ["", "Amber", "", "25", "", "25"],
        ["", "Total", "40", "25", "", "65"],
        ["Current FTE", "", "6.5", "", "", ""],
        ["FTE Impact", "", "-1.0", "", "", ""],
    ],
    [
        ["PROPOSED SAVINGS", "", "", "2027/28", "2028/29", "Total"],
        ["New Savings (Further and New)", "£000's", "Green On Target", "10", "", "10"],
        ["", "", "Red", "", "c. 30", "30"],
        ["", "", "Total", "10", "30", "40"],
        ["Existing Savings (Faster)", "£000's", "Amber", "5", "-5", "-"],
        ["TOTAL SAVINGS", "£000's", "", "15", "25", "40"],
        ["ANY INVESTMENT REQUIRED?", "£000's", "", "12", "", ""],
        ["Is investment recurrent?", "Y/N", "", "N", "", ""],
        ["Comments on RAG Ratings", "", "", "Red until the first winter is over", "", ""],
    ],
    "Agreed By:",
    [["Job Title and Name", "Date"], ["Head of Service: name withheld", "02.03.2027"]],
]
"""A project concept paper, complete, with a line brought forward."""


def as_markdown(parts: list[Part]) -> bytes:
    """A paper as Markdown."""
    drawn = []
    for part in parts:
        if isinstance(part, str):
            drawn.append(f"#{part}" if part.startswith("#") else part)
        else:
            drawn.append(as_table(part))
    return "\n\n".join(drawn).encode()


def as_html(parts: list[Part]) -> bytes:
    """A paper as HTML."""
    drawn = []
    for part in parts:
        if isinstance(part, list):
            rows = (
                "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
                for row in part
            )
            drawn.append(f"<table>{''.join(rows)}</table>")
        elif part.startswith("# "):
            drawn.append(f"<h2>{escape(part[2:])}</h2>")
        else:
            drawn.append(f"<p>{escape(part)}</p>")
    return f"<html><body>{''.join(drawn)}</body></html>".encode()


def as_word(parts: list[Part]) -> bytes:
    """A paper as a Word file, its headings by style."""
    drawn = []
    for part in parts:
        if isinstance(part, list):
            rows = (
                office.tr(*(office.tc(office.p(escape(cell, quote=False))) for cell in row))
                for row in part
            )
            drawn.append(office.tbl(*rows))
        elif part.startswith("# "):
            style = '<w:pStyle w:val="Heading2"/>'
            drawn.append(office.p(escape(part[2:], quote=False), properties=style))
        else:
            drawn.append(office.p(escape(part, quote=False)))
    style = '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
    return office.word("".join(drawn), styles=style)


def as_pdf(parts: list[Part]) -> bytes:
    """A paper as a PDF: ruled tables, ticks typed as a small x."""
    styles = getSampleStyleSheet()
    drawn: list[Flowable] = []
    for part in parts:
        if isinstance(part, list):
            rows = [
                [Paragraph(_typed(cell, "x", ""), styles["BodyText"]) for cell in row]
                for row in part
            ]
            drawn.append(Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
        elif part.startswith("# "):
            drawn.append(Paragraph(escape(part[2:]), styles["Heading2"]))
        else:
            drawn.append(Paragraph(_typed(part, "[x]", "[ ]"), styles["BodyText"]))
        drawn.append(Spacer(1, 8))
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=landscape(A4), invariant=1).build(drawn)
    return file.getvalue()


def _typed(text: str, ticked: str, clear: str) -> str:
    """Boxes as a typist writes them, for they are in no font that every PDF has."""
    return escape(text).replace("☒", ticked).replace("☐", clear)


def written(parts: list[Part], form: str) -> Document:
    """A paper read back from one of its forms: md, html, docx or pdf."""
    writer = {"md": as_markdown, "html": as_html, "docx": as_word, "pdf": as_pdf}[form]
    return read(f"paper.{form}", writer(parts))


def told(paper: PaperCandidate) -> dict[str, object]:
    """A candidate without its places."""
    return {
        "kind": paper.kind.value,
        "title": paper.title.text,
        "fields": {
            name: [(one.text, one.meaning, one.doubt) for one in said]
            for name, said in paper.fields.items()
        },
        "lines": {line.key: amounts(line) for line in paper.lines},
        "parts": {
            name: [{key: (said.text, said.meaning) for key, said in row.items()} for row in rows]
            for name, rows in paper.parts.items()
        },
        "missing": paper.missing,
        "findings": [(one.code, one.severity.value) for one in paper.findings],
    }


def amounts(line: LineCandidate) -> list[tuple[str, str, int]]:
    """A line's amounts in short: account, year, pence."""
    return [(one.account.value, one.year, one.pence) for one in line.amounts]
