"""Would one slip of the pen explain the difference, and how likely is it? (rules AUD-10, AUD-34)

A slip is said only when a single such change makes the total right; a guess among several is no
help. Which of several figures is likeliest to be the wrong one is another question, and a matter of
odds: a slip that can go wrong in few ways (a sign, a scale) says more than one that can in many (a
digit).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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

_ODDS_OF_SIGN, _ODDS_OF_SCALE = 0.5, 0.2
_LIKELIEST_CHANGES = 9  # other digits that one digit can be printed as


def slip_of(figure: Figure, meant: Decimal) -> str:
    """How the printed figure could have come from the one that was meant, or "".

    A change of sign, a wrong scale, two digits the wrong way round, a digit dropped or doubled, or
    one digit.
    """
    printed = figure.value
    if not printed or not meant:
        return ""
    if printed == -meant:
        if printed > 0:
            return "A minus or brackets are missing: the sign is the wrong way round."
        return "A minus or brackets too many: the sign is the wrong way round."
    for factor, words in _SCALES:
        if printed == meant * factor:
            return f"It is {words} too large: look at its unit and its noughts."
        if printed * factor == meant:
            return f"It is {words} too small: look at its unit and its noughts."
    ours, theirs = _digits(figure, printed), _digits(figure, meant)
    if not ours or not theirs or (printed < 0) != (meant < 0):
        return ""
    if len(ours) == len(theirs):
        return _same_length(ours, theirs)
    if min(len(ours), len(theirs)) >= _LONG_ENOUGH:
        if len(ours) + 1 == len(theirs) and (digit := _extra_digit(theirs, ours)):
            return f"A {digit} was left out: look for {figure.like(meant)}."
        if len(ours) == len(theirs) + 1 and _is_doubled(ours, theirs):
            return f"A digit was typed twice: look for {figure.like(meant)}."
    return ""


def _same_length(ours: str, theirs: str) -> str:
    unlike = _unlike(ours, theirs)
    if _are_transposed(ours, theirs, unlike):
        first = unlike[0]
        return (
            f"Look for transposed figures: {ours[first : first + 2]} "
            f"for {theirs[first : first + 2]}."
        )
    return ONE_DIGIT if len(unlike) == 1 and len(ours) >= _LONG_ENOUGH else ""


def odds(figure: Figure, meant: Decimal) -> float:
    """How likely it is that the figure that was meant comes out as printed (rule AUD-34).

    The odds of a slip are spread evenly over all that it could have made of the figure: a
    four-digit figure can have three pairs of digits turned, and 36 single digits changed.
    """
    printed = figure.value
    found = 0.0
    if not printed or not meant:
        return found
    if printed == -meant:
        return found + _ODDS_OF_SIGN
    if any(printed in (meant * factor, meant / factor) for factor, _ in _SCALES):
        found += _ODDS_OF_SCALE
    ours, theirs = _digits(figure, printed), _digits(figure, meant)
    if not ours or not theirs or (printed < 0) != (meant < 0):
        return found
    if len(ours) == len(theirs):
        unlike = _unlike(ours, theirs)
        if _are_transposed(ours, theirs, unlike):
            found += 1 / max(1, len(ours) - 1)
        elif len(unlike) == 1 and len(ours) >= _LONG_ENOUGH:
            found += 1 / (_LIKELIEST_CHANGES * len(ours))
    elif (len(ours) + 1 == len(theirs) and _extra_digit(theirs, ours)) or (
        len(ours) == len(theirs) + 1 and _is_doubled(ours, theirs)
    ):
        found += 0.5 / len(theirs)
    return found


def could_mean(figure: Figure) -> Iterator[Decimal]:
    """Every value that one slip could have made the printed figure of (rule AUD-34)."""
    value = figure.value
    if not value:
        return
    yield -value
    for factor, _ in _SCALES:
        yield value * factor
        yield value / factor
    digits = _digits(figure, value)
    unit = figure.scale * Decimal(1).scaleb(-figure.places)
    for meant in _digits_meant(digits):
        yield (Decimal(meant) * unit).copy_sign(value)


def _digits_meant(digits: str) -> Iterator[str]:
    """Other rows of digits that one slip makes these of."""
    for place in range(len(digits)):
        before, digit, after = digits[:place], digits[place], digits[place + 1 :]
        if after and digit != after[0]:
            yield before + after[0] + digit + after[1:]
        if len(digits) >= _LONG_ENOUGH:
            yield from (before + other + after for other in "0123456789" if other != digit)
            if after and digit == after[0]:
                yield before + after


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


def _unlike(ours: str, theirs: str) -> list[int]:
    """The places where two rows of digits differ."""
    return [
        place for place, pair in enumerate(zip(ours, theirs, strict=True)) if len(set(pair)) > 1
    ]


def _are_transposed(ours: str, theirs: str, unlike: Sequence[int]) -> bool:
    return len(unlike) == 2 and unlike[1] == unlike[0] + 1 and sorted(ours) == sorted(theirs)


def _extra_digit(longer: str, shorter: str) -> str:
    """The one digit that has to be left out of the longer row of digits, or ""."""
    for place, digit in enumerate(longer):
        if longer[:place] + longer[place + 1 :] == shorter:
            return digit
    return ""


def _is_doubled(longer: str, shorter: str) -> bool:
    """Whether one digit of the shorter row stands twice in the longer."""
    return any(shorter[: place + 1] + shorter[place:] == longer for place in range(len(shorter)))


def _digits(figure: Figure, value: Decimal) -> str:
    """The digits of a value as the figure would print it, or "" where it cannot."""
    units = abs(value) / (figure.scale * Decimal(1).scaleb(-figure.places))
    return str(int(units)) if units == int(units) else ""
