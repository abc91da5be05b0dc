"""What do Excel's functions give? Those that budget papers are made of. (rule AUD-28)"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from futurefit.papers.readers.xlsx.formulas import Node, Outside, Value, Wrong
from futurefit.papers.readers.xlsx.working import Area, Function, Working, compare


def _sum(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    return sum(work.numbers(parts, row, column), 0.0)


def _average(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    return _mean(list(work.numbers(parts, row, column)))


def _mean(found: list[float]) -> float:
    if not found:
        raise Wrong("#DIV/0!")
    return sum(found) / len(found)


def _count(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    return float(sum(1 for _ in work.numbers(parts, row, column)))


def _least(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    return min(work.numbers(parts, row, column), default=0.0)


def _most(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    return max(work.numbers(parts, row, column), default=0.0)


def _abs(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    (part,) = _asked(parts, 1, 1)
    return abs(work.number(part, row, column))


def _round(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    """Halves away from nought, on the 15 digits that Excel keeps."""
    first, second = _asked(parts, 2, 2)
    value, places = work.number(first, row, column), int(work.number(second, row, column))
    if abs(places) > 300:
        raise Outside("a rounding beyond measure")
    exact = Decimal(f"{value:.15g}")
    if exact.adjusted() + places > 26:
        return value
    return float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _if(work: Working, parts: tuple[Node, ...], row: int, column: int) -> Value:
    first, *choices = _asked(parts, 2, 3)
    chosen = 0 if work.truth(first, row, column) else 1
    return work.plain(choices[chosen], row, column) if chosen < len(choices) else False


def _if_error(work: Working, parts: tuple[Node, ...], row: int, column: int) -> Value:
    first, second = _asked(parts, 2, 2)
    try:
        return work.plain(first, row, column)
    except Wrong:
        return work.plain(second, row, column)


def _sum_if(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    tested, wanted, *added = _asked(parts, 2, 3)
    area = work.work(tested, row, column)
    sums = work.work(added[0], row, column) if added else area
    if not isinstance(area, Area) or not isinstance(sums, Area):
        raise Outside("SUMIF of no range")
    matches = _criterion(work.plain(wanted, row, column))
    values = {
        (one - sums.top, other - sums.left): value
        for one, other, value in work.held(
            Area(
                sums.sheet,
                sums.top,
                sums.left,
                sums.top + area.bottom - area.top,
                sums.left + area.right - area.left,
            )
        )
    }
    total = 0.0
    for one, other, value in work.held(area):
        if not isinstance(value, Wrong) and matches(value):
            beside = values.get((one - area.top, other - area.left))
            if isinstance(beside, Wrong):
                raise Wrong(*beside.args)
            if isinstance(beside, float):
                total += beside
    return total


def _criterion(wanted: Value) -> Callable[[Value], bool]:
    """The test that a criterion such as ">0" or "Parks*" stands for."""
    if not isinstance(wanted, str):
        return lambda value: type(value) is type(wanted) and value == wanted
    sign = next((s for s in ("<>", "<=", ">=", "=", "<", ">") if wanted.startswith(s)), "")
    said = wanted[len(sign) :]
    try:
        than = float(said.replace(",", ""))
    except ValueError:
        pass
    else:
        return lambda value: isinstance(value, float) and compare(sign or "=", value, than)
    if sign not in ("", "=", "<>") or not said or "~" in said:
        raise Outside("an unusual criterion")
    like = "".join({"*": ".*", "?": "."}.get(one, re.escape(one)) for one in said)
    if like.count(".*") > 3:
        raise Outside("an unusual criterion")
    pattern = re.compile(like, re.IGNORECASE | re.DOTALL)
    return lambda value: (
        (isinstance(value, str) and pattern.fullmatch(value) is not None) == (sign != "<>")
    )


def _subtotal(work: Working, parts: tuple[Node, ...], row: int, column: int) -> float:
    """Of what is shown, without the subtotals among it."""
    which = int(work.number(parts[0], row, column)) if parts else 0
    found = []
    for part in parts[1:]:
        area = work.work(part, row, column)
        if not isinstance(area, Area):
            raise Outside("SUBTOTAL of no range")
        hidden = work.book.hidden.get(area.sheet, set())
        subtotals = work.book.subtotals.get(area.sheet, set())
        for one, other, value in work.held(area):
            if one in hidden:
                if which > 100:
                    continue
                raise Outside("SUBTOTAL over hidden rows")
            if (one, other) in subtotals:
                continue
            if isinstance(value, Wrong):
                raise Wrong(*value.args)
            if isinstance(value, float):
                found.append(value)
    act = {1: _mean, 2: len, 4: max, 5: min, 9: sum}.get(which % 100)
    if act is None or (which in (4, 5, 104, 105) and not found):
        raise Outside("an unusual SUBTOTAL")
    return float(act(found))  # type: ignore[operator]


def _and(work: Working, parts: tuple[Node, ...], row: int, column: int) -> bool:
    return min((work.truth(part, row, column) for part in parts), default=True)


def _or(work: Working, parts: tuple[Node, ...], row: int, column: int) -> bool:
    return max((work.truth(part, row, column) for part in parts), default=False)


def _not(work: Working, parts: tuple[Node, ...], row: int, column: int) -> bool:
    (part,) = _asked(parts, 1, 1)
    return not work.truth(part, row, column)


def _asked(parts: tuple[Node, ...], least: int, most: int) -> tuple[Node, ...]:
    if not least <= len(parts) <= most:
        raise Outside("an unusual formula")
    return parts


FUNCTIONS: dict[str, Function] = {
    "SUM": _sum,
    "AVERAGE": _average,
    "COUNT": _count,
    "MIN": _least,
    "MAX": _most,
    "ABS": _abs,
    "ROUND": _round,
    "IF": _if,
    "IFERROR": _if_error,
    "SUMIF": _sum_if,
    "SUBTOTAL": _subtotal,
    "AND": _and,
    "OR": _or,
    "NOT": _not,
}
"""The functions that are worked out."""
