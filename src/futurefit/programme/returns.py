"""What does a data return ask of the lines, and what does it say when it comes back? (TRP-05, 06)

A return is a workbook: amounts by line, rating and year; amounts that slip; who owns each line.
What comes back is compared with what it was given. Every mistake is told at its cell; a line that
moved in the ledger meanwhile is not changed by figures that knew nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from futurefit.kernel.form import Answer, Box, Filled, FilledLine, Form, Grid, Line, Values
from futurefit.kernel.money import NotMoney
from futurefit.kernel.rag import NotRag, Rag, read_rag
from futurefit.kernel.report import Paragraph
from futurefit.kernel.years import UNPROFILED, NotAYear, parse_bucket
from futurefit.ledger.entries import RATINGS, Account
from futurefit.ledger.revising import Nature, Place, Sums, looks_like, objection
from futurefit.programme.round_trips import Problem, pence_of, thousands

AMOUNTS, SLIPS, OWNERS = "Row", "Slip", "Owner of"
"""What heads the marks of the three grids."""

LINE, TITLE, RATING, WHAT, TOTAL = "Line", "Title", "Rating", "What changed", "Total"
AMOUNT, FROM, TO, OWNER = "Amount", "From year", "To year", "Owner"
NO_YEAR = "No year yet"

NATURES: Mapping[str, Nature] = {
    "Re-rating": Nature.RE_RATING,
    "Re-profile": Nature.RE_PROFILE,
    "Re-estimate": Nature.RE_ESTIMATE,
    "Re-target": Nature.RE_TARGET,
    "Correction": Nature.CORRECTION,
}
"""What a change may be called in a return, in the words of the site."""

_SLIPS = 20
_WORDS = {Account(rag.value): rag.word for rag in Rag}
_RATING_WORDS = tuple(_WORDS[account] for account in RATINGS)


@dataclass(frozen=True, slots=True)
class Held:
    """A line as it stands: its title, the title of its owner's post, its last journal, its sums."""

    ref: str
    title: str
    owner: str
    last_journal: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change on a line: by year and rating what it is to hold, what that adds, the cell
    of each, and what the change was said to be (None where only a person can tell).
    """

    ref: str
    wanted: Sums
    changes: Sums
    places: Mapping[Place, str] = field(default_factory=dict)
    nature: Nature | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """What a return says: changes of figures, new owners by line (the post's title), mistakes."""

    changes: tuple[Change, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


# --- Asking ---------------------------------------------------------------------------------------


def return_form(
    title: str, lines: Sequence[Held], years: Sequence[str], posts: Sequence[str], carried: str
) -> Form:
    """The data return of some lines. `years` are the ledger's labels, `posts` titles."""
    every = list(dict.fromkeys([*years, *(year for line in lines for year, _ in line.sums)]))
    every = [*sorted(year for year in every if year != UNPROFILED), UNPROFILED]
    heads = tuple(year_words(year) for year in every)
    return Form(
        title,
        (
            *map(Paragraph, _INSTRUCTIONS),
            Grid(
                "Amounts",
                AMOUNTS,
                (LINE, TITLE, RATING, *heads, TOTAL, WHAT),
                tuple(row for line in lines for row in _amounts(line, every)),
            ),
            Grid(
                "Slips",
                SLIPS,
                (LINE, RATING, AMOUNT, FROM, TO),
                tuple(
                    Line(
                        str(number),
                        (
                            Box(options=tuple(line.ref for line in lines)),
                            Box(options=_RATING_WORDS),
                            Box(is_number=True),
                            Box(options=heads),
                            Box(options=heads),
                        ),
                    )
                    for number in range(1, _SLIPS + 1)
                ),
            ),
            Grid(
                "Owners",
                OWNERS,
                (TITLE, OWNER),
                tuple(
                    Line(
                        line.ref,
                        (Box(line.title, is_open=False), Box(line.owner, options=tuple(posts))),
                    )
                    for line in lines
                ),
            ),
        ),
        carried,
    )


_INSTRUCTIONS = (
    "Fill in the yellow cells only. Everything else is locked, so that the workbook finds its way "
    "back to the right lines.",
    "Amounts: each row is a line under one rating, in £000, a change of the yearly budget; what "
    "helps the budget is positive. To re-rate an amount, move it to the row of another rating, or "
    "choose another rating for the row; the last row of each line is spare. An empty cell is "
    "nought.",
    "What changed: choose what the change on a line is. It may stay empty where the figures alone "
    "tell: the same amounts each year are a re-rating, the same total over other years is a "
    "re-profile. A re-target needs the council’s decision, which you will be asked for.",
    "Slips: instead of changing amounts by hand, say that an amount of a line goes to another "
    "year. Use either sheet for a line, not both.",
    "Owners: choose another post where a line has moved to it.",
    "What is newly “Green delivered” waits for its evidence and for a second person from finance.",
    "Formulas may be used in the yellow cells. Save the workbook as .xlsx and bring it back: you "
    "will see what would change before anything is recorded.",
)


def _amounts(line: Held, years: Sequence[str]) -> Iterator[Line]:
    """The rows of a line: one for each rating that it holds, and one to spare."""
    held = [account for account in RATINGS if any(a is account for _, a in line.sums)]
    first, last = 4, 3 + len(years)  # columns, counted from 0, that hold years
    span = f"{_letters(first)}{{row}}:{_letters(last)}{{row}}"
    for number, account in enumerate((*held, None), start=1):
        amounts = [line.sums.get((year, account), 0) if account else 0 for year in years]
        yield Line(
            f"{line.ref}/{number}",
            (
                Box(line.ref, is_open=False),
                Box(line.title, is_open=False),
                Box(_WORDS[account] if account else "", options=_RATING_WORDS),
                *(Box(thousands(pence), is_number=True) for pence in amounts),
                Box(thousands(sum(amounts)), is_open=False, formula=f"=SUM({span})"),
                Box("", options=tuple(NATURES), is_open=number == 1),
            ),
        )


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else _letters(column // 26 - 1) + chr(65 + column % 26)


def year_words(year: str) -> str:
    """A year as a return heads it."""
    return NO_YEAR if year == UNPROFILED else year


def year_of(head: str) -> str | None:
    """The ledger's label of a year as it stands at the head of a column; None for other words."""
    if head.strip().casefold() == NO_YEAR.casefold():
        return UNPROFILED
    try:
        bucket = parse_bucket(head)
    except NotAYear:
        return None
    return bucket.label if bucket else UNPROFILED


# --- Reading --------------------------------------------------------------------------------------

Moved = Callable[[str, int], str]
"""What happened on a line since a journal, in words."""


def read_return(
    filled: Filled,
    base: Values,
    seen: Mapping[str, int],
    lines: Mapping[str, Held],
    posts: Sequence[str],
    moved: Moved,
) -> Returned:
    """What a return says. `base` is what it was given, `seen` each line's last journal then,
    `lines` how the lines stand that this person may read.
    """
    reading = _Reading(filled)
    wanted, said = reading.amounts(base)
    given = _given(base)
    changes: dict[str, Change] = {}
    slipped: dict[str, Change] = {}
    for ref, sums in wanted.items():
        differs = _difference(given.get(ref, {}), sums)
        if differs and ref in lines:
            at = said.get(ref)
            nature = reading.nature(at, differs)
            changes[ref] = Change(ref, sums, differs, reading.places[ref], nature)
    for ref, slip in reading.slips(base, given, lines):
        earlier = slipped.get(ref)
        if ref in changes and earlier is None:
            reading.problem(slip.places, f"Line {ref} changes on both sheets. Use one of them.")
        else:
            changes[ref] = slipped[ref] = _together(earlier, slip) if earlier else slip
    owners = reading.owners(base, posts)
    for ref in [*changes, *(ref for ref in owners if ref not in changes)]:
        line = lines.get(ref)
        if line is None:
            reading.problems.append(Problem("", "", f"There is no line “{ref}” that you may read."))
        elif line.last_journal != seen.get(ref):
            places = changes[ref].places if ref in changes else {}
            reading.problem(places, moved(ref, seen.get(ref, 0)))
    return Returned(tuple(changes.values()), owners, tuple(reading.problems))


def _together(one: Change, other: Change) -> Change:
    """Two slips of one line."""
    changes = {
        place: one.changes.get(place, 0) + other.changes.get(place, 0)
        for place in {**one.changes, **other.changes}
    }
    wanted = {
        place: one.wanted.get(place, 0) + other.changes.get(place, 0)
        for place in {**one.wanted, **other.changes}
    }
    return Change(one.ref, wanted, changes, {**one.places, **other.places}, one.nature)


def _difference(before: Sums, after: Sums) -> dict[Place, int]:
    found = {place: after.get(place, 0) - before.get(place, 0) for place in {**before, **after}}
    return {place: pence for place, pence in sorted(found.items()) if pence}


def _given(base: Values) -> dict[str, dict[Place, int]]:
    """By line what the return was given."""
    found: dict[str, dict[Place, int]] = defaultdict(lambda: defaultdict(int))
    for mark, row in base.get(AMOUNTS, {}).items():
        if row.get(RATING):
            account = rating_of(row[RATING])
            for head, text in row.items():
                year = year_of(head)
                if year is not None and text:
                    found[line_of(mark)][year, account] += pence_of(text)
    return {ref: {place: pence for place, pence in s.items() if pence} for ref, s in found.items()}


def line_of(mark: str) -> str:
    """The line that a row of amounts belongs to."""
    return mark.rpartition("/")[0]


def rating_of(text: str) -> Account:
    """The rating account of a word; NotRag where it is none."""
    return Account(read_rag(text).value)


class _Reading:
    """One return as it is read, with the mistakes that were found so far."""

    def __init__(self, filled: Filled) -> None:
        self.problems: list[Problem] = []
        self.places: dict[str, dict[Place, str]] = defaultdict(dict)
        self._grids = {" ".join(grid.mark.split()): grid for grid in filled.grids}

    def tell(self, at: Answer, message: str) -> None:
        """A mistake in a cell."""
        self.problems.append(problem_at(at.place, message))

    def problem(self, places: Mapping[Place, str], message: str) -> None:
        """A mistake about a line, told at the first of its cells."""
        self.problems.append(problem_at(next(iter(places.values()), ""), message))

    def _rows(self, mark: str, base: Values) -> Iterator[tuple[str, FilledLine]]:
        """The rows of a grid that it was given, each once; others are mistakes."""
        grid, given = self._grids.get(mark), base.get(mark, {})
        if grid is None:
            if given:
                self.problems.append(
                    Problem("", "", f"The sheet whose first column is “{mark}” is gone.")
                )
            return
        left = dict(given)
        for line in grid.lines:
            name = line.mark.text.strip()
            if left.pop(name, None) is None:
                self.tell(line.mark, f"“{name}” is no row of this sheet, or stands there twice.")
            else:
                yield name, line
        for name in left:
            self.problems.append(
                Problem(grid.sheet, "", f"Row “{name}” is gone. Put it back, with its amounts.")
            )

    def _pence(self, at: Answer) -> int | None:
        """An amount; None, and a mistake told, where it is none."""
        if at.wrong:
            self.tell(at, at.wrong)
            return None
        try:
            return pence_of(at.text)
        except NotMoney as wrong:
            self.tell(at, str(wrong))
            return None

    def _rating(self, at: Answer) -> Account | None:
        try:
            return rating_of(at.text)
        except NotRag:
            said = f"“{at.text}” is no rating" if at.text else "There is no rating"
            self.tell(at, f"{said}. Choose one of: {', '.join(_RATING_WORDS)}.")
            return None

    def amounts(self, base: Values) -> tuple[dict[str, dict[Place, int]], dict[str, Answer]]:
        """By line what it is to hold, and what was said of the change."""
        wanted: dict[str, dict[Place, int]] = {}
        said: dict[str, Answer] = {}
        wrong: set[str] = set()
        for mark, line in self._rows(AMOUNTS, base):
            ref, before = line_of(mark), len(self.problems)
            sums = wanted.setdefault(ref, defaultdict(int))
            amounts = {
                year: (at, pence)
                for head, at in line.answers.items()
                if (year := year_of(head)) is not None
                and (pence := self._pence(at)) is not None
                and pence
            }
            rating = line.answers.get(RATING, Answer("", line.mark.place))
            account = self._rating(rating) if amounts or rating.text else None
            for year, (at, pence) in amounts.items() if account else ():
                assert account is not None
                sums[year, account] += pence
                self.places[ref][year, account] = at.place
            said.setdefault(ref, line.answers.get(WHAT, Answer("", line.mark.place)))
            if len(self.problems) > before:
                wrong.add(ref)
        found = {
            ref: {place: pence for place, pence in sums.items() if pence}
            for ref, sums in wanted.items()
            if ref not in wrong
        }
        return found, said

    def nature(self, at: Answer | None, changes: Sums) -> Nature | None:
        """What a change is, by what was said or by its figures alone."""
        word = at.text.strip() if at else ""
        if not word:
            return looks_like(changes)
        nature = next((n for w, n in NATURES.items() if w.casefold() == word.casefold()), None)
        assert at is not None
        if nature is None:
            self.tell(at, f"“{word}” is none of: {', '.join(NATURES)}.")
        elif wrong := objection(nature, changes):
            self.tell(at, wrong)
        return nature

    def slips(
        self, base: Values, given: Mapping[str, Sums], lines: Mapping[str, Held]
    ) -> Iterator[tuple[str, Change]]:
        """Each amount that goes to another year."""
        for _, line in self._rows(SLIPS, base):
            told = {head: at for head, at in line.answers.items() if at.text or at.wrong}
            if not told:
                continue
            nowhere = Answer("", line.mark.place)
            before = len(self.problems)
            ref = told.get(LINE, nowhere).text.strip()
            if ref not in base.get(OWNERS, {}) or ref not in lines:
                self.tell(told.get(LINE, nowhere), f"“{ref}” is no line of this return.")
            account = self._rating(told.get(RATING, nowhere))
            pence = self._pence(told.get(AMOUNT, nowhere))
            years = [self._year(told.get(head, nowhere)) for head in (FROM, TO)]
            if len(self.problems) > before or account is None or not pence:
                if len(self.problems) == before:
                    self.tell(told.get(AMOUNT, nowhere), "Say how much goes to another year.")
                continue
            start, end = years
            if start is None or end is None:
                continue  # told already
            if start == end:
                self.tell(told.get(TO, nowhere), "It goes from a year to the same year.")
                continue
            changes = {(start, account): -pence, (end, account): pence}
            held = lines[ref].sums
            wanted = {
                place: held.get(place, 0) + changes.get(place, 0) for place in {**held, **changes}
            }
            places = dict.fromkeys(changes, told[AMOUNT].place)
            yield ref, Change(ref, wanted, changes, places, Nature.RE_PROFILE)

    def _year(self, at: Answer) -> str | None:
        year = year_of(at.text) if at.text else None
        if year is None:
            self.tell(at, f"“{at.text}” is no year. Choose one from the list.")
        return year

    def owners(self, base: Values, posts: Sequence[str]) -> dict[str, str]:
        """By line the title of its new owner's post."""
        found = {}
        for ref, line in self._rows(OWNERS, base):
            at = line.answers.get(OWNER, Answer("", line.mark.place))
            title = at.text.strip()
            if title == base[OWNERS][ref].get(OWNER, "").strip():
                continue
            if title and title not in posts:
                self.tell(at, f"“{title}” is no post that the council has named. Choose one.")
            else:
                found[ref] = title
        return found


def problem_at(place: str, message: str) -> Problem:
    """A mistake at a place: of a workbook, its sheet and cell."""
    sheet, _, cell = place.rpartition("!")
    return Problem(sheet, cell, message)


# --- A block of cells that is pasted --------------------------------------------------------------


def read_block(text: str, lines: Mapping[str, Held]) -> Returned:
    """What a block of cells says that was copied out of a spreadsheet: tabs between columns.

    The first row heads them: a line (its reference or title), years, and "Rating" where a line's
    amounts stand under several. A year that is not there stays as it is.
    """
    rows = [row.split("\t") for row in text.splitlines() if row.strip()]
    if len(rows) < 2:
        return Returned(
            problems=(Problem("", "", "Copy the row of headings and at least one row below it."),)
        )
    heads = [head.strip() for head in rows[0]]
    years = {n: year for n, head in enumerate(heads) if n and (year := year_of(head)) is not None}
    ratings = next(
        (n for n, head in enumerate(heads) if head.casefold() == RATING.casefold()), None
    )
    problems = [
        _at(0, n, f"“{head}” is neither a year nor “{RATING}”. Leave the column out, or name it.")
        for n, head in enumerate(heads)
        if n and n not in years and n != ratings
    ]
    if not years:
        problems.append(_at(0, 1, "No column is headed by a year, such as 2026/27."))
    titles: dict[str, list[str]] = defaultdict(list)
    for line in lines.values():
        titles[" ".join(line.title.split()).casefold()].append(line.ref)
    wanted: dict[str, dict[Place, int]] = {}
    places: dict[str, dict[Place, str]] = defaultdict(dict)
    for number, row in enumerate(rows[1:], start=1):
        cells = [cell.strip() for cell in row] + [""] * (len(heads) - len(row))
        try:
            ref = _named(cells[0], lines, titles)
            place = _rated(ref, cells[ratings] if ratings is not None else "", lines[ref])
        except _NotSaid as wrong:
            column = (ratings or 0) if wrong.is_rating else 0
            problems.append(_at(number, column, str(wrong)))
            continue
        sums = wanted.setdefault(ref, dict(lines[ref].sums))
        for column, year in years.items():
            if (year, place) in places[ref]:
                problems.append(_at(number, 0, f"Line {ref} stands there twice for {year}."))
                continue
            try:
                sums[year, place] = pence_of(cells[column])
            except NotMoney as amount:
                problems.append(_at(number, column, str(amount)))
            places[ref][year, place] = _cell(number, column)
    changes = [
        Change(ref, sums, differs, places[ref], looks_like(differs))
        for ref, sums in wanted.items()
        if (differs := _difference(lines[ref].sums, sums))
    ]
    return Returned(tuple(changes), {}, tuple(problems))


class _NotSaid(Exception):
    """A row does not say which line it means or, where `is_rating`, under which rating."""

    def __init__(self, message: str, *, is_rating: bool = False) -> None:
        super().__init__(message)
        self.is_rating = is_rating


def _named(said: str, lines: Mapping[str, Held], titles: Mapping[str, Sequence[str]]) -> str:
    """The line of a reference or a title."""
    if said in lines:
        return said
    found = titles.get(" ".join(said.split()).casefold(), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise _NotSaid(f"“{said}” is the title of {' and '.join(found)}. Write the reference.")
    raise _NotSaid(f"“{said}” is no line’s reference or title.")


def _rated(ref: str, said: str, line: Held) -> Account:
    """The rating that a row's amounts stand under: said, or the only one that the line has."""
    if said:
        try:
            return rating_of(said)
        except NotRag as wrong:
            raise _NotSaid(str(wrong), is_rating=True) from None
    held = {account for _, account in line.sums}
    if len(held) > 1:
        raise _NotSaid(
            f"Line {ref} stands under several ratings. Add a column headed “{RATING}”.",
            is_rating=True,
        )
    return held.pop() if held else Account.UNRATED


def _cell(row: int, column: int) -> str:
    return f"Pasted!{_letters(column)}{row + 1}"


def _at(row: int, column: int, message: str) -> Problem:
    return problem_at(_cell(row, column), message)


def by_place(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    """Mistakes by sheet, in the order of the sheets, each sheet's by cell."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.sheet, []).append(problem)
    return list(found.items())
