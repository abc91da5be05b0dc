"""How does Excel print this value under this number format? (rule AUD-27)

A workbook keeps 2455123.4 and shows "2,455": the checks judge what is shown, with its rounding. The
grammar of formats is ECMA-376, part 1, section 18.8.30–31.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss",
    22: "dd/mm/yyyy hh:mm", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", 5: "£#,##0;-£#,##0", 6: "£#,##0;[Red]-£#,##0",
    7: "£#,##0.00;-£#,##0.00", 8: "£#,##0.00;[Red]-£#,##0.00",
    41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    42: '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"_-;_-@_-',
    43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    44: '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that files name by number only; dates and money as in a British Excel."""

_LONGEST = 500  # characters of a format
_GENERAL_WIDTH = 11  # characters that General gives a number
_PIECE = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.) |
    \[(?P<bracket>[^\]]*)\] | (?P<general>General) | (?P<half>AM/PM|A/P) |
    (?P<power>E[+-]) | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|b+|e+) | (?P<digits>[0#?]) |
    (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_ELAPSED = re.compile(r"(h+|m+|s+)", re.IGNORECASE)
# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# fmt: on
_FIRST_1900, _FIRST_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
_WIDE = Context(prec=1_000)  # digits: no number and no format needs more
_LAST_SERIAL = 2_958_466  # 1 January 10000


@dataclass(slots=True)
class _Section:
    """One of a format's parts: for positive, negative, nought or text."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    condition: tuple[str, float] | None = None
    general: bool = False
    dated: bool = False
    fraction: bool = False
    has_text: bool = False
    whole: str = ""  # the signs for digits before the point
    decimals: str = ""
    power: str = ""
    thousands: bool = False
    scaled: int = 0  # how many thousands are taken off
    percents: int = 0


@lru_cache(maxsize=2_000)
def _sections(code: str) -> tuple[_Section, ...]:
    """A format's sections."""
    found = [_Section()]
    for match in _PIECE.finditer(code[:_LONGEST]):
        kind, said = match.lastgroup or "other", match[match.lastgroup or 0]
        section = found[-1]
        if kind == "other" and said == ";":
            if len(found) == 4:
                break
            found.append(_Section())
        elif kind == "bracket":
            if said.startswith("$"):
                section.pieces.append(("quoted", said[1:].split("-")[0]))
            elif condition := _CONDITION.fullmatch(said.strip()):
                try:
                    section.condition = (condition[1], float(condition[2]))
                except ValueError:
                    continue
            elif _ELAPSED.fullmatch(said):
                section.pieces.append(("elapsed", said.lower()))
                section.dated = True
        elif kind == "general":
            section.general = True
            section.pieces.append((kind, said))
        elif kind not in ("space", "fill"):
            section.dated |= kind in ("date", "half")
            section.has_text |= kind == "text"
            section.pieces.append((kind, said))
        elif kind == "space":
            section.pieces.append(("quoted", " "))
    for section in found:
        _count_digits(section)
    return tuple(found)


def _count_digits(section: _Section) -> None:
    """Where a section's digits go, and what its commas mean."""
    if section.dated:
        return
    places = [at for at, (kind, _) in enumerate(section.pieces) if kind == "digits"]
    point = powered = False
    for at, (kind, said) in enumerate(section.pieces):
        if kind == "point":
            point = True
        elif kind == "power":
            powered = True
        elif kind == "percent":
            section.percents += 1
        elif kind == "other" and said == "/" and places and places[0] < at < places[-1]:
            section.fraction = True
        elif kind == "digits":
            if powered:
                section.power += said
            elif point:
                section.decimals += said
            else:
                section.whole += said
        elif kind == "comma" and places:
            if at > places[-1]:
                section.scaled += 1
            elif at > places[0]:
                # Commas straight before the point take thousands off, too.
                following = next((k for k, _ in section.pieces[at + 1 :] if k != "comma"), "")
                if following == "point":
                    section.scaled += 1
                elif not point:
                    section.thousands = True


def is_date(code: str) -> bool:
    """Whether a format shows a number as a date or a time."""
    return _sections(code)[0].dated


@lru_cache(maxsize=50_000)
def print_number(value: float, code: str, from_1904: bool = False) -> str:
    r"""A number as Excel prints it, without the space that only aligns it.

    >>> [print_number(2455123.4, code) for code in ("#,##0", "#,##0,", "£0.0,,\"m\"", "0%")]
    ['2,455,123', '2,455', '£2.5m', '245512340%']
    >>> [print_number(value, "#,##0.0;(#,##0.0);-") for value in (0.05, -1234.25, 0)]
    ['0.1', '(1,234.3)', '-']
    >>> print_number(42326, "d mmm yyyy"), print_number(0.5, "General")
    ('18 Nov 2015', '0.5')
    """
    if not math.isfinite(value):
        return "#NUM!"
    sections = _sections(code)
    section, signed = _choose(value, sections)
    if section is None:
        return "#" * 8
    if section.dated:
        return _date(value, section, from_1904)
    if section.has_text and not section.whole and not section.general:
        return general(value)
    size = abs(value)
    if section.general or section.fraction:
        digits = general(size)
        return _tidy(_assemble(section, digits, "", "", signed and value < 0))
    if not section.whole and not section.decimals:
        sign = "-" if signed and value < 0 else ""
        return _tidy(sign + "".join(s for k, s in section.pieces if k in _LITERAL))
    exact = _exact(size) * Decimal(100) ** section.percents / Decimal(1000) ** section.scaled
    if section.power:
        whole, decimals, power = _with_power(exact, section)
    else:
        rounded = exact.quantize(Decimal(1).scaleb(-len(section.decimals)), ROUND_HALF_UP, _WIDE)
        whole, _, decimals = f"{rounded:f}".partition(".")
        power = ""
    whole = _fit_whole(whole, section)
    decimals = _fit_decimals(decimals, section.decimals)
    shown = bool((whole + decimals).strip("0,. ")) or bool(power)
    return _tidy(_assemble(section, whole, decimals, power, signed and value < 0 and shown))


_LITERAL = ("quoted", "escaped", "other", "percent")


def _choose(value: float, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    """The section for a number, and whether a minus sign is still to be printed."""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _holds(value, *section.condition):
                return section, section.condition is None or len(sections) == 1
        return None, True
    if len(sections) == 1:
        return sections[0], True
    if value > 0 or (value == 0 and len(sections) == 2):
        return sections[0], False
    if value < 0:
        # What rounds to nought in the section for negatives is still printed by that section.
        return sections[1], False
    return sections[2], False


def _holds(value: float, sign: str, than: float) -> bool:
    return {
        "<": value < than,
        ">": value > than,
        "=": value == than,
        "<=": value <= than,
        ">=": value >= than,
        "<>": value != than,
    }[sign]


def _exact(value: float) -> Decimal:
    """The number that Excel shows: its first 15 digits."""
    return Decimal(f"{value:.15g}")


def _fit_whole(whole: str, section: _Section) -> str:
    """Digits before the point: as many as the format asks for at least, in thousands if it says."""
    asked = section.whole
    whole = whole.lstrip("0")
    least = len(asked) - len(asked.lstrip("#?")) if "0" in asked else len(asked)
    whole = whole.rjust(len(asked) - least, "0")
    if section.thousands and whole:
        whole = f"{int(whole):,}".rjust(len(whole), "0") if whole.isdigit() else whole
    return whole


def _fit_decimals(decimals: str, asked: str) -> str:
    """Digits after the point, without the noughts that the format need not show."""
    kept = list(decimals)
    for place in range(len(asked) - 1, -1, -1):
        if place >= len(kept) or kept[place] != "0" or asked[place] == "0":
            break
        kept[place] = "" if asked[place] == "#" else " "
    return "".join(kept)


def _with_power(exact: Decimal, section: _Section) -> tuple[str, str, str]:
    """A number in powers of ten."""
    wide = max(1, len(section.whole))
    power = (exact.adjusted() // wide) * wide if exact else 0
    if wide == 1 and exact:
        power = exact.adjusted()
    scaled = exact.scaleb(-power).quantize(
        Decimal(1).scaleb(-len(section.decimals)), ROUND_HALF_UP, _WIDE
    )
    if scaled >= Decimal(10) ** wide:
        power += wide
        scaled = exact.scaleb(-power).quantize(
            Decimal(1).scaleb(-len(section.decimals)), ROUND_HALF_UP, _WIDE
        )
    whole, _, decimals = f"{scaled:f}".partition(".")
    return whole, decimals, f"{power:+d}"


def _assemble(section: _Section, whole: str, decimals: str, power: str, minus: bool) -> str:
    """The section's own signs with the digits in their places."""
    out = ["-"] if minus else []
    printed = pointed = False
    parted = list(_parted(section, whole))
    for kind, said in section.pieces:
        if kind == "digits" and parted and not pointed:
            out.append(parted.pop(0))
            printed = True
        elif kind in ("digits", "general"):
            if not printed and not pointed:
                out.append(whole)
                printed = True
        elif kind == "point":
            if not printed:
                out.append(whole)
                printed = True
            pointed = True
            out.append("." + decimals if decimals.strip() or "0" in section.decimals else "")
        elif kind == "power":
            sign, digits = power[:1] or "+", power[1:].rjust(len(section.power), "0")
            out.append("E" + (sign if said[1] == "+" or sign == "-" else "") + digits)
        elif kind in _LITERAL and not (section.fraction and said in "/ "):
            out.append(said)
    return "".join(out)


def _parted(section: _Section, whole: str) -> Iterator[str]:
    """The digits for each place of a format such as "00-00-00"; none where they stand together."""
    places = [at for at, (kind, _) in enumerate(section.pieces) if kind == "digits"]
    places = places[: len(section.whole)]
    between = section.pieces[places[0] : places[-1]] if places else []
    if not any(kind in ("quoted", "escaped", "other") for kind, _ in between):
        return
    first = len(whole) - len(places) + 1
    yield whole[: max(0, first)]
    for at in range(first, len(whole)):
        yield whole[at] if at >= 0 else ""


def _tidy(text: str) -> str:
    return " ".join(text.split())


def general(value: float) -> str:
    """A number as a cell without a format shows it, in eleven characters.

    >>> [general(value) for value in (3.0, 0.1 + 0.2, 1 / 3, 123456789012, 1.5e-7, -2.5)]
    ['3', '0.3', '0.333333333', '1.23457E+11', '1.5E-07', '-2.5']
    """
    sign, size = ("-" if value < 0 else ""), abs(value)
    if size == 0:
        return "0"
    if size >= 1e11 or size < 1e-4:
        digits, _, power = f"{size:.5E}".partition("E")
        return f"{sign}{digits.rstrip('0').rstrip('.')}E{int(power):+03d}"
    whole = len(str(int(size)))
    places = max(0, _GENERAL_WIDTH - 1 - whole)
    text = f"{_exact(size).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return sign + (text.rstrip("0").rstrip(".") if "." in text else text)


# --- Dates ----------------------------------------------------------------------------------------


def _date(value: float, section: _Section, from_1904: bool) -> str:
    """A number of days as a date; what is no date fills the cell with hashes, as in Excel."""
    if not 0 <= value < _LAST_SERIAL:
        return "#" * 8
    pieces = [
        (kind, said.lower() if kind == "date" else said)
        for kind, said in section.pieces
    ]  # fmt: skip
    timed = [at for at, (kind, said) in enumerate(pieces) if kind in ("date", "elapsed")]
    shows_part = any(kind == "date" and ".0" in said for kind, said in pieces)
    moment = _moment(value, from_1904, 0 if not shows_part else 3)
    half = any(kind == "half" for kind, _ in pieces)
    out = []
    for order, at in enumerate(timed):
        kind, said = pieces[at]
        before = pieces[timed[order - 1]][1][0] if order else ""
        after = pieces[timed[order + 1]][1][0] if order + 1 < len(timed) else ""
        if kind == "date" and said[0] == "m" and len(said) < 3 and (before == "h" or after == "s"):
            pieces[at] = ("minute", said)
    for kind, said in pieces:
        if kind == "date":
            out.append(_date_part(moment, said, half))
        elif kind == "minute":
            out.append(f"{moment.minute:0{len(said)}d}")
        elif kind == "elapsed":
            unit = {"h": 24, "m": 1440, "s": 86400}[said[0]]
            out.append(f"{int(value * unit + 1e-6):0{len(said)}d}")
        elif kind == "half":
            out.append(("AM", "PM")[moment.hour >= 12][: 1 if said.lower() == "a/p" else 2])
        elif kind in ("quoted", "escaped", "other", "point", "comma"):
            out.append(said)
    return _tidy("".join(out))


def _moment(value: float, from_1904: bool, places: int) -> datetime:
    """The moment of a number of days. Excel's 1900 has a 29 February that never was."""
    days, part = divmod(value, 1)
    if not from_1904 and days < 60:
        days += 1
    seconds = round(part * 86_400, places)
    return (_FIRST_1904 if from_1904 else _FIRST_1900) + timedelta(days=days, seconds=seconds)


def _date_part(moment: datetime, said: str, half: bool) -> str:
    """One part of a date: day, month, year, hour or second."""
    kind, wide = said[0], len(said)
    if kind == "d":
        name = _DAYS[moment.weekday()]
        return name if wide > 3 else name[:3] if wide == 3 else f"{moment.day:0{wide}d}"
    if kind == "m":
        name = _MONTHS[moment.month - 1]
        if wide == 5:
            return name[0]
        return name if wide > 3 else name[:3] if wide == 3 else f"{moment.month:0{wide}d}"
    if kind in "yeb":
        return f"{moment.year % 100:02d}" if wide < 3 else f"{moment.year:04d}"
    if kind == "h":
        hour = (moment.hour % 12 or 12) if half else moment.hour
        return f"{hour:0{min(wide, 2)}d}"
    whole, _, part = said.partition(".")
    seconds = f"{moment.second:0{min(len(whole), 2)}d}"
    return (
        f"{seconds}.{moment.microsecond:06d}"[: len(seconds) + 1 + len(part)] if part else seconds
    )
