"""How is an amount read, rounded, shared out and printed, without losing a penny? (rule MON-01)

An amount is whole pence in an `int`. Rounding is half up and away from nought (so −x mirrors x),
once, at the end. £, £000 and £m are ways of printing. A printed figure keeps how exact it is, so
that a check can tell a rounding difference from a wrong total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from futurefit.kernel.report import Unit

PENCE_IN = {Unit.POUNDS: 100, Unit.THOUSANDS: 100_000, Unit.MILLIONS: 100_000_000}
"""How many pence one of each unit is."""

_USUAL_PLACES = {Unit.POUNDS: 0, Unit.THOUSANDS: 0, Unit.MILLIONS: 3}


class NotMoney(ValueError):
    """The text is not an amount: the message says what was found and what would be read."""


class MoneyState(StrEnum):
    """What a printed cell says. A blank cell is not nought; a lone dash is."""

    AMOUNT = "AMOUNT"
    NIL = "NIL"
    NOT_STATED = "NOT_STATED"
    TO_BE_CONFIRMED = "TO_BE_CONFIRMED"
    MARGINAL = "MARGINAL"


@dataclass(frozen=True, slots=True)
class PrintedMoney:
    """A printed figure as read.

    `pence` is None where no figure is stated. `qualifier` is "about", "over", "up to", "nearly" or
    "". `half_unit_pence` is half of the last printed place: how far the true amount may lie from
    the printed one ("£2.455m" is exact to £500 either way).
    """

    printed: str
    pence: int | None
    state: MoneyState
    qualifier: str = ""
    half_unit_pence: Fraction = Fraction(0)


def _half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes away from nought."""
    magnitude = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -magnitude if value < 0 else magnitude


def round_half_up(x: Decimal | Fraction | int, places: int = 0) -> Decimal:
    """`x` to `places` decimal places, a half going away from nought.

    >>> round_half_up(Decimal("-0.5")), round_half_up(Fraction(2, 3), 2)
    (Decimal('-1'), Decimal('0.67'))
    """
    scaled = _half_up(Fraction(x) * Fraction(10) ** places)
    digits = tuple(int(digit) for digit in str(abs(scaled)))
    return Decimal((int(scaled < 0), digits, -places))


def to_pence(value: Decimal | Fraction | float) -> int:
    """Pounds to whole pence: the only way back from numbers that are not whole pence.

    A float counts as the shortest decimal that prints it, which is the number its author meant:

    >>> to_pence(0.285), to_pence(Decimal("-0.005")), to_pence(12)
    (29, -1, 1200)
    """
    if isinstance(value, float):
        # float() first: a subclass (NumPy's) may print itself with more than its digits.
        exact = Decimal(repr(float(value)))
        if not exact.is_finite():
            raise ValueError(f"{value} is not an amount of money.")
        value = exact
    return _half_up(Fraction(value) * 100)


def spread(total_pence: int, weights: Sequence[int]) -> list[int]:
    """Share out `total_pence` by `weights`; the parts always add back to the whole.

    Odd pennies go to the parts that were rounded down the most, the earliest first.

    >>> spread(100, [1, 1, 1]), spread(-100, [1, 1, 1])
    ([34, 33, 33], [-34, -33, -33])
    """
    if any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError(
            "To share an amount out, give at least one weight above nought and none below it."
        )
    whole = sum(weights)
    shares = [divmod(abs(total_pence) * weight, whole) for weight in weights]
    odd = abs(total_pence) - sum(part for part, _ in shares)
    first = sorted(range(len(weights)), key=lambda place: (-shares[place][1], place))[:odd]
    sign = -1 if total_pence < 0 else 1
    return [sign * (part + (place in first)) for place, (part, _) in enumerate(shares)]


# --- Reading ------------------------------------------------------------------------------------

_LONGEST = 80  # no printed amount is longer; anything longer is prose

