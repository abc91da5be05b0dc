"""Do a workbook's formulas give what it shows? (rule AUD-28)

Each formula is worked out from the values that the file keeps, so what is stale is told where it
starts and not everywhere that it leads to. A difference counts where it shows: in the printed text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.readers.xlsx.formats import general, print_number
from futurefit.papers.readers.xlsx.formulas import Node, Outside, Value, Wrong, parse
from futurefit.papers.readers.xlsx.functions import FUNCTIONS
from futurefit.papers.readers.xlsx.sheet import Cell, Sheet, Styles, address, is_error, shows_dates
from futurefit.papers.readers.xlsx.working import Book, Working

CODE = "AUD-28"

_MOST_TOLD = 20  # findings of one kind on a sheet
_FIRST = 5  # places told in one finding
_SAME = 1e-9  # relative: what summing in another order may change
_MINOR_ERRORS = frozenset({"#N/A"})  # often put there on purpose, so that a chart leaves a gap

Forms = dict[tuple[int, int], Node]


def check_formulas(
    name: str, sheets: list[Sheet], names: dict[str, str], styles: Styles, from_1904: bool
) -> list[Finding]:
    """Errors shown, results that are out of date, and figures typed over formulas."""
    found: list[Finding] = []
    for sheet in sheets:
        if sheet.shown:
            found += _errors(name, sheet)
    if not any(cell.formula for sheet in sheets for cell in sheet.cells()):
        return found
    book = _book(sheets, names)
    outside: Counter[str] = Counter()
    unsaved = 0
    for sheet in sheets:
        if not sheet.shown:
            continue
        forms = _forms(sheet, outside)
        working = Working(book, sheet.name, FUNCTIONS)
        stale = 0
        for cell in sheet.cells():
            if cell.formula is None:
                continue
            if cell.value == "" and not cell.text and not cell.formula.text.startswith('"'):
                unsaved += _is_unsaved(working, forms, cell)
                continue
            node = forms.get((cell.row, cell.column))
            told = node and _stale(name, sheet, cell, node, working, styles, from_1904, outside)
            if told:
                stale += 1
                if stale <= _MOST_TOLD:
                    found.append(told)
        if stale > _MOST_TOLD:
            found.append(_more(name, sheet, stale - _MOST_TOLD))
        found += _typed_over(name, sheet, forms, working, styles, from_1904)
    if unsaved:
        found.append(_unsaved(name, unsaved))
    if outside:
        found.append(_outside(name, outside))
    return found


def _errors(name: str, sheet: Sheet) -> Iterator[Finding]:
    """The errors that a sheet shows, each kind once."""
    kinds: dict[str, list[Cell]] = {}
    for cell in sheet.cells():
        if cell.error or (cell.formula and is_error(cell.text)):
            kinds.setdefault(cell.text, []).append(cell)
    for text, cells in kinds.items():
        minor = text in _MINOR_ERRORS
        refs = [address(cell.row, cell.column) for cell in cells]
        more = f" and {len(refs) - _FIRST:,} more" if len(refs) > _FIRST else ""
        yield Finding(
            CODE,
            Severity.WARNING if minor else Severity.ERROR,
            f"Sheet “{sheet.name}” shows {text} in {', '.join(refs[:_FIRST])}{more}.",
            Provenance(file=name, heading=f"{sheet.name}!{refs[0]}", printed=text),
            printed=text,
            expected="a figure",
            advice="Mend the formula, or what it refers to; every total over it is wrong as well.",
            confidence=0.8 if minor else 1.0,
        )


def _book(sheets: list[Sheet], names: dict[str, str]) -> Book:
    """The values that formulas refer to."""
    grids: dict[str, dict[int, dict[int, Value | Wrong]]] = {}
    subtotals: dict[str, set[tuple[int, int]]] = {}
    for sheet in sheets:
        grids[sheet.name] = {
            row: {
                cell.column: Wrong(cell.text) if cell.error else cell.value
                for cell in cells
                if cell.value != "" or cell.formula is None or cell.formula.text
            }
            for row, cells in sheet.rows.items()
        }
        subtotals[sheet.name] = {
            (cell.row, cell.column)
            for cell in sheet.cells()
            if cell.formula and "SUBTOTAL(" in cell.formula.text.upper()
        }
    return Book(grids, names, subtotals, {sheet.name: sheet.hidden_rows for sheet in sheets})


def _forms(sheet: Sheet, outside: Counter[str]) -> Forms:
    """Each formula that can be worked out, references relative; the others are counted."""
    shared: dict[str, Node | str] = {}
    found: Forms = {}
    for cell in sheet.cells():
        formula = cell.formula
        if formula is None:
            continue
        form: Node | str
        if formula.array:
            form = "an array"
        elif formula.text:
            form = _parsed(formula.text, cell)
            if formula.shared:
                shared[formula.shared] = form
        else:
            form = shared.get(formula.shared, "a shared formula without its text")
        if isinstance(form, str):
            outside[form] += 1
        else:
            found[cell.row, cell.column] = form
    return found


def _parsed(text: str, cell: Cell) -> Node | str:
    try:
        return parse(text, cell.row, cell.column)
    except Outside as reason:
        return str(reason)


def _stale(
    name: str,
    sheet: Sheet,
    cell: Cell,
    node: Node,
    working: Working,
    styles: Styles,
    from_1904: bool,
    outside: Counter[str],
) -> Finding | None:
    """A finding where a formula gives something else than the file shows."""
    try:
        value = working.value(node, cell.row, cell.column)
    except Outside as reason:
        outside[str(reason)] += 1
        return None
    except Wrong as error:
        expected = str(error)
        if cell.error:
            return None
        value = None
    else:
        if cell.error or _same(value, cell.value):
            return None
        expected = _printed(value, cell, styles, from_1904)
        if expected == cell.text:
            return None
    difference = ""
    if isinstance(value, float) and isinstance(cell.value, float):
        difference = general(cell.value - value)
    ref = address(cell.row, cell.column)
    return Finding(
        CODE,
        Severity.ERROR,
        f"{sheet.name}!{ref} shows {cell.text}; its formula gives {expected} from the figures in "
        "the workbook. It has not been worked out since they changed.",
        Provenance(file=name, heading=f"{sheet.name}!{ref}", printed=cell.text),
        printed=cell.text,
        expected=expected,
        difference=difference,
        advice="Open the workbook in Excel, recalculate (Ctrl+Alt+F9) and save it. See that "
        "calculation is set to automatic.",
        confidence=0.9,
    )


def _same(value: Value, kept: float | str | bool) -> bool:
    if isinstance(value, bool) or isinstance(kept, bool) or isinstance(value, str):
        return value == kept
    if not isinstance(value, float) or not isinstance(kept, float):
        return False
    return abs(value - kept) <= _SAME * max(1.0, abs(value), abs(kept))


def _printed(value: Value, cell: Cell, styles: Styles, from_1904: bool) -> str:
    """A value as the cell would print it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        code = styles.formats[cell.style] if cell.style < len(styles.formats) else "General"
        return print_number(value, code, from_1904)
    return " ".join((value or "").split())


