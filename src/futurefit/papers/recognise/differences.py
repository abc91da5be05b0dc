"""What did a revised paper change, and what may each change be? (rule REC-14)

Lines are compared by their keys, amounts by account and year, fields and parts by their words. A
change of amounts has the kinds that it may be, the likeliest first by its shape; which it is, a
person says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from futurefit.ledger.entries import Account
from futurefit.papers.candidates import (
    AmountCandidate,
    LineCandidate,
    PaperCandidate,
    Said,
    Statement,
)
from futurefit.papers.recognise.likeness import plain


class Change(StrEnum):
    """What happened to something between two versions."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


class About(StrEnum):
    """What a difference is about."""

    LINE = "line"
    AMOUNTS = "amounts"
    FIELD = "field"
    PART = "part"


class Kind(StrEnum):
    """What a change of amounts may be. Nothing here decides which."""

    CORRECTION = "correction"
    RE_TARGET = "re-target"
    RE_RATING = "re-rating"
    RE_PROFILE = "re-profile"


@dataclass(frozen=True, slots=True)
class Moved:
    """One account and year that holds another amount than before; nought where there was none."""

    account: Account
    year: str
    before: AmountCandidate | None
    after: AmountCandidate | None

    @property
    def pence(self) -> int:
        """By how much it rose, in pence."""
        return _pence(self.after) - _pence(self.before)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed. `key` is the line's key, or the name of the field or part.

    For amounts, `moved` holds every account and year that changed, and `kinds` what the change may
    be, the likeliest first. For words, `before` and `after` hold what was said.
    """

    about: About
    change: Change
    key: str
    title: str
    before: tuple[Said, ...] = ()
    after: tuple[Said, ...] = ()
    moved: tuple[Moved, ...] = ()
    kinds: tuple[Kind, ...] = ()


def differences(before: PaperCandidate, after: PaperCandidate) -> tuple[Difference, ...]:
    """What changed between two versions of a paper: lines, amounts, fields, parts."""
    return (
        *_lines(before.lines, after.lines),
        *_fields(before.fields, after.fields),
        *_parts(before.parts, after.parts),
    )


# --- amounts --------------------------------------------------------------------------------------


def _lines(before: Iterable[LineCandidate], after: Iterable[LineCandidate]) -> Iterator[Difference]:
    old = {line.key: line for line in before}
    new = {line.key: line for line in after}
    for key in {**old, **new}:
        first, second = old.get(key), new.get(key)
        if first is None and second is not None:
            yield Difference(
                About.LINE, Change.ADDED, key, second.title.text, moved=_moved((), second.amounts)
            )
        elif second is None and first is not None:
            yield Difference(
                About.LINE, Change.DROPPED, key, first.title.text, moved=_moved(first.amounts, ())
            )
        elif first is not None and second is not None:
            yield from _of_line(first, second)


def _of_line(first: LineCandidate, second: LineCandidate) -> Iterator[Difference]:
    key, title = first.key, second.title.text
    before, after = _called(first), _called(second)
    if {plain(one.text) for one in before} != {plain(one.text) for one in after}:
        yield Difference(About.LINE, Change.CHANGED, key, title, before=before, after=after)
    moved = _moved(first.amounts, second.amounts)
    if moved:
        yield Difference(
            About.AMOUNTS, Change.CHANGED, key, title, moved=moved, kinds=kinds_of(moved)
        )


def _called(line: LineCandidate) -> tuple[Said, ...]:
    """A line's title, and what it is: "tranche: PROPOSED"."""
    return (
        line.title,
        *(
            Said(f"{one.name.replace('_', ' ')}: {value}", line.title.place)
            for one in fields(line.attributes)
            if (value := getattr(line.attributes, one.name))
        ),
    )


def _moved(
    before: Iterable[AmountCandidate], after: Iterable[AmountCandidate]
) -> tuple[Moved, ...]:
    old, new = _placed(before), _placed(after)
    return tuple(
        Moved(account, year, old.get((account, year)), new.get((account, year)))
        for account, year in sorted(
            {**old, **new}, key=lambda place: (place[1], list(Account).index(place[0]))
        )
        if _pence(old.get((account, year))) != _pence(new.get((account, year)))
    )