_STATES = {
    "": MoneyState.NOT_STATED,
    "n/a": MoneyState.NOT_STATED,
    "not applicable": MoneyState.NOT_STATED,
    "not stated": MoneyState.NOT_STATED,
    "-": MoneyState.NIL,
    "£-": MoneyState.NIL,
    "£ -": MoneyState.NIL,
    "nil": MoneyState.NIL,
    "tbc": MoneyState.TO_BE_CONFIRMED,
    "tba": MoneyState.TO_BE_CONFIRMED,
    "tbd": MoneyState.TO_BE_CONFIRMED,
    "to be confirmed": MoneyState.TO_BE_CONFIRMED,
    "to be agreed": MoneyState.TO_BE_CONFIRMED,
    "to be determined": MoneyState.TO_BE_CONFIRMED,
    "marginal": MoneyState.MARGINAL,
    "minimal": MoneyState.MARGINAL,
    "negligible": MoneyState.MARGINAL,
}

_SIGN_QUALIFIERS = {
    "c": "about",
    "c.": "about",
    "ca": "about",
    "ca.": "about",
    "~": "about",
    "≈": "about",
    ">": "over",
    "≥": "over",
    "<": "up to",
    "≤": "up to",
}
_WORD_QUALIFIERS = {
    "circa": "about",
    "about": "about",
    "around": "about",
    "approx": "about",
    "approx.": "about",
    "approximately": "about",
    "roughly": "about",
    "estimated": "about",
    "est.": "about",
    "in the region of": "about",
    "over": "over",
    "above": "over",
    "more than": "over",
    "in excess of": "over",
    "at least": "over",
    "up to": "up to",
    "under": "up to",
    "below": "up to",
    "less than": "up to",
    "no more than": "up to",
    "at most": "up to",
    "maximum of": "up to",
    "nearly": "nearly",
    "almost": "nearly",
    "approaching": "nearly",
    "just under": "nearly",
}
_SUFFIX_QUALIFIERS = {"or so": "about", "+": "over"}

_SCALES = {
    "p": 1,
    "k": PENCE_IN[Unit.THOUSANDS],
    "thousand": PENCE_IN[Unit.THOUSANDS],
    "m": PENCE_IN[Unit.MILLIONS],
    "mn": PENCE_IN[Unit.MILLIONS],
    "million": PENCE_IN[Unit.MILLIONS],
    "bn": 1000 * PENCE_IN[Unit.MILLIONS],
    "billion": 1000 * PENCE_IN[Unit.MILLIONS],
}

# A footnote mark after a figure: stars and daggers, raised digits, [1], (a), (note 2). A bare "(1)"
# is no mark: it would be minus one. (k) and (m) are left out, for they could be scales.
_FOOTNOTE = re.compile(
    r"(?:\s*(?:[*†‡§¶#]+|[⁰¹²³⁴-⁹]+|\[[0-9a-z]{1,2}\]|\([a-j]\)|\(note [0-9a-z]{1,2}\)))+$"
)
_QUALIFIED = re.compile(
    "(?P<qualifier>"
    + "|".join(
        re.escape(word) + (r"(?![a-z])" if word[-1].isalpha() and word not in ("c", "ca") else "")
        for word in sorted({**_SIGN_QUALIFIERS, **_WORD_QUALIFIERS}, key=len, reverse=True)
    )
    + r")\s*(?P<rest>.*)"
)
_FIGURE = re.compile(
    r"(?P<lead>[-+]?)\s*(?P<open>\(?)\s*(?P<lead2>[-+]?)\s*(?P<pound>(?:£|gbp)?)\s*"
    r"(?P<open2>\(?)\s*(?P<lead3>[-+]?)\s*"
    r"(?P<number>(?:0|[1-9][0-9]{0,2}(?:[,\u2009\u202f][0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)"
    r"\s*(?P<close>\)?)\s*(?P<scale>" + "|".join(sorted(_SCALES, key=len, reverse=True)) + r"|)"
    r"\s*(?P<close2>\)?)\s*(?P<trail>-?)"
)


