"""What is a line about, in words that can be compared? (rule CLA-08)

Words of one meaning are brought to one form, abbreviations are written out, and what a line names
is picked out: references (a contract's number, a cost centre), a post, a contract or budget by its
trade, a group of clients, places. None of it decides anything: `double_counts` weighs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from futurefit.ledger.likeness_words import (
    ABBREVIATIONS,
    APART,
    COMMON,
    MOVING,
    NEEDS,
    POST_NOUNS,
    POST_SIGNS,
    SAME_MEANING,
)


class Thing(StrEnum):
    """What sort of source words name."""

    CONTRACT = "contract"
    BUDGET = "budget"
    POST = "post"
    COHORT = "cohort"


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a line names and that a saving can be taken out of: by its telling words."""

    thing: Thing
    words: frozenset[str]
    said: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A number that something is known by: its digits, its letters ("" where none are printed), and
    what it numbers where the words tell (None where not).
    """

    digits: str
    letters: str
    thing: Thing | None
    said: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text says, ready to be compared. `names` are the words written as names are (places,
    teams, suppliers), `small` those written small; `ages` and `needs` tell groups of clients apart,
    `apart` holds words like "north"; `counts` are numbers of clients.
    """

    title: str
    words: frozenset[str]
    names: frozenset[str]
    small: frozenset[str]
    references: tuple[Reference, ...]
    mentions: tuple[Mention, ...]
    needs: frozenset[str]
    ages: frozenset[str]
    apart: frozenset[str]
    counts: frozenset[str]


_TOKEN = re.compile(r"[A-Za-z][A-Za-z&'’-]*[A-Za-z]|[A-Za-z]|\d+\+?")
_NOT_REFERENCES = re.compile(
    r"£\s?\d[\d,.]*\s*(?:k|m|bn|million|thousand)?\b"
    r"|\b(?:19|20)\d\d\s?[/–-]\s?(?:\d{4}|\d\d)\b\+?"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+\d{4}\b"
    r"|\b\d{1,3}(?:,\d{3})+\b|\b\d+\.\d+\b|\b\d+\s?%",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?<![\w£.,])(?:(?P<letters>[A-Za-z]{1,6})(?P<gap>[-/ .]?))?"
    r"(?P<digits>\d{2,8}(?:[-/]\d{1,6}|[A-Za-z]{1,2})?)(?![\w%]|[.,]\d)"
)
_MEASURED = re.compile(
    r"\s*(?:fte|hours?|days?|weeks?|months?|years?|miles?|km|tonnes?|sq|m2|people|clients|adults|"
    r"children|residents|users|service users|places|placements|posts|staff|pupils|beds|sites|"
    r"buildings|young|older|per|or|to|and over|pence|lamps|columns|vehicles|routes|cent)\b",
    re.IGNORECASE,
)
_AGES = re.compile(
    r"\b(\d{1,2})\s?(?:-|–|to)\s?(\d{1,2})\b(?!\s*(?:%|per cent|weeks|months|hours|places))"
)
_OVER = re.compile(r"\b(?:over|aged)\s(\d\d)\b|\b(\d\d)\s?(?:\+|and over|plus)", re.IGNORECASE)
_UNDER = re.compile(r"\bunder[- ](\d{1,2})s?\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)\s+"
    r"(?:\w+\s+){0,3}?(?:clients?|adults|people|children|service users|residents|placements|"
    r"tenants|individuals|packages)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: str(number)
    for word, number in {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    }.items()
}  # fmt: skip

