"""What does a form that came back say otherwise than the programme does? (rules TRP-03, TRP-04)

Three texts stand behind each box: what the form was given, what the programme says now, and what
came back. Only what somebody changed on paper is a difference; where the programme changed
meanwhile too, and otherwise, it is a conflict, and a person says which holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from futurefit.kernel.form import (
    ANSWER,
    QUESTION,
    Answer,
    Box,
    Filled,
    FilledGrid,
    FilledLine,
    Form,
    Grid,
    Values,
    plain,
)
from futurefit.kernel.money import MoneyState, NotMoney, print_money, read_money
from futurefit.kernel.report import Unit

TICKED = "☒"


class Kind(StrEnum):
    """What happened on paper."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One box, or one row added or taken away. `base` is what the form was given, `ours` what
    stands now, `theirs` what came back; `row` holds all answers of an added row.
    """

    kind: Kind
    grid: str
    mark: str
    column: str
    base: str
    ours: str
    theirs: str
    place: str
    is_conflict: bool = False
    row: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What names it in a form on the site: the same file gives the same keys."""
        return "/".join((self.grid, self.mark or self.place, self.column))

    @property
    def what(self) -> str:
        """What it is about, in words."""
        if self.grid == QUESTION:
            return self.mark
        parts = (f"{self.grid} {self.mark}".strip(), self.column)
        return ": ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something that came back cannot be taken as it is, where it stands, in plain words."""

    sheet: str
    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What came back, against what was given and what stands."""

    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]


def compare(form: Form, base: Values, filled: Filled) -> Compared:
    """Every box that came back otherwise than it was given.

    `form` is the form as it would be made now. A grid or a row of questions that is gone from the
    file is a problem, never taken as an answer; so is what `base` asked and nobody asks any more.
    """
    found: list[Difference] = []
    problems: list[Problem] = []
    came: dict[str, list[FilledGrid]] = {}
    for grid in filled.grids:
        came.setdefault(" ".join(grid.mark.split()), []).append(grid)
    # Single questions stand in several grids under one mark: they are one grid to us.
    for mark, asked in _by_mark(form).items():
        back = came.get(mark)
        if mark in base and back is None:
            problems.append(Problem("", "", f"The table “{mark}” is gone from the file."))
        elif mark in base and back is not None:
            given = base[mark]
            lines = [line for grid in back for line in grid.lines]
            columns = {column for grid in back for column in grid.columns}
            found += _grid(asked, mark, given, lines, columns, problems)
    gone = [mark for mark in base if mark not in _by_mark(form) and mark in came]
    problems += [
        Problem("", "", f"“{mark}” is asked no longer. What it says is left out.") for mark in gone
    ]
    return Compared(tuple(found), tuple(problems))


def _by_mark(form: Form) -> dict[str, list[Grid]]:
    found: dict[str, list[Grid]] = {}
    for grid in form.grids:
        found.setdefault(grid.mark, []).append(grid)
    return found


def _grid(
    asked: list[Grid],
    mark: str,
    given: Mapping[str, Mapping[str, str]],
    lines: list[FilledLine],
    columns: Collection[str],
    problems: list[Problem],
) -> Iterator[Difference]:
    boxes = {
        line.mark: dict(zip(grid.columns, line.boxes, strict=True))
        for grid in asked
        for line in grid.lines
    }
    blank = next((grid for grid in asked if grid.blank is not None), None)
    back: dict[str, FilledLine] = {}
    new: list[FilledLine] = []
    for line in lines:
        name = " ".join(line.mark.text.split())
        if name in given and name not in back:
            back[name] = line
        elif name and blank is None and name not in given:
            problems.append(
                Problem("", line.mark.place, f"“{name}” is no row of “{mark}”: it is left out.")
            )
        elif blank is not None:
            new.append(line)
    lost = {column for row in given.values() for column in row} - set(columns) if back else set()
    problems += [
        Problem("", "", f"“{mark}” has lost its column “{column}”.") for column in sorted(lost)
    ]
    for name, row in given.items():
        now = boxes.get(name)
        if name in back:
            yield from _row(mark, name, row, now, back[name], columns)
        elif blank is None:
            problems.append(Problem("", "", f"“{mark}” has lost its row “{name}”."))
        elif now is not None:
            stands = {column: box.value for column, box in now.items()}
            moved = any(plain(stands.get(column, "")) != plain(row[column]) for column in row)
            first = next(iter(row.values()), "")
            yield Difference(Kind.REMOVED, mark, name, "", first, first, "", "", moved, stands)
    if blank is not None and blank.blank is not None:
        empty = dict(zip(blank.columns, blank.blank.boxes, strict=True))
        for line in new:
            answers = {
                column: told(line.answers[column], box)
                for column, box in empty.items()
                if column in line.answers
            }
            if any(answer and answer != empty[column].value for column, answer in answers.items()):
                said = next(answer for answer in answers.values() if answer)
                place = line.mark.place
                yield Difference(Kind.ADDED, mark, "", "", "", "", said, place, False, answers)


def _row(
    mark: str,
    name: str,
    given: Mapping[str, str],
    now: Mapping[str, Box] | None,
    line: FilledLine,
    columns: Collection[str],
) -> Iterator[Difference]:
    """The boxes of one row that came back changed."""
    for column, was in given.items():
        if column not in columns:
            continue
        answer = line.answers.get(column, Answer("", line.mark.place))
        box = None if now is None else now.get(column)
        shape = box or Box()
        theirs, ours = told(answer, shape), "" if box is None else box.value
        if same(theirs, was, shape) or (box is not None and same(theirs, ours, shape)):
            continue
        is_conflict = box is None or not same(ours, was, shape)
        heading = "" if column == ANSWER else column
        yield Difference(
            Kind.CHANGED, mark, name, heading, was, ours, theirs, answer.place, is_conflict
        )


def told(answer: Answer, box: Box) -> str:
    """What an answer says: of tick boxes the one that is ticked, several as they stand."""
    text = plain(answer.text)
    if not box.options or (TICKED not in text and "☐" not in text):
        return text
    ticked = [line.removeprefix(TICKED).strip() for line in _boxes(text) if line[0] == TICKED]
    return "; ".join(ticked)


def _boxes(text: str) -> list[str]:
    """Each tick box with its words, whether they stand on lines of their own or not."""
    apart = text.replace("\n", " ").replace(TICKED, f"\n{TICKED}").replace("☐", "\n☐")
    return [line.strip() for line in apart.split("\n") if line.strip() and line[0] in "☒☐"]


def same(one: str, other: str, box: Box) -> bool:
    """Whether two texts say the same: the same words, or the same amount."""
    if plain(one) == plain(other):
        return True
    if not box.is_number:
        return False
    try:
        return pence_of(one) == pence_of(other)
    except NotMoney:
        return False


def pence_of(text: str) -> int:
    """An amount that stands in a grid, in whole pence; nought where there is none.

    Raises NotMoney where it is no exact amount. A bare number counts thousands.
    """
    if not text.strip():
        return 0
    read = read_money(text, Unit.THOUSANDS)
    if read.state is MoneyState.NIL:
        return 0
    if read.pence is None or read.qualifier:
        raise NotMoney(f"“{text}” is not an exact amount.")
    if 2 * read.half_unit_pence < 1:
        raise NotMoney(f"“{text}” has a fraction of a penny.")
    return read.pence


def thousands(pence: int) -> str:
    """An amount as a grid prints it: in £000, to the penny where it has any, "" for nought.

    >>> thousands(15_000_000), thousands(-15_050), thousands(0)
    ('150', '-0.1505', '')
    """
    if not pence:
        return ""
    exact = print_money(pence, Unit.THOUSANDS, places=5).replace(",", "")
    return exact.rstrip("0").rstrip(".") if "." in exact else exact