def _placed(amounts: Iterable[AmountCandidate]) -> dict[tuple[Account, str], AmountCandidate]:
    """Amounts by account and year; two rows of one are taken together, where the first stands."""
    found: dict[tuple[Account, str], AmountCandidate] = {}
    for one in amounts:
        held = found.get((one.account, one.year))
        found[one.account, one.year] = (
            one if held is None else replace(held, pence=held.pence + one.pence)
        )
    return found


def _pence(amount: AmountCandidate | None) -> int:
    return 0 if amount is None else amount.pence


def kinds_of(moved: Iterable[Moved]) -> tuple[Kind, ...]:
    """What a change of a line's amounts may be, the likeliest first.

    Each year's total unchanged: a re-rating. The line's total unchanged over other years: a
    re-profile. Else the target changed; or, where a single amount changed its digits or its sign,
    a correction is the likelier.
    """
    changes = list(moved)
    by_year: dict[str, int] = {}
    for one in changes:
        by_year[one.year] = by_year.get(one.year, 0) + one.pence
    if not changes:
        return ()
    if not any(by_year.values()):
        return (Kind.RE_RATING, Kind.CORRECTION)
    if not sum(by_year.values()):
        return (Kind.RE_PROFILE, Kind.CORRECTION)
    if len(changes) == 1 and _is_slip(_pence(changes[0].before), _pence(changes[0].after)):
        return (Kind.CORRECTION, Kind.RE_TARGET)
    return (Kind.RE_TARGET, Kind.CORRECTION)


def _is_slip(before: int, after: int) -> bool:
    """A sign, a scale of ten, a hundred or a thousand, or the same digits in another order."""
    if not before or not after:
        return False
    if before == -after:
        return True
    small, large = sorted((abs(before), abs(after)))
    if large in (10 * small, 100 * small, 1000 * small):
        return True
    return len(str(small)) == len(str(large)) and sorted(str(small)) == sorted(str(large))


# --- words ----------------------------------------------------------------------------------------


def _fields(
    before: Mapping[str, tuple[Said, ...]], after: Mapping[str, tuple[Said, ...]]
) -> Iterator[Difference]:
    for name in {**before, **after}:
        old, new = before.get(name, ()), after.get(name, ())
        if [_words(one) for one in old] != [_words(one) for one in new]:
            change = Change.CHANGED if old and new else Change.ADDED if new else Change.DROPPED
            yield Difference(About.FIELD, change, name, name.replace("_", " "), old, new)


def _parts(
    before: Mapping[str, tuple[Statement, ...]], after: Mapping[str, tuple[Statement, ...]]
) -> Iterator[Difference]:
    """Statements by what they say first; one that says it still but otherwise differs changed."""
    for name in {**before, **after}:
        old, new = _named(before.get(name, ())), _named(after.get(name, ()))
        for what in {**old, **new}:
            first, second = old.get(what, {}), new.get(what, {})
            if {k: _words(v) for k, v in first.items()} == {
                k: _words(v) for k, v in second.items()
            }:
                continue
            change = (
                Change.CHANGED if first and second else Change.ADDED if second else Change.DROPPED
            )
            said = (second or first).get("what")
            yield Difference(
                About.PART,
                change,
                name,
                said.text if said is not None else name,
                tuple(first.values()),
                tuple(second.values()),
            )


def _named(statements: Iterable[Statement]) -> dict[tuple[str, int], Statement]:
    """Statements by their words and how often those came before."""
    found: dict[tuple[str, int], Statement] = {}
    for statement in statements:
        said = statement.get("what") or next(iter(statement.values()), None)
        words = plain(said.text) if said is not None else ""
        number = 0
        while (words, number) in found:
            number += 1
        found[words, number] = statement
    return found


def _words(said: Said) -> str:
    return " ".join(said.text.split())