_SIGNS: tuple[tuple[str, Thing], ...] = (
    ("contract", Thing.CONTRACT),
    ("agreement", Thing.CONTRACT),
    ("framework", Thing.CONTRACT),
    ("supplier", Thing.CONTRACT),
    ("provider", Thing.CONTRACT),
    ("tender", Thing.CONTRACT),
    ("cost centre", Thing.BUDGET),
    ("cost code", Thing.BUDGET),
    ("budget", Thing.BUDGET),
    ("ledger code", Thing.BUDGET),
    ("account code", Thing.BUDGET),
    ("post", Thing.POST),
    ("position", Thing.POST),
    ("establishment", Thing.POST),
    ("job", Thing.POST),
)
_LETTERS = {"CC": Thing.BUDGET, "C": None, "CON": Thing.CONTRACT, "CN": Thing.CONTRACT}
_JOINERS = frozenset({"of", "for", "and", "the", "in", "with", "on", "to", "at", "a", "an", "&"})
_LONGEST = 5  # words of a trade before "contract", or of a post's title


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """The word without the endings that inflect it, the same for all its forms.

    >>> {stem(word) for word in ("close", "closes", "closing", "closure")}
    {'clos'}
    """
    word = word.replace("’", "'").removesuffix("'s").replace("'", "").replace("-", "")
    for ending in (
        "isations", "isation", "ations", "ation", "itions", "ition", "ements", "ement", "ments",
        "ment", "ures", "ure", "ings", "ing", "ions", "ion", "ies", "ied", "ers", "eds", "es",
        "ed", "s", "e", "y",
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl" else word


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(stem(token.lower()) for token in _TOKEN.findall(phrase))


def _meanings() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for spellings in SAME_MEANING:
        meaning = "_".join(_stems(spellings[0]))
        for spelling in spellings:
            found.setdefault(_stems(spelling), meaning)
    for need in NEEDS:
        found.setdefault(_stems(need), "_".join(_stems(need)))
    return found


_MEANINGS = _meanings()
_LONGEST_PHRASE = max(len(phrase) for phrase in _MEANINGS)
_FIRST = frozenset(phrase[0] for phrase in _MEANINGS if len(phrase) > 1)
_COMMON = frozenset(stem(word) for word in COMMON)
_NEEDS = frozenset(_MEANINGS[_stems(need)] for need in NEEDS)
_MOVING = frozenset(_MEANINGS.get(_stems(word), "_".join(_stems(word))) for word in MOVING)
_APART = frozenset(APART)
_POST_NOUNS = frozenset(stem(word) for word in POST_NOUNS)
_POST_SIGNS = frozenset(stem(word) for word in POST_SIGNS)
_HEAD = stem("head")
_CONTRACT, _BUDGET = _MEANINGS[_stems("contract")], _MEANINGS[_stems("budget")]
ACTS = frozenset(
    _MEANINGS[_stems(word)]
    for word in ("close", "reduce", "merge", "delete", "renegotiate", "outsource", "move",
                 "redesign", "share", "automate", "negotiate", "increase", "sell", "vacant")
)  # fmt: skip
"""What is done to something: it says little about which saving it is."""
ONE_OF_A_KIND = frozenset(stem(word) for word in ("head", "director"))
"""A post of such a title is the only one of it."""
_SAY_NOTHING = _COMMON | ACTS | {_CONTRACT, _BUDGET, stem("price"), stem("clients")}
_KNOWN_STEMS = (
    _COMMON
    | _POST_NOUNS
    | frozenset(part for phrase in _MEANINGS for part in phrase)
    | frozenset(stem(word) for word in APART)
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or phrase in its one form; whether it is written as a name; what follows it is a new
    clause.
    """

    form: str
    said: str
    is_name: bool
    breaks: bool


@lru_cache(maxsize=40_000)
def wording(title: str, narrative: str = "") -> Wording:
    """What a line's title and narrative say."""
    heading = _tokens(title)
    tokens = [*heading, *_tokens(narrative)]
    forms = {token.form for token in tokens}
    whole = f"{title}. {narrative}"
    references = _references(whole)
    numbered = {reference.digits for reference in references}
    return Wording(
        title=" ".join(token.form for token in heading),
        words=frozenset(
            form
            for form in forms
            if len(form) > 1 and form not in _COMMON and not form[0].isdigit()
        ),
        names=frozenset(token.form for token in tokens if token.is_name),
        small=frozenset(token.form for token in tokens if token.said[0].islower()),
        references=references,
        mentions=tuple(_mentions(tokens, forms)),
        needs=frozenset(forms & _NEEDS),
        ages=_ages(whole),
        apart=frozenset(token.said.lower() for token in tokens if token.said.lower() in _APART),
        counts=frozenset(
            number
            for found in _COUNTED.findall(whole)
            if (number := _NUMBERS.get(found.lower(), found)) not in numbered
        ),
    )


@lru_cache(maxsize=5_000)
def source_wording(thing: Thing | None, title: str) -> Wording:
    """What the name of a source says: all of it is what a line would name."""
    said = wording(title)
    telling = frozenset(said.words | said.names) - _SAY_NOTHING
    references = tuple(
        Reference(one.digits, one.letters, one.thing or thing, one.said) for one in said.references
    )
    mentions = (Mention(thing, telling, title),) if thing is not None and telling else ()
    return Wording(
        said.title, said.words, said.names, said.small, references, mentions, said.needs, said.ages,
        said.apart, said.counts,
    )  # fmt: skip


def _tokens(text: str) -> list[_Token]:
    raw: list[tuple[str, str, bool, bool]] = []
    end = 0
    for found in _TOKEN.finditer(text):
        said = found.group()
        between = text[end : found.start()]
        starts = end == 0 or any(mark in between for mark in ".!?:;\n•")
        breaks = starts or any(mark in between for mark in ",()–—/")
        long = ABBREVIATIONS.get(said.lower())
        capital = said[0].isupper() and not starts
        for word in (long or said).split():
            raw.append((stem(word.lower()), word if long else said, capital, breaks))
            breaks = False
        end = found.end()
    tokens, place = [], 0
    while place < len(raw):
        form, said, capital, breaks = raw[place]
        length = 1
        if form in _FIRST:
            for size in range(min(_LONGEST_PHRASE, len(raw) - place), 1, -1):
                phrase = tuple(one[0] for one in raw[place : place + size])
                if phrase in _MEANINGS:
                    form, length = _MEANINGS[phrase], size
                    break
        if length == 1:
            form = _MEANINGS.get((form,), form)
        is_name = capital and length == 1 and raw[place][0] not in _KNOWN_STEMS and len(said) > 2
        said = " ".join(one[1] for one in raw[place : place + length])
        tokens.append(_Token(form, said, is_name, breaks))
        place += length
    return tokens


def _references(text: str) -> tuple[Reference, ...]:
    plain = _NOT_REFERENCES.sub(lambda found: " " * len(found.group()), text)
    found: dict[tuple[str, str], Reference] = {}
    for match in _REFERENCE.finditer(plain):
        letters, digits = match["letters"] or "", match["digits"]
        if match["gap"] == " " and not letters.isupper():
            letters = ""  # a word before a number, not a part of it
        number = re.sub(r"\D", "", digits)
        before = plain[max(0, match.start() - 32) : match.start()].lower()
        if match["letters"] and not letters:
            before += match["letters"].lower()
        thing = _numbered(before, letters)
        if not letters and (
            len(number) < 3
            or _MEASURED.match(plain, match.end())
            or (thing is None and len(number) < 5)
            or (len(number) == 4 and 1900 <= int(number) <= 2060)
        ):
            continue
        if len(number) < 2 or (letters and len(number) < 3 and thing is None):
            continue
        digits = digits.upper().replace("/", "-").lstrip("0")
        key = (digits, letters.upper())
        if key not in found or found[key].thing is None:
            found[key] = Reference(
                digits, letters.upper(), thing, match.group() if letters else match["digits"]
            )
    return tuple(found.values())


def _numbered(before: str, letters: str) -> Thing | None:
    """What a number is the number of, by the words before it."""
    places = [(before.rfind(word), thing) for word, thing in _SIGNS]
    place, thing = max(places, key=lambda held: held[0])
    return thing if place >= 0 else _LETTERS.get(letters.upper())


def _ages(text: str) -> frozenset[str]:
    plain = _NOT_REFERENCES.sub(" ", text)
    found = {
        f"{low}-{high}"
        for low, high in _AGES.findall(plain)
        if int(low) < int(high) <= 99 and int(high) > 3
    }
    found |= {f"{one or other}+" for one, other in _OVER.findall(plain)}
    found |= {f"0-{high}" for high in _UNDER.findall(plain)}
    return frozenset(found)


def _mentions(tokens: list[_Token], forms: set[str]) -> Iterable[Mention]:
    yield from _by_trade(tokens, _CONTRACT, Thing.CONTRACT)
    yield from _by_trade(tokens, _BUDGET, Thing.BUDGET)
    if not _POST_SIGNS.isdisjoint(
        stem(part.lower()) for token in tokens for part in token.said.split()
    ):
        yield from _posts(tokens)
    groups = (forms & _NEEDS) or (forms & {"children"})
    if groups and not forms.isdisjoint(_MOVING - groups):
        yield Mention(Thing.COHORT, frozenset(groups), ", ".join(sorted(groups)))


def _by_trade(tokens: list[_Token], sign: str, thing: Thing) -> Iterable[Mention]:
    """The words just before "contract" or "budget", or after "contract for" or "with"."""
    for place, token in enumerate(tokens):
        if token.form != sign:
            continue
        before: list[_Token] = []
        for near in reversed(tokens[max(0, place - _LONGEST) : place]):
            if near.form in ACTS or (near.form in _COMMON and near.form not in _JOINERS):
                if before:
                    break
                continue
            before.insert(0, near)
            if near.breaks:
                break
        after: list[_Token] = []
        if place + 1 < len(tokens) and tokens[place + 1].said.lower() in ("for", "with", "of"):
            for near in tokens[place + 2 : place + 2 + _LONGEST]:
                if near.breaks or near.form in ACTS:
                    break
                after.append(near)
        for part in (before, after):
            telling = frozenset(near.form for near in part) - _SAY_NOTHING
            if telling:
                yield Mention(thing, telling, " ".join(near.said for near in part))


def _posts(tokens: list[_Token]) -> Iterable[Mention]:
    for place, token in enumerate(tokens):
        if token.form not in _POST_NOUNS:
            continue
        part = [token]
        if token.form == _HEAD or (
            place + 1 < len(tokens) and tokens[place + 1].said.lower() in ("of", "for")
        ):
            part = [token, *_title_after(tokens[place + 1 : place + 1 + _LONGEST])]
        start = place
        while start > 0 and place - start < 4:
            near = tokens[start - 1]
            if (
                tokens[start].breaks
                or near.form in ACTS
                or near.said.lower() in _JOINERS - {"and"}
                or near.form in _COMMON
                or near.form in _POST_SIGNS
            ):
                break
            part.insert(0, near)
            start -= 1
        telling = frozenset(near.form for near in part if near.form not in _COMMON)
        if len(telling) > 1:
            yield Mention(Thing.POST, telling, " ".join(near.said for near in part))


def _title_after(tokens: list[_Token]) -> list[_Token]:
    found = []
    for near in tokens:
        if near.breaks or near.form in ACTS | _POST_SIGNS:
            break
        if near.said.lower() in _JOINERS - {"of", "for", "and", "the"}:
            break
        found.append(near)
    return found
