"""What does a council's form call its parts, and where do they stand? (rule REC-02)

A template is data: a TOML file that names labels, columns, ticks, units and signs. Ours are in the
folder `templates`; a council adds its own and no code. A key that is not known is refused, so that
a slip in a file cannot pass unseen. How to write one: docs/manual/recognising.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any

from futurefit.kernel.report import Unit
from futurefit.kernel.years import NotAYear, parse_bucket
from futurefit.ledger.entries import (
    Account,
    Fund,
    LineAttributes,
    LineKind,
    Recurrence,
    SavingClass,
    SavingType,
    Tranche,
)
from futurefit.papers.candidates import PaperKind
from futurefit.papers.recognise import likeness

Labels = tuple[str, ...]


class BadTemplate(ValueError):
    """A mapping file that cannot be used; the message names the file, the table and the key."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a paper begins or ends: labels, and for the end the level of a heading that is not one
    of its own (0: no heading ends it).
    """

    labels: Labels = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class FieldTemplate:
    """Something asked for once.

    `takes` is "beside" (after the label, right of it, else the next words), "below" (in the cell
    below the label's), "under" (all that follows up to the next label) or "ticks" (`options`: as
    printed → what it means). `means` is "money", "day" or "" for words. `splits` is a pattern whose
    named groups are fields of the label itself. `hints` are the form's own words where the answer
    stands ("Y/N"), which are no answer.
    """

    name: str
    labels: Labels
    takes: str = "under"
    required: bool = False
    means: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    splits: str = ""
    hints: Labels = ()


@dataclass(frozen=True, slots=True)
class PartTemplate:
    """A list: rows of a table by `columns` (or in `order`, where the table has no headings), list
    items and paragraphs as "what" where `items` is set, or numbered sections (`numbered`, with
    `leads` for the label of each section's lead).

    `statuses` are headings within the part, `said` words within an item, that give a status.
    `divides` cuts a column at its first colon into two.
    """

    name: str
    labels: Labels = ()
    required: bool = False
    columns: Mapping[str, Labels] = field(default_factory=dict)
    order: Labels = ()
    items: bool = False
    numbered: bool = False
    leads: Labels = ()
    prefixes: Labels = ()
    means: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    divides: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """A block of rows within a grid that is a line of its own."""

    key: str
    labels: Labels
    attributes: LineAttributes


@dataclass(frozen=True, slots=True)
class GridTemplate:
    """Ratings by year. `rows` gives the account of each row's label; `sections` the blocks, where
    there are several; `totals` the labels of rows that add up, `over_all` those over every block.
    """

    key: str
    labels: Labels
    rows: Mapping[str, Account]
    unit: Unit
    sign: int
    attributes: LineAttributes
    sections: tuple[SectionTemplate, ...] = ()
    totals: Labels = ()
    over_all: Labels = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that give a line its attributes: `sets` replaces those that it names."""

    words: Labels
    sets: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ScheduleTemplate:
    """Lines by year, all under one account. `marks` are words in the table, its heading or the
    paragraph before it without which a table outside a paper is none of this kind.
    """

    unit: Unit
    sign: int
    account: Account
    attributes: LineAttributes
    labels: Labels = ()
    marks: Labels = ()
    refs: Labels = ()
    titles: Labels = ()
    totals: Labels = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class WordsTemplate:
    """Amounts in sentences under a label: `takes` as in a field. `equally` are words that share an
    amount over the years named beside it; `none` words that promise an amount without giving one.
    """

    name: str
    labels: Labels
    takes: str
    sign: int
    attributes: LineAttributes
    equally: Labels = ()
    none: Labels = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class ListTemplate:
    """Services or contracts by `statuses` (the table's title) and `sections` (rows or columns)."""

    name: str
    statuses: Mapping[str, str]
    sections: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MatrixTemplate:
    """A table kept row by row: each row a statement with "what" and one entry a column."""

    name: str
    labels: Labels
    unit: Unit


@dataclass(frozen=True, slots=True)
class Template:
    """A form. `at_least` is how many different labels of it a paper must hold; `years` are its own
    names for financial years; `slides` are words beside an amount that make it a saving on a slide;
    `furniture` are labels that ask for nothing. `joins` says that the form goes on over several of
    its starts.
    """

    name: str
    kind: PaperKind
    at_least: int = 1
    joins: bool = False
    starts: Bounds = Bounds()
    ends: Bounds = Bounds()
    fields: tuple[FieldTemplate, ...] = ()
    parts: tuple[PartTemplate, ...] = ()
    grids: tuple[GridTemplate, ...] = ()
    schedules: tuple[ScheduleTemplate, ...] = ()
    words: tuple[WordsTemplate, ...] = ()
    lists: tuple[ListTemplate, ...] = ()
    matrices: tuple[MatrixTemplate, ...] = ()
    years: Mapping[str, str] = field(default_factory=dict)
    slides: Labels = ()
    furniture: Labels = ()
    labelled: tuple[tuple[str, Labels], ...] = field(init=False)
    by_initial: Mapping[str, tuple[tuple[str, str], ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Every label of the form with the name of what asks for it ("lead" for a section's), and
        the same by the letter that it begins with.
        """
        owned = [
            *((one.name, one.labels) for one in self.fields),
            *((one.name, one.labels) for one in self.parts),
            *((f"grid {one.key}", one.labels) for one in self.grids),
            *((f"schedule {number}", one.labels) for number, one in enumerate(self.schedules)),
            *((f"words {number}", one.labels) for number, one in enumerate(self.words)),
            *((f"matrix {one.name}", one.labels) for one in self.matrices),
            *(("lead", one.leads) for one in self.parts),
            ("furniture", self.furniture),
        ]
        object.__setattr__(self, "labelled", tuple((name, said) for name, said in owned if said))
        table: dict[str, tuple[tuple[str, str], ...]] = {}
        for name, labels in self.labelled:
            for label in labels:
                letter = likeness.initial(label)
                table[letter] = (*table.get(letter, ()), (name, label))
        object.__setattr__(self, "by_initial", table)


_CLASSES: Mapping[str, type[Any]] = {
    "kind": LineKind,
    "saving_class": SavingClass,
    "saving_type": SavingType,
    "tranche": Tranche,
    "fund": Fund,
    "recurrence": Recurrence,
}
_FILLED_IN = frozenset({"unit", "sign", "account", "attributes", "takes"})
"""What a table may leave out although its value has it."""

_TAKES = ("beside", "below", "under", "ticks")
_SIGNS = {"positive saves": 1, "negative saves": -1, "positive costs": -1}


@cache
def shipped() -> tuple[Template, ...]:
    """The templates that come with the product, in the order of their file names."""
    folder = files("futurefit.papers.recognise") / "templates"
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    return tuple(read_template(file.name, file.read_text(encoding="utf-8")) for file in found)


def read_template(name: str, text: str) -> Template:
    """Read one mapping file; `BadTemplate` says which key of which table is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadTemplate(f"{name} is not TOML: {problem}.") from problem
    reader = _Reader(name, dict(data))
    template = reader.template()
    reader.nothing_left()
    return template


class _Reader:
    """Takes a file's tables one by one; what is left at the end is unknown."""

    def __init__(self, file: str, data: dict[str, Any]) -> None:
        self.file = file
        self.data = data

    def template(self) -> Template:
        take = self.data.pop
        head: dict[str, Any] = take("template", {})
        if "name" not in head or "kind" not in head:
            raise self.wrong("template", "needs a name and a kind")
        head = self.frozen(head)
        head["kind"] = self.one_of(PaperKind, head["kind"], "template")
        return Template(
            **self.known(Template, head, "template", but={"labelled", "by_initial"}),
            starts=self.bounds("starts"),
            ends=self.bounds("ends"),
            fields=tuple(self.field(row) for row in take("field", ())),
            parts=tuple(self.part(row) for row in take("part", ())),
            grids=tuple(self.grid(row) for row in take("grid", ())),
            schedules=tuple(self.schedule(row) for row in take("schedule", ())),
            words=tuple(self.words(row) for row in take("words", ())),
            lists=tuple(self.listed(row) for row in take("list", ())),
            matrices=tuple(self.matrix(row) for row in take("matrix", ())),
            years=self.years(take("years", {})),
        )

    def nothing_left(self) -> None:
        if self.data:
            raise self.wrong(", ".join(self.data), "is not a table of a template")

    def bounds(self, name: str) -> Bounds:
        row = self.data.pop(name, {})
        return Bounds(**self.frozen(self.known(Bounds, row, name)))

    def field(self, row: dict[str, Any]) -> FieldTemplate:
        found = FieldTemplate(**self.frozen(self.known(FieldTemplate, row, "field")))
        self.check_takes(found.takes, found.name)
        if found.takes == "ticks" and not found.options:
            raise self.wrong(f"field {found.name}", "takes ticks and names no options")
        try:
            re.compile(found.splits)
        except re.error as problem:
            raise self.wrong(f"field {found.name}", f"has a bad pattern: {problem}") from problem
        return found

    def part(self, row: dict[str, Any]) -> PartTemplate:
        values = self.frozen(self.known(PartTemplate, row, "part"))
        values["columns"] = {key: tuple(said) for key, said in values.get("columns", {}).items()}
        values["divides"] = {key: tuple(said) for key, said in values.get("divides", {}).items()}
        return PartTemplate(**values)

    def grid(self, row: dict[str, Any]) -> GridTemplate:
        attributes = self.attributes(row.pop("attributes", {}), "grid")
        sections = tuple(
            SectionTemplate(
                one["key"],
                tuple(one["labels"]),
                self.attributes(one.get("attributes", {}), "grid.sections", attributes),
            )
            for one in (
                self.known(SectionTemplate, row, "grid.sections") for row in row.pop("sections", ())
            )
        )
        values = self.frozen(self.known(GridTemplate, row, "grid"))
        values["rows"] = {
            label: self.one_of(Account, account, "grid") for label, account in row["rows"].items()
        }
        return GridTemplate(
            **self.measured(values, "grid"), attributes=attributes, sections=sections
        )

    def schedule(self, row: dict[str, Any]) -> ScheduleTemplate:
        attributes = self.attributes(row.pop("attributes", {}), "schedule")
        rules = self.rules(row.pop("rules", ()), "schedule")
        values = self.frozen(self.known(ScheduleTemplate, row, "schedule"))
        account = self.one_of(Account, row.get("account", "UNRATED"), "schedule")
        return ScheduleTemplate(
            **(self.measured(values, "schedule") | {"account": account}),
            attributes=attributes,
            rules=rules,
        )

    def words(self, row: dict[str, Any]) -> WordsTemplate:
        attributes = self.attributes(row.pop("attributes", {}), "words")
        rules = self.rules(row.pop("rules", ()), "words")
        values = self.frozen(self.known(WordsTemplate, row, "words"))
        values["sign"] = self.sign(values.get("sign", "positive saves"), "words")
        self.check_takes(values.setdefault("takes", "under"), "words")
        return WordsTemplate(**values, attributes=attributes, rules=rules)

    def listed(self, row: dict[str, Any]) -> ListTemplate:
        return ListTemplate(**self.known(ListTemplate, row, "list"))

    def matrix(self, row: dict[str, Any]) -> MatrixTemplate:
        values = self.frozen(self.known(MatrixTemplate, row, "matrix"))
        values["unit"] = self.one_of(Unit, values.get("unit", Unit.POUNDS), "matrix")
        return MatrixTemplate(**values)

    # --- the small things ------------------------------------------------------------------------

    def years(self, row: Mapping[str, str]) -> Mapping[str, str]:
        for year in row.values():
            try:
                parse_bucket(year)
            except NotAYear as problem:
                raise BadTemplate(f"{self.file}: years: {problem}") from problem
        return row

    def rules(self, rows: Iterable[Mapping[str, Any]], where: str) -> tuple[Rule, ...]:
        found = [self.known(Rule, row, f"{where}.rules") for row in rows]
        return tuple(Rule(tuple(one["words"]), self.classes(one["sets"], where)) for one in found)

    def attributes(
        self, row: Mapping[str, Any], where: str, base: LineAttributes | None = None
    ) -> LineAttributes:
        values = {} if base is None else {one.name: getattr(base, one.name) for one in fields(base)}
        return LineAttributes(**(values | self.classes(row, where)))

    def classes(self, row: Mapping[str, Any], where: str) -> dict[str, Any]:
        names = {one.name for one in fields(LineAttributes)}
        if unknown := row.keys() - names:
            raise self.wrong(where, f"has no {', '.join(sorted(unknown))}")
        return {
            name: self.one_of(_CLASSES[name], value, where) if name in _CLASSES else value
            for name, value in row.items()
        }

    def measured(self, values: dict[str, Any], where: str) -> dict[str, Any]:
        """The unit and the sign of a table's amounts."""
        values["unit"] = self.one_of(Unit, values.get("unit", Unit.POUNDS), where)
        values["sign"] = self.sign(values.get("sign", "positive saves"), where)
        return values

    def sign(self, said: str, where: str) -> int:
        if said not in _SIGNS:
            raise self.wrong(where, f"has the sign “{said}”; choose from {', '.join(_SIGNS)}")
        return _SIGNS[said]

    def check_takes(self, said: str, where: str) -> None:
        if said not in _TAKES:
            raise self.wrong(where, f"takes “{said}”; choose from {', '.join(_TAKES)}")

    def known(
        self, shape: type[Any], row: Mapping[str, Any], where: str, but: Iterable[str] = ()
    ) -> dict[str, Any]:
        known = {one.name: one for one in fields(shape) if one.name not in but}
        if unknown := row.keys() - known.keys():
            raise self.wrong(where, f"has no {', '.join(sorted(unknown))}")
        wanted = [
            name
            for name, one in known.items()
            if one.default is MISSING and one.default_factory is MISSING and name not in _FILLED_IN
        ]
        if missing := [name for name in wanted if name not in row]:
            raise self.wrong(where, f"needs {', '.join(missing)}")
        return dict(row)

    def frozen(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
        }

    def one_of(self, choices: type[Any], said: Any, where: str) -> Any:
        try:
            return choices(said)
        except ValueError as problem:
            names = ", ".join(choice.value for choice in choices)
            raise self.wrong(where, f"says “{said}”; choose from {names}") from problem

    def wrong(self, where: str, what: str) -> BadTemplate:
        return BadTemplate(f"{self.file}: {where} {what}.")
