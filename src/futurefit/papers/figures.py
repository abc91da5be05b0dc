"""What is one printed figure worth, and how exactly? (rule AUD-05)"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from futurefit.papers.document import TableCell
from futurefit.papers.printed import Kind

NUMBER = re.compile(
    r"[1-9][0-9]{0,2}(?:[\u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3}){2,}(?:\.[0-9]+)?"
    r"|[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+"
)
"""The digits of a printed figure, with commas or spaces between thousands."""


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
        parted = re.search(r"[,\s]", number[0])
        comma = "," if parted or (rounded >= 1000 and not _plain(number[0])) else ""
        digits = format(rounded if rounded == shown else shown.normalize(), f"{comma}f")
        digits = digits.replace(",", parted[0] if parted else ",")
        before, after = printed[: number.start()], printed[number.end() :].partition("(")[0]
        before = re.sub("[-−–(]", "", before)
        after = after.replace(")", "").rstrip()
        if value >= 0:
            return f"{before}{digits}{after}"
        return f"({before}{digits}{after})" if "(" in printed else f"-{before}{digits}{after}"


def _plain(number: str) -> bool:
    """Whether a number of a thousand or more is printed without its commas."""
    return len(number.partition(".")[0]) > 3
