"""Is anything left out: a part of the form, a field, an amount, a half of a risk? (rule AUD-48)

Which parts a form asks for is said by the template that the paper was recognised by. Fields that
still hold the form's own words, or only a promise, are told wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit.passages import finding
from futurefit.papers.audit.wording import where
from futurefit.papers.candidates import PaperCandidate, PaperKind
from futurefit.papers.document import Document, Table, TableCell
from futurefit.papers.recognise import recognise, shipped
from futurefit.papers.text import Kind, Passage, Text, folded, read_text, shortened

CODE = "AUD-48"

_FORMS = (PaperKind.PROJECT, PaperKind.THEME, PaperKind.DECISION)
_MOST_NAMED = 5
_QUOTES = ('"', "'", "“", "‘", "`")
_SHORT = 80  # characters; longer is a sentence
_MOST_CELLS = 5_000

_LEFT = re.compile(
    r"lorem ipsum|"
    r"\[(?:insert|enter|add|type|(?:name|date|title|amount) (?:of|here))\b[^\]\n]{0,60}\]|"
    r"<(?:insert|enter|add)\b[^>\n]{0,60}>|click (?:or tap )?here to enter|choose an item|"
    r"insert (?:text|name|date|figure|table|chart|map|logo|amount|title) here|"
    r"error! (?:reference source|bookmark)[a-z ]{0,20}|\?{3,}|£\s?(?:x{1,3}|\?+)\b|#ref!|"
    r"xx/xx/(?:xx|20)|x{3,}(?![a-z])"
)
_PROMISED = re.compile(r"\b(?:tbc|tbd|tba)\b|to be (?:confirmed|advised)\b")
_ONLY_PROMISED = re.compile(
    r"\W*(?:tbc|tbd|tba|to be (?:confirmed|determined|advised|completed))\W*"
)
_NO_AMOUNT = re.compile(
    r"(?:costs?|savings?|budget|investment|income|expenditure|reduction|increase|overspend|"
    r"underspend) of (?P<next>for|is|are|was|were|will|from)\s"
)
_MATTERS = re.compile(r"\b(?:equality|risks?|leads?|milestones?|sign|approv|financ|legal)")
_FORM_ROW = re.compile(
    r"\bfte\b|\?$|\binvestment\b|\blead\b|\bowner\b|\bsigned\b|\bname\b|\bdate\b|\bcost code\b"
)
_RISK_HEAD = re.compile(r"\brisks?\b")
_MITIGATION_HEAD = re.compile(r"\bmitigat(?:ion|ing|e|ed)\b")
_ACTS = re.compile(
    r"(?:ensure|establish|develop|continue|maintain|monitor|obtain|agree|undertake|engage|"
    r"work (?:with|closely)|present|provide)\b"
)
_FEWEST_FILLED = 2  # rows of a form that are filled in, beside those left blank


def check_incomplete(document: Document) -> list[Finding]:
    """Parts, fields, amounts and mitigations that are not there."""
    text = read_text(document)
    forms = _recognised(document, text)
    return [
        *_missing(forms),
        *_no_equality(text, forms),
        *_left_over(text),
        *_promised(text),
        *_no_amounts(text),
        *(found for table in document.tables for found in _blank_rows(table)),
        *_risks(document, text),
    ]


def _recognised(document: Document, text: Text) -> tuple[PaperCandidate, ...]:
    """The forms in a document; only those are tried whose opening words stand in it."""
    tried = [
        template
        for template in shipped()
        if template.kind in _FORMS
        and any(folded(label).rstrip("…") in text.folded for label in template.starts.labels)
    ]
    return recognise(document, tried) if tried else ()


# --- parts of the form ----------------------------------------------------------------------------


def _missing(forms: Sequence[PaperCandidate]) -> Iterator[Finding]:
    """Required parts of a recognised form that were not found."""
    for form in forms:
        names = [name.replace("_", " ") for name in form.missing]
        if names:
            yield Finding(
                code=CODE,
                severity=Severity.NOTE,
                message=(
                    f"“{shortened(form.title.text, 70)}” ({form.kind.value}): the form asks for "
                    f"{' and '.join(names)}; nothing was found under that."
                ),
                place=form.place,
                advice="Fill it in, or say why it does not apply.",
                confidence=0.6,
            )


def _no_equality(text: Text, forms: Sequence[PaperCandidate]) -> Iterator[Finding]:
    """Proposals that say nothing of equality."""
    asking = [form for form in forms if form.kind is not PaperKind.DECISION]
    starts = sorted(form.place.line or 0 for form in forms)
    spoken = [
        passage.place.line or 0
        for match, passage in text.find(re.compile("equalit"))
        # The form's own hint, "risks … (e.g. financial, legal, equality)", says nothing yet.
        if "e.g" not in passage.text.lower()
    ]
    for form in asking:
        start = form.place.line or 0
        end = next((line for line in starts if line > start), None)
        if not any(start <= line and (end is None or line < end) for line in spoken):
            yield Finding(
                code=CODE,
                severity=Severity.NOTE,
                message=(
                    f"“{shortened(form.title.text, 70)}” ({form.kind.value}) says nothing of its "
                    "effect on equality."
                ),
                place=form.place,
                advice="Say whether an equality assessment was made, and what it found.",
                confidence=0.5,
            )


# --- fields ---------------------------------------------------------------------------------------


def _left_over(text: Text) -> Iterator[Finding]:
    """Words of the form, or of a program, where words of the paper should be."""
    for match, passage in text.find(_LEFT):
        if match.start() and text.folded[match.start() - 1].isalnum():
            continue
        if match[0].startswith("x") and text.printed(match).isupper():
            continue  # a number in Roman figures
        if match[0] == "#ref!" and "!" in passage.place.heading:
            continue  # a workbook's error cells are told by its reader (AUD-28)
        yield finding(
            CODE,
            passage,
            f"“{text.printed(match)}” is left in “{passage.quote}”.",
            severity=Severity.WARNING,
            printed=text.printed(match),
            advice="Fill it in or take it out.",
            confidence=0.8,
        )


def _promised(text: Text) -> Iterator[Finding]:
    """What is still to be confirmed: parts that hold nothing else one by one, the rest together."""
    places: list[Passage] = []
    for match, passage in text.find(_PROMISED):
        label = text.passages[passage.index - 1] if passage.index else None
        alone = _ONLY_PROMISED.fullmatch(passage.text.lower())
        if alone and label is not None and passage.kind is not Kind.CELL and len(label.text) <= 80:
            matters = bool(_MATTERS.search(folded(label.text)))
            yield finding(
                CODE,
                passage,
                f"“{label.quote}” says only “{text.printed(match)}”.",
                severity=Severity.WARNING if matters else Severity.NOTE,
                printed=passage.text,
                advice="Complete it before the paper is decided on.",
                confidence=0.9,
            )
        elif text.folded[match.start() - 1 : match.start()] in _QUOTES:
            continue  # the words are spoken of
        elif (
            not alone
            and (not places or places[-1] is not passage)
            and _stands_out(match[0], passage)
        ):
            # A cell with "TBC" alone is an amount that is read as such (AUD-05).
            places.append(passage)
    if places:
        named = "; ".join(f"“{shortened(one.text, 50)}”" for one in places[:_MOST_NAMED])
        more = f" and {len(places) - _MOST_NAMED} more" if len(places) > _MOST_NAMED else ""
        yield finding(
            CODE,
            places[0],
            f"{len(places)} {'place is' if len(places) == 1 else 'places are'} still to be "
            f"confirmed: {named}{more}.",
            printed=places[0].text,
            advice="Confirm them, or say when they will be.",
            confidence=0.4,
        )


def _stands_out(said: str, passage: Passage) -> bool:
    """Whether a promise is a mark in a form and no part of a sentence."""
    return not said.startswith("to be") or len(passage.text) <= _SHORT


def _no_amounts(text: Text) -> Iterator[Finding]:
    """A sentence that has lost its amount: "costs of for expertise"."""
    for match, passage in text.find(_NO_AMOUNT):
        yield finding(
            CODE,
            passage,
            f"an amount seems to be missing in “{text.printed(match)}”.",
            printed=text.printed(match),
            advice="Put the amount in, or take the words out.",
            confidence=0.6,
        )


def _blank_rows(table: Table) -> Iterator[Finding]:
    """Rows of a form with a question and no answer, told once for the table."""
    if len(table.cells) > _MOST_CELLS:
        return
    rows: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    wide = {cell.row for cell in table.cells if cell.column > 1}
    # The unit that the form prints beside a question is no answer to it.
    blank = [
        cells[0]
        for row, cells in sorted(rows.items())
        if row in wide
        and cells[0].column == 1
        and all(_is_unit(cell.text) for cell in cells[1:])
        and len(cells[0].text) <= 60
        and _FORM_ROW.search(cells[0].text.lower())
    ]
    filled = sum(1 for cells in rows.values() if any(not _is_unit(one.text) for one in cells[1:]))
    if blank and filled >= _FEWEST_FILLED and len(blank) < filled:
        named = ", ".join(f"“{cell.text}”" for cell in blank[:_MOST_NAMED])
        yield Finding(
            code=CODE,
            severity=Severity.NOTE,
            message=f"{where(table)}: {named} {'is' if len(blank) == 1 else 'are'} left blank.",
            place=table.place(blank[0]),
            printed=blank[0].text,
            advice="Fill them in; nought, or “none”, is an answer, and a blank is not.",
            confidence=0.6,
        )


def _is_unit(text: str) -> bool:
    return bool(re.fullmatch(r"£\s?['’]?0{3}['’]?s?|£m?|y\s?/\s?n|yes\s?/\s?no|%", text.lower()))


# --- risks ----------------------------------------------------------------------------------------


def _risks(document: Document, text: Text) -> Iterator[Finding]:
    """Risks without a mitigation, and mitigations that stand among the risks."""
    asked = _after_question(text)
    for table in document.tables:
        follows = not asked.isdisjoint((table.index, table.within))
        columns = _risk_columns(table) or (_two_columns(table) if follows else None)
        if columns is None or len(table.cells) > _MOST_CELLS:
            continue
        risk, mitigation, first = columns
        cells = {(cell.row, cell.column): cell for cell in table.cells}
        for (row, column), cell in cells.items():
            if column != risk or row < first or not cell.text:
                continue
            beside = cells.get((row, mitigation))
            if beside is not None and not beside.text and len(cell.text) > 15:
                yield _risk_note(
                    table, cell, f"“{shortened(cell.text)}” has no mitigation.", "Say what is done."
                )
            lines = cell.text.split("\n")
            acts = [line for line in lines if _ACTS.match(line.lower())]
            if acts and len(lines) > len(acts):
                yield _risk_note(
                    table,
                    cell,
                    f"“{shortened(acts[0])}” stands among the risks and reads as a mitigation.",
                    "Put it beside the risk that it answers.",
                )


def _risk_note(table: Table, cell: TableCell, message: str, advice: str) -> Finding:
    return Finding(
        code=CODE,
        severity=Severity.NOTE,
        message=f"{where(table)}: {message}",
        place=table.place(cell),
        printed=shortened(cell.text),
        advice=advice,
        confidence=0.5,
    )


def _risk_columns(table: Table) -> tuple[int, int, int] | None:
    """The columns headed risk and mitigation, and the first row below their heading."""
    heads = [cell for cell in table.cells if cell.row <= 2 and len(cell.text) <= 60]
    risk = next((cell for cell in heads if _RISK_HEAD.search(cell.text.lower())), None)
    if risk is None:
        return None
    mitigation = next(
        (
            cell
            for cell in heads
            if cell.row == risk.row
            and cell.column > risk.column
            and _MITIGATION_HEAD.search(cell.text.lower())
        ),
        None,
    )
    return (risk.column, mitigation.column, risk.row + 1) if mitigation else None


def _two_columns(table: Table) -> tuple[int, int, int] | None:
    """The two columns of words in a table that has no headings of its own."""
    filled = sorted({cell.column for cell in table.cells if len(cell.text) > 15})
    return (filled[0], filled[1], 1) if len(filled) == 2 else None


def _after_question(text: Text) -> set[int | None]:
    """The tables that stand next after a question about risks and how they are mitigated."""
    found: set[int | None] = set()
    open_question = False
    for passage in text.passages:
        words = folded(passage.text) if len(passage.text) <= 120 else ""
        if words.endswith("?"):
            open_question = bool(_RISK_HEAD.search(words) and _MITIGATION_HEAD.search(words))
        elif passage.kind is Kind.HEADING or (
            passage.kind is Kind.PARAGRAPH and not passage.is_item
        ):
            open_question = False
        elif open_question and passage.place.table is not None:
            found.add(passage.place.table)
    return found
