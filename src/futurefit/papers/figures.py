"""What is one printed figure worth, and how exactly? (rule AUD-05)"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from futurefit.papers.document import TableCell
from futurefit.papers.printed import Kind

NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+")
"""The digits of a printed figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: its value in pounds, in things, or per cent, and half of its last place.

    `scale` is what one of the printed number is worth, so that another value can be printed alike.
    """

    cell: TableCell
    kind: Kind
    value: Decimal
    half: Decimal
    scale: Decimal = Decimal(1)
    rough: bool = False

    @property
    def places(self) -> int:
        """How many digits stand after the printed point."""
        number = NUMBER.search(self.cell.text)
        return len(number[0].partition(".")[2]) if number else 0

    def like(self, value: Decimal) -> str:
        """Another value as this one is printed: "£0.450m" beside "£0.400m".

        The text round the number is kept; brackets and minus go with the sign.
        """
        printed = self.cell.text
        number = NUMBER.search(printed)
        if number is None:  # a lone dash
            return f"{value:,f}"
        shown = abs(value) / self.scale
        rounded = shown.quantize(Decimal(1).scaleb(-self.places))
        comma = "," if "," in number[0] or (rounded >= 1000 and not _plain(number[0])) else ""
        digits = format(rounded if rounded == shown else shown.normalize(), f"{comma}f")
        before, after = printed[: number.start()], printed[number.end() :].partition("(")[0]
        before = re.sub("[-−–(]", "", before)
        after = after.replace(")", "").rstrip()
        if value >= 0:
            return f"{before}{digits}{after}"
        return f"({before}{digits}{after})" if "(" in printed else f"-{before}{digits}{after}"


def _plain(number: str) -> bool:
    """Whether a number of a thousand or more is printed without its commas."""
    return len(number.partition(".")[0]) > 3