def _is_unsaved(working: Working, forms: Forms, cell: Cell) -> bool:
    """Whether a formula without a result would have one."""
    node = forms.get((cell.row, cell.column))
    if node is None:
        return True
    try:
        return working.value(node, cell.row, cell.column) != ""
    except (Outside, Wrong):
        return True


def _typed_over(
    name: str, sheet: Sheet, forms: Forms, working: Working, styles: Styles, from_1904: bool
) -> list[Finding]:
    """Figures typed where the cells on both sides hold one and the same formula.

    Told only where the formula would show something else there.
    """
    found: list[Finding] = []
    for cell in sheet.cells() if forms else ():
        if cell.formula is not None or not isinstance(cell.value, float):
            continue
        node = _around(forms, cell)
        if node is None or shows_dates(styles, cell):
            continue
        try:
            value = working.value(node, cell.row, cell.column)
        except (Outside, Wrong):
            continue
        expected = _printed(value, cell, styles, from_1904)
        if not isinstance(value, float) or _same(value, cell.value) or expected == cell.text:
            continue
        ref = address(cell.row, cell.column)
        found.append(
            Finding(
                CODE,
                Severity.WARNING,
                f"{sheet.name}!{ref} is typed, {cell.text}, where the cells on both sides are "
                f"worked out by one formula. Here it would give {expected}.",
                Provenance(file=name, heading=f"{sheet.name}!{ref}", printed=cell.text),
                printed=cell.text,
                expected=expected,
                difference=general(cell.value - value),
                advice="If the figure was typed over its formula, put the formula back.",
                confidence=0.6,
            )
        )
    return found[:_MOST_TOLD]


def _around(forms: Forms, cell: Cell) -> Node | None:
    """The formula that stands on both sides of a cell, and twice on one of them."""
    row, column = cell.row, cell.column
    for down, across in ((1, 0), (0, 1)):
        before = forms.get((row - down, column - across))
        if before is None or before != forms.get((row + down, column + across)):
            continue
        further = (
            forms.get((row - 2 * down, column - 2 * across)),
            forms.get((row + 2 * down, column + 2 * across)),
        )
        if before in further and before[0] in ("call", "do"):
            return before
    return None


def _more(name: str, sheet: Sheet, count: int) -> Finding:
    return Finding(
        CODE,
        Severity.ERROR,
        f"{count:,} more cells of sheet “{sheet.name}” show what their formulas do not give.",
        Provenance(file=name, heading=sheet.name),
        advice="Open the workbook in Excel, recalculate (Ctrl+Alt+F9) and save it.",
        confidence=0.9,
    )


def _unsaved(name: str, count: int) -> Finding:
    return Finding(
        CODE,
        Severity.WARNING,
        f"{count:,} formula{' has' if count == 1 else 's have'} no result in the file, so nothing "
        "could be read there. A program wrote them that does not work them out.",
        Provenance(file=name),
        expected="a result for each formula",
        advice="Open the workbook in Excel, save it, and give that file.",
    )


def _outside(name: str, outside: Counter[str]) -> Finding:
    count = outside.total()
    kinds = ", ".join(f"{kind} ({times:,})" for kind, times in outside.most_common(_FIRST))
    return Finding(
        CODE,
        Severity.NOTE,
        f"{count:,} formula{' was' if count == 1 else 's were'} not worked out again: {kinds}. "
        "What the file keeps was read.",
        Provenance(file=name),
        printed=f"{count:,}",
    )
