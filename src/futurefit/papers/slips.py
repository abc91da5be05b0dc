"""Would one slip of the pen explain the difference? (rule AUD-10)

Said only when a single such change makes the total right; a guess among several is no help.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from futurefit.papers.figures import Figure

ONE_DIGIT = "One digit is wrong."
_LONG_ENOUGH = 3  # digits; of shorter figures, most differ by one

_SCALES = tuple(
    (Decimal(10) ** power, words)
    for power, words in (
        (6, "a million times"),
        (3, "a thousand times"),
        (2, "a hundred times"),
        (1, "ten times"),
    )
)


def slip_of(figure: Figure, meant: Decimal) -> str:
    """How the printed figure could have come from the one that was meant, or "".

    A change of sign, a wrong scale, two digits the wrong way round, or one digit.
    """
    printed = figure.value
    if not printed or not meant:
        return ""
    if printed == -meant:
        return "The sign is the wrong way round."
    for factor, words in _SCALES:
        if printed == meant * factor:
            return f"It is {words} too large: look at its unit and its noughts."
        if printed * factor == meant:
            return f"It is {words} too small: look at its unit and its noughts."
    ours, theirs = _digits(figure, printed), _digits(figure, meant)
    if not ours or not theirs or len(ours) != len(theirs) or (printed < 0) != (meant < 0):
        return ""
    unlike = [
        place for place, pair in enumerate(zip(ours, theirs, strict=True)) if len(set(pair)) > 1
    ]
    if len(unlike) == 2 and unlike[1] == unlike[0] + 1 and sorted(ours) == sorted(theirs):
        first = unlike[0]
        return (
            f"Look for transposed figures: {ours[first : first + 2]} "
            f"for {theirs[first : first + 2]}."
        )
    return ONE_DIGIT if len(unlike) == 1 and len(ours) >= _LONG_ENOUGH else ""


def slip_among(parts: Sequence[Figure], difference: Decimal, name: Callable[[Figure], str]) -> str:
    """The one part that, changed in one way, would make the total right, or "".

    `difference` is the printed total less what its parts add up to.
    """
    found: list[str] = []
    for part in parts:
        value = part.value
        if not value:
            continue
        if difference == -value:
            found.append(f"The total is right without {name(part)}.")
        elif difference == value:
            found.append(f"The total is right if {name(part)} is counted twice.")
        elif difference == -2 * value:
            found.append(f"The total is right if {name(part)} has the opposite sign.")
        else:
            said = slip_of(part, value + difference)
            if said and said != ONE_DIGIT:
                found.append(
                    f"The total is right if {name(part)} is {part.like(value + difference)}."
                )
    return found[0] if len(found) == 1 else ""


def _digits(figure: Figure, value: Decimal) -> str:
    """The digits of a value as the figure would print it, or "" where it cannot."""
    units = abs(value) / (figure.scale * Decimal(1).scaleb(-figure.places))
    return str(int(units)) if units == int(units) else ""
