"""Which number did the law, or the council's policy, give on that date? (rule PAR-01)

Statutory parameters are data: TOML files in the `parameters` folder beside this module, a dated row
for each value with its source. No constant of law stands in code, and a date on which no value is
known to be in force is an error, never the nearest value.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import pairwise


class UnknownParameter(LookupError):
    """No parameter has that name."""


class NoneInForce(LookupError):
    """The parameter exists, but no value is known to be in force on that date."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One dated value.

    `valid_to` is its last day (None while it holds); `verified` says that the value was checked
    against its source.
    """

    value: int | Decimal | str
    valid_from: date
    valid_to: date | None
    unit: str
    source: str
    verified: bool

    @property
    def whole(self) -> int:
        """The value of a parameter that counts something, as most do."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.value} ({self.unit}) is not a whole number.")
        return self.value


def parameter(name: str, on: date) -> Parameter:
    """The value of a parameter on a date.

    >>> parameter("standstill_working_days", date(2025, 3, 1)).value
    8
    """
    table = parameters()
    if name not in table:
        near = get_close_matches(name, table, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UnknownParameter(f"There is no parameter named {name}.{hint}")
    for dated in table[name]:
        if dated.valid_from <= on and (dated.valid_to is None or on <= dated.valid_to):
            return dated
    spans = ", ".join(f"{dated.valid_from} to {dated.valid_to or 'now'}" for dated in table[name])
    raise NoneInForce(
        f"No value of {name} is known to be in force on {on}; there are values for "
        f"{spans}. Add a dated row with its source to the parameter files."
    )


@cache
def parameters() -> Mapping[str, tuple[Parameter, ...]]:
    """Every parameter by name, its values in order of date."""
    folder = files("futurefit.kernel") / "parameters"
    table: dict[str, tuple[Parameter, ...]] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            read = read_parameters(file.read_text(encoding="utf-8"), file.name)
            if twice := table.keys() & read.keys():
                raise ValueError(f"{file.name}: {', '.join(twice)} stands in two files.")
            table |= read
    return table


def read_parameters(text: str, file: str) -> dict[str, tuple[Parameter, ...]]:
    """Read one parameter file; raise where its dates overlap or a field is missing."""
    table = {}
    for name, rows in tomllib.loads(text, parse_float=Decimal).items():
        try:
            dated = [Parameter(**{"valid_to": None, **row}) for row in rows]
        except TypeError as problem:
            raise ValueError(f"{file}: {name} has a wrong or missing field: {problem}") from problem
        dated.sort(key=lambda value: value.valid_from)
        for earlier, later in pairwise(dated):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise ValueError(
                    f"{file}: {name} has two values on {later.valid_from}. "
                    "End the earlier one on the day before."
                )
        table[name] = tuple(dated)
    return table
