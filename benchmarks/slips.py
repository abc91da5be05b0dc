"""Eleven ways in which a figure of a paper goes wrong, done on purpose.

A `Slip` is a table with one thing wrong in it, and where a reader should be pointed. Each way makes
the change that a person, a spreadsheet or a converter makes; where a table has no place for it (no
minus to lose, no blank beside the figure), it makes none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from futurefit.papers.document import Table, TableCell

Place = tuple[int, int]
"""Row and column, from 1."""

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+")
_SHARES = (Decimal("0.82"), Decimal("0.93"), Decimal("1.06"), Decimal("1.17"))
"""By how much a part is brought up to date, in the way of the stale total."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A total of the table as it was: the sum of its parts, each with its sign.

    `half` is how far rounding may take it from them; `values` are the parts' and the total's own.
    """

    total: Place
    parts: tuple[tuple[Place, int], ...]
    half: Decimal

    @property
    def places(self) -> Iterator[Place]:
        """Where the total and its parts stand."""
        yield self.total
        for place, _ in self.parts:
            yield place

    def holds(self, values: Mapping[Place, Decimal]) -> bool:
        """Whether it is true of these values; a blank counts as nought."""
        nought = Decimal(0)
        added = sum((sign * values.get(place, nought) for place, sign in self.parts), nought)
        apart = abs(values.get(self.total, nought) - added)
        return not apart or apart < self.half


@dataclass(frozen=True, slots=True)
class Slip:
    """A table with one thing wrong. `places` are right answers to where; `rows` are, too.

    `gone` is the row that was dropped, as the table counted before, or 0.
    """

    table: Table
    places: frozenset[Place]
    rows: frozenset[int] = frozenset()
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """A table with the totals that are proven in it, and the values that they are proven with."""

    table: Table
    relations: tuple[Relation, ...]
    values: Mapping[Place, Decimal]
    cells: Mapping[Place, TableCell]

    @property
    def places(self) -> list[Place]:
        """Every figure that stands in a proven total, as the total or a part."""
        found = {place for one in self.relations for place in one.places}
        return sorted(place for place in found if place in self.values and place in self.cells)

    def with_texts(self, texts: Mapping[Place, str]) -> Table:
        """The table with other words in some of its cells."""
        cells = tuple(
            cell._replace(text=texts.get((cell.row, cell.column), cell.text))
            for cell in self.table.cells
        )
        return replace(self.table, cells=cells)


Way = Callable[[Subject, Place, random.Random], Slip | None]


def _digits_of(text: str) -> str:
    number = _NUMBER.search(text)
    return number[0].replace(",", "") if number else ""


def reprinted(text: str, digits: str) -> str:
    """A printed figure with other digits, its commas set anew where it had any.

    >>> reprinted("(£1,250k)", "12500"), reprinted("0.5", "0.05")
    ('(£12,500k)', '0.05')
    """
    number = _NUMBER.search(text)
    if number is None:
        return text
    whole, point, fraction = digits.partition(".")
    if "," in number[0] or (len(whole) > 3 and len(number[0].partition(".")[0]) <= 3):
        whole = f"{int(whole or 0):,}"
    return text[: number.start()] + whole + point + fraction + text[number.end() :]


def _changed(subject: Subject, place: Place, text: str) -> Slip | None:
    if text == subject.cells[place].text:
        return None
    return Slip(subject.with_texts({place: text}), frozenset({place}))


def one_digit(subject: Subject, place: Place, chance: random.Random) -> Slip | None:
    """One digit is another: 2,455 for 2,485."""
    text = subject.cells[place].text
    digits = _digits_of(text)
    at = [number for number, digit in enumerate(digits) if digit.isdigit()]
    if not at:
        return None
    changed = chance.choice(at)
    lead = changed == 0 and len(digits) > 1
    others = [digit for digit in "0123456789"[lead:] if digit != digits[changed]]
    return _changed(
        subject,
        place,
        reprinted(text, digits[:changed] + chance.choice(others) + digits[changed + 1 :]),
    )


def transposed(subject: Subject, place: Place, chance: random.Random) -> Slip | None:
    """Two digits the wrong way round: 2,545 for 2,455."""
    text = subject.cells[place].text
    digits = _digits_of(text)
    at = [
        number
        for number in range(len(digits) - 1)
        if digits[number] != digits[number + 1]
        and "." not in digits[number : number + 2]
        and not (number == 0 and digits[1] == "0")
    ]
    if not at:
        return None
    first = chance.choice(at)
    turned = digits[:first] + digits[first + 1] + digits[first] + digits[first + 2 :]
    return _changed(subject, place, reprinted(text, turned))


def sign(subject: Subject, place: Place, _: random.Random) -> Slip | None:
    """A minus or brackets lost; where there is none, one too many."""
    text = subject.cells[place].text
    if not subject.values[place]:
        return None
    bare = re.sub(r"[-−–(]", "", text, count=1)
    if bare != text and subject.values[place] < 0:
        return _changed(subject, place, bare.replace(")", "", 1) if "(" in text else bare)
    bracketed = any("(" in cell.text and ")" in cell.text for cell in subject.cells.values())
    return _changed(subject, place, f"({text})" if bracketed else f"-{text}")


def scale(subject: Subject, place: Place, chance: random.Random) -> Slip | None:
    """Ten or a thousand times too large or too small."""
    text = subject.cells[place].text
    digits = _digits_of(text)
    if not digits or not subject.values[place]:
        return None
    shown = Decimal(digits) * chance.choice([Decimal(1000), Decimal(10), 1 / Decimal(1000)])
    return _changed(subject, place, reprinted(text, format(shown.normalize(), "f")))


def _moved(subject: Subject, place: Place, there: Place) -> Slip | None:
    """A figure stands in the cell beside its own; what stood there, in its own."""
    here, other = subject.cells[place], subject.cells.get(there)
    if other is None or other.text == here.text or here.col_span > 1 or other.col_span > 1:
        return None
    if other.text and there not in subject.values:
        return None
    table = subject.with_texts({place: other.text, there: here.text})
    return Slip(table, frozenset({place, there}))


def by_a_column(subject: Subject, place: Place, chance: random.Random) -> Slip | None:
    """A figure under the next heading, in place of what belongs there."""
    row, column = place
    return _moved(subject, place, (row, column + chance.choice([-1, 1])))


def by_a_row(subject: Subject, place: Place, chance: random.Random) -> Slip | None:
    """A figure against the next label, in place of what belongs there."""
    row, column = place
    return _moved(subject, place, (row + chance.choice([-1, 1]), column))


def dropped_row(subject: Subject, place: Place, _: random.Random) -> Slip | None:
    """A row left out that is a part of a total. Right is the total, any place in its row."""
    row = place[0]
    totals = {
        one.total
        for one in subject.relations
        if one.total[0] != row and any(part[0] == row for part, _ in one.parts)
    }
    if any(
        one.total[0] == row and any(part[0] != row for part, _ in one.parts)
        for one in subject.relations
    ):
        return None
    if not totals or any(cell.row_span > 1 for cell in subject.table.cells):
        return None
    kept = tuple(
        cell._replace(row=cell.row - (cell.row > row))
        for cell in subject.table.cells
        if cell.row != row
    )
    rows = frozenset(total[0] - (total[0] > row) for total in totals) | {row}
    return Slip(replace(subject.table, cells=kept), frozenset(), rows, gone=row)


def stale_total(subject: Subject, place: Place, chance: random.Random) -> Slip | None:
    """A part was brought up to date, with every total but one. Right is that one."""
    value = subject.values[place]
    digits = _digits_of(subject.cells[place].text)
    over = sorted(_carried(subject, place, value, (0, 0)))
    if any(one.total == place for one in subject.relations) or not over or not digits or not value:
        return None
    stale = chance.choice(over)
    shown = Decimal(digits)
    anew = (shown * chance.choice(_SHARES)).quantize(Decimal(1).scaleb(shown.as_tuple().exponent))  # type: ignore[arg-type]
    change = value * (anew / shown - 1)
    if not change:
        return None
    texts: dict[Place, str] = {place: reprinted(subject.cells[place].text, format(anew, "f"))}
    for at, by in _carried(subject, place, change, stale).items():
        digits = _digits_of(subject.cells[at].text)
        before = subject.values[at]
        if not digits or not before or (before + by) * before <= 0:
            return None
        after = Decimal(digits) * (before + by) / before
        places = Decimal(1).scaleb(Decimal(digits).as_tuple().exponent)  # type: ignore[arg-type]
        if after != after.quantize(places):
            return None
        texts[at] = reprinted(subject.cells[at].text, format(after.quantize(places), "f"))
    return Slip(subject.with_texts(texts), frozenset({stale}))


def _carried(
    subject: Subject, place: Place, change: Decimal, stale: Place
) -> Mapping[Place, Decimal]:
    """By how much each total changes when a part does, as a spreadsheet works it out anew."""
    changed: dict[Place, Decimal] = {}
    changes = {place: change}
    waiting = [place]
    while waiting:
        part = waiting.pop(0)
        for one in subject.relations:
            for at, sign_of in one.parts:
                if at == part and one.total not in changes and one.total in subject.cells:
                    changes[one.total] = sign_of * changes[part]
                    waiting.append(one.total)
                    if one.total != stale:
                        changed[one.total] = changes[one.total]
    return changed


def dropped_or_doubled(subject: Subject, place: Place, chance: random.Random) -> Slip | None:
    """A digit left out or typed twice: 245 or 24,455 for 2,455."""
    text = subject.cells[place].text
    digits = _digits_of(text)
    at = [number for number, digit in enumerate(digits) if digit.isdigit()]
    if len(at) < 2:
        return None
    number = chance.choice(at)
    if chance.random() < 0.5:
        turned = digits[:number] + digits[number] + digits[number:]
    else:
        turned = digits[:number] + digits[number + 1 :]
        if turned[0] in "0." and digits[0] not in "0.":
            return None
    return _changed(subject, place, reprinted(text, turned.rstrip(".")))


def rows_exchanged(subject: Subject, place: Place, chance: random.Random) -> Slip | None:
    """The figures of two rows exchanged, in one column."""
    row, column = place
    others = [
        other
        for other in subject.places
        if other[1] == column and other[0] != row and subject.values[other] != subject.values[place]
    ]
    near = [other for other in others if abs(other[0] - row) <= 6]
    if not near:
        return None
    return _moved(subject, place, chance.choice(near))


def blank(subject: Subject, place: Place, _: random.Random) -> Slip | None:
    """Nothing where a part is."""
    is_part = any(part == place for one in subject.relations for part, _ in one.parts)
    if any(place == one.total for one in subject.relations):
        return None
    if not is_part or not subject.values[place]:
        return None
    return _changed(subject, place, "")


WAYS: Mapping[str, Way] = {
    "one digit": one_digit,
    "two digits transposed": transposed,
    "sign lost or gained": sign,
    "scale": scale,
    "a column away": by_a_column,
    "a row away": by_a_row,
    "a row dropped": dropped_row,
    "a total gone stale": stale_total,
    "a digit dropped or doubled": dropped_or_doubled,
    "two rows exchanged": rows_exchanged,
    "a part left blank": blank,
}
"""By what a person would call it."""


def slips(
    subject: Subject, way: str, wanted: int, tries: int = 8, seed: str = ""
) -> Iterable[Slip]:
    """So many tables with one thing wrong, the same ones each time for one seed."""
    chance = random.Random(f"{subject.table.line}|{len(subject.table.cells)}|{way}{seed}")
    places = subject.places
    made = 0
    for _ in range(wanted * tries):
        if made == wanted or not places:
            return
        slip = WAYS[way](subject, chance.choice(places), chance)
        if slip is not None:
            made += 1
            yield slip


def values_after(
    subject: Subject, slip: Slip, after: Mapping[Place, Decimal]
) -> dict[Place, Decimal]:
    """The values of the changed table by the places of the table as it was."""
    if not slip.gone:
        return dict(after)
    return {(row + (row >= slip.gone), column): value for (row, column), value in after.items()}


def still_true(relations: Sequence[Relation], values: Mapping[Place, Decimal]) -> bool:
    """Whether a change leaves every proven total true."""
    return all(one.holds(values) for one in relations)