def read_money(text: str, unit: Unit | None = None) -> PrintedMoney:
    """Read a printed figure; raise NotMoney for words, ranges, percentages and rates.

    `unit` is what the table or form says that bare numbers are in. A figure with its own scale
    ("£1,250k") keeps it, and one with a pound sign but no scale is in pounds. A bare number other
    than nought, where `unit` is None, is not an amount: nothing says what it counts.

    Brackets mean negative, save after a qualifying word ("approaching (£33M)").

    >>> read_money("c£250k").pence, read_money("(3.2)", Unit.MILLIONS).pence
    (25000000, -320000000)
    """
    if len(text) > _LONGEST:
        raise NotMoney(f"“{text[:_LONGEST]}…” is too long to be one amount of money.")
    plain = re.sub("[−–—‑]", "-", " ".join(text.split()).lower())
    figure = _FOOTNOTE.sub("", plain)
    if figure in _STATES and (figure or not plain):
        state = _STATES[figure]
        return PrintedMoney(text, 0 if state is MoneyState.NIL else None, state)

    figure, qualifier, in_words = _take_qualifier(figure)
    match = _FIGURE.fullmatch(figure)
    if match is None:
        raise NotMoney(
            f"“{text}” is not an amount of money. Write it like £1,250k, £2.455m, 1,250 or (3.2); "
            "use - for nil, and leave it empty if it is not known."
        )
    signs = "".join(match[name] for name in ("lead", "lead2", "lead3", "trail"))
    opened, closed = match["open"] + match["open2"], match["close"] + match["close2"]
    if len(opened) != len(closed) or len(opened) + len(signs) > 1:
        raise NotMoney(
            f"“{text}” has more than one sign, or a bracket without its pair. "
            "Write a negative amount as -3.2 or as (3.2)."
        )
    scale = _scale_of(match, text, unit)
    digits = re.sub("[,\u2009\u202f]", "", match["number"])
    amount = Fraction(digits) * scale
    if signs == "-" or (opened and not in_words):
        amount = -amount
    places = len(digits.partition(".")[2])
    return PrintedMoney(
        printed=text,
        pence=_half_up(amount),
        state=MoneyState.AMOUNT,
        qualifier=qualifier,
        half_unit_pence=Fraction(scale, 2 * 10**places),
    )


def _take_qualifier(figure: str) -> tuple[str, str, bool]:
    """The figure without its qualifier, the qualifier, and whether that was a whole word."""
    for suffix, meaning in _SUFFIX_QUALIFIERS.items():
        if figure.endswith(suffix):
            return figure.removesuffix(suffix).rstrip(), meaning, True
    match = _QUALIFIED.fullmatch(figure)
    if match is None:
        return figure, "", False
    said = match["qualifier"]
    if said in _WORD_QUALIFIERS:
        return match["rest"], _WORD_QUALIFIERS[said], True
    return match["rest"], _SIGN_QUALIFIERS[said], False


def _scale_of(match: re.Match[str], text: str, unit: Unit | None) -> int:
    """How many pence one of the printed number is."""
    if match["scale"]:
        if match["scale"] == "p" and match["pound"]:
            raise NotMoney(f"“{text}” is in pounds and in pence at once. Write £0.50 or 50p.")
        return _SCALES[match["scale"]]
    if match["pound"]:
        return PENCE_IN[Unit.POUNDS]
    if unit is not None:
        return PENCE_IN[unit]
    if not match["number"].strip("0."):
        return PENCE_IN[Unit.POUNDS]  # nought is nought in every unit
    raise NotMoney(
        f"“{text}” does not say what it counts. Write £{match['number']}, "
        f"£{match['number']}k or £{match['number']}m, or head its column with a unit."
    )


# --- Printing -----------------------------------------------------------------------------------


def print_money(
    pence: int,
    unit: Unit = Unit.POUNDS,
    places: int | None = None,
    brackets: bool = False,
) -> str:
    """An amount as people read it; £000 and £m are bare, since their unit stands in the heading.

    Pounds show their pence only where there are any; £m has three places. The minus is the plain
    hyphen, so that a figure that is copied out of a page can be read back.

    >>> print_money(125000), print_money(-245500000, Unit.MILLIONS, brackets=True)
    ('£1,250', '(2.455)')
    """
    if places is None:
        places = 2 if unit is Unit.POUNDS and pence % 100 else _USUAL_PLACES[unit]
    rounded = round_half_up(Fraction(pence, PENCE_IN[unit]), places)
    figure = f"{'£' if unit is Unit.POUNDS else ''}{abs(rounded):,f}"
    if rounded >= 0:
        return figure
    return f"({figure})" if brackets else f"-{figure}"
