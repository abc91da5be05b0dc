"""Which two lines may be saving the same pound? (rules CLA-03, CLA-05 to CLA-08)

Two lines are suspected for what they have in common, weighed by how few others have it: a cost
centre that two lines of two thousand name says much, a title that thirty share says little. What
only one of the two says weighs against it, and what sets them apart (another place, other ages,
another need) weighs most. Each piece of evidence is kept in words.

Only lines that share something uncommon are ever compared, so thousands are looked through in
about a second.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rapidfuzz import fuzz

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.money import print_money
from futurefit.ledger.amount_likeness import Likeness, compare_amounts, same_scale
from futurefit.ledger.entries import SourceKind
from futurefit.ledger.likeness import (
    ACTS,
    ONE_OF_A_KIND,
    Mention,
    Reference,
    Thing,
    Wording,
    source_wording,
    wording,
)
from futurefit.ledger.said import SaidLine, SaidSource


class Way(StrEnum):
    """How the pound would be counted twice."""

    SOURCE = "same source"
    BUDGET = "same base budget"
    POST = "same post"
    CONTRACT = "same contract"
    TWIN = "same saving in other words"
    COHORT = "same clients"


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two lines that may save the same pound.

    `question_pence` is what would be counted twice, by year; `why` holds each piece of evidence as
    a sentence; `confidence` runs from 0 to 1; `sources` are the sources that both claim.
    """

    line_a: str
    line_b: str
    way: Way
    question_pence: Mapping[str, int]
    why: tuple[str, ...]
    advice: str
    confidence: float
    sources: tuple[str, ...] = ()

    @property
    def pair(self) -> tuple[str, str]:
        """The two lines, the lesser reference first."""
        return self.line_a, self.line_b

    @property
    def pence(self) -> int:
        """What would be counted twice over all years."""
        return sum(self.question_pence.values())


ADVICE: Mapping[Way, str] = {
    Way.SOURCE: "Agree which line keeps it, or what share each takes.",
    Way.BUDGET: "Set both against the budget line. Keep one, or share it.",
    Way.POST: "A post can be deleted once. Withdraw it from one line.",
    Way.CONTRACT: "Ask who lets the contract, and keep the saving there.",
    Way.TWIN: "Ask both owners. If it is one saving, replace one line by the other.",
    Way.COHORT: "Clients can be moved once. Agree which line moves them.",
}

# --- Weights --------------------------------------------------------------------------------------
# In nats: what e-fold odds a piece of evidence is worth. Chosen by reasoning on small programmes
# (tests/ledger/test_double_counts.py), and held against planted ones by the benchmark.

_BACKGROUND = 500  # lines that any programme is taken to have besides, so that few are not "rare"
_TELLING = 40  # a word that more lines share than this opens no comparison by itself
_GROUP = 60  # nor do words with an amount of one size
_CROWD = 6  # a number that more lines name is no single thing
_SURE = 3.5  # beyond what chance makes of so many pairs
_APART_PENALTY = 9.0
_NEARLY_ALL = 0.9  # of what a budget line holds: claims so near are as good as over
_READS_ALIKE = 80  # of 100: two titles with their words in any order

_THINGS = {
    SourceKind.BUDGET_LINE: Thing.BUDGET,
    SourceKind.CONTRACT: Thing.CONTRACT,
    SourceKind.POST: Thing.POST,
    SourceKind.CLIENT_COHORT: Thing.COHORT,
}
_WAYS = {
    Thing.BUDGET: Way.BUDGET,
    Thing.CONTRACT: Way.CONTRACT,
    Thing.POST: Way.POST,
    Thing.COHORT: Way.COHORT,
}


def find_suspects(
    lines: Iterable[SaidLine],
    sources: Iterable[SaidSource] = (),
    *,
    about: Collection[str] | None = None,
) -> list[Suspect]:
    """The pairs of lines that may save the same pound, the largest sum in question first.

    `about` keeps to pairs in which one of these lines stands: what a change is looked at by.
    """
    books = _Books(
        sorted(lines, key=lambda line: line.line),
        {source.code: source for source in sources},
    )
    found = [
        suspect
        for one, other in books.pairs(about)
        if (suspect := books.weigh(one, other)) is not None
    ]
    return sorted(found, key=lambda s: (-abs(s.pence), -s.confidence, s.pair))


@dataclass(slots=True)
class _Evidence:
    """What speaks for one way of counting twice, in nats, and in words."""

    way: Way
    nats: float
    why: list[str]


class _Books:
    """All lines beside each other, with how common each word, number and amount is."""

    def __init__(self, lines: Sequence[SaidLine], sources: Mapping[str, SaidSource]) -> None:
        self.lines, self.sources = lines, sources
        self.own = [wording(line.title, line.narrative) for line in lines]
        self.claimed = [
            [
                source_wording(_THINGS.get(sources[code].kind), sources[code].title)
                for code in line.claims
                if code in sources
            ]
            for line in lines
        ]
        self.services = frozenset().union(
            *(
                wording(code.replace("-", " ")).words
                for code in {line.service for line in lines} | {line.directorate for line in lines}
            )
        )
        proper = _proper_names(self.own) - self.services
        self.words = [said.words for said in self.own]
        self.names = [
            (said.words | frozenset().union(*(c.words for c in claimed))) & proper
            for said, claimed in zip(self.own, self.claimed, strict=True)
        ]
        self.references = [self._all_references(at) for at in range(len(lines))]
        self.mentions = [
            (*said.mentions, *(m for c in claimed for m in c.mentions))
            for said, claimed in zip(self.own, self.claimed, strict=True)
        ]
        self.subjects = [
            frozenset().union(*(mention.words for mention in mentions))
            for mentions in self.mentions
        ]
        self.size = len(lines) + _BACKGROUND
        self.enough = math.log(self.size) + _SURE
        self.holders = _holders(self.words)
        self.mentioned = _holders(
            [
                {(mention.thing, word) for mention in mentions for word in mention.words}
                for mentions in self.mentions
            ]
        )
        self.named = _holders(self.names)
        self.numbered = Counter(
            digits for held in self.references for digits in {one.digits for one in held}
        )
        self.totals = Counter(sum(line.amounts.values()) for line in lines)
        self.profiles = Counter(tuple(sorted(line.amounts.items())) for line in lines)
        self.idfs = {word: math.log(self.size / (1 + len(h))) for word, h in self.holders.items()}
        self.telling = {word: nats * nats for word, nats in self.idfs.items()}
        self.rarest = math.log(self.size) ** 2  # of a word that stands in a source's name alone
        self.ideas = [words - ACTS for words in self.words]
        self.weights = [self._weight(words) for words in self.ideas]
        self._lasting: dict[object, float] = {}

    def _all_references(self, at: int) -> tuple[Reference, ...]:
        found = list(self.own[at].references)
        for claimed in self.claimed[at]:
            found += claimed.references
        return tuple(found)

    # --- Which pairs to look at -------------------------------------------------------------------

    def pairs(self, about: Collection[str] | None) -> Iterable[tuple[int, int]]:
        """The pairs that share something uncommon, in the order of the lines."""
        groups: list[Collection[int]] = [
            *self._groups(lambda at: self.lines[at].claims, len(self.lines)),
            *self._groups(lambda at: {one.digits for one in self.references[at]}, _CROWD),
            *(held for held in self.holders.values() if 1 < len(held) <= _TELLING),
            *(held for held in self.mentioned.values() if 1 < len(held) <= _TELLING),
            *self._groups(
                lambda at: {
                    (scale, word)
                    for scale in same_scale(sum(self.lines[at].amounts.values()))
                    for word in self.words[at]
                },
                _GROUP,
            ),
            *self._groups(
                lambda at: {
                    (m.thing, word, name)
                    for m in self.mentions[at]
                    for word in m.words
                    for name in self.names[at]
                },
                _TELLING,
            ),
            *self._groups(
                lambda at: (
                    {(self.lines[at].service, tuple(sorted(self.lines[at].amounts.items())))}
                    if self.lines[at].service and self.lines[at].amounts
                    else ()
                ),
                _GROUP,
            ),
        ]
        wanted = (
            None
            if about is None
            else {at for at, line in enumerate(self.lines) if line.line in about}
        )
        pairs: set[tuple[int, int]] = set()
        for group in groups:
            if wanted is None:
                pairs.update(combinations(group, 2))
            else:
                for at in wanted.intersection(group):
                    pairs.update((min(at, other), max(at, other)) for other in group if other != at)
        return sorted(pairs)

    def _groups(
        self, keys: Callable[[int], Iterable[object]], limit: int
    ) -> Iterable[Collection[int]]:
        held: dict[object, list[int]] = defaultdict(list)
        for at in range(len(self.lines)):
            for key in keys(at):
                held[key].append(at)
        return (places for places in held.values() if 1 < len(places) <= limit)

    # --- What a pair has in common ----------------------------------------------------------------

    def weigh(self, one: int, other: int) -> Suspect | None:
        """What speaks for the pair being one saving, where it is enough; else None."""
        a, b = self.lines[one], self.lines[other]
        if a.kind is not b.kind and not (a.claims.keys() & b.claims.keys()):
            return None
        found = self._claimed(one, other) or self._named(one, other)
        if found is None:
            found = self._thing(one, other)
            if found is None or found.nats < self.enough:
                found = self._twin(one, other)
        if found is None or found.nats < self.enough:
            return None
        return Suspect(
            line_a=a.line,
            line_b=b.line,
            way=found.way,
            question_pence=_question(a, b),
            why=tuple(found.why),
            advice=ADVICE[found.way],
            confidence=round(1 / (1 + math.exp(-(found.nats - self.enough + 0.5) / 2)), 2),
            sources=tuple(sorted(a.claims.keys() & b.claims.keys())),
        )

    def _claimed(self, one: int, other: int) -> _Evidence | None:
        """Both claim one source."""
        a, b = self.lines[one], self.lines[other]
        shared = sorted(a.claims.keys() & b.claims.keys())
        if not shared:
            return None
        ways, why = [], []
        for code in shared:
            source = self.sources.get(code)
            title = source.title if source else code
            said = f"Both claim {title}"
            way = Way.SOURCE
            if source is not None:
                taken = sum(
                    abs(sum(line.amounts.values())) * line.claims[code] // 10_000 for line in (a, b)
                )
                said += f": {print_money(taken)} of {print_money(source.base_pence)} between them"
                thing = _THINGS.get(source.kind)
                if thing is Thing.BUDGET and taken >= _NEARLY_ALL * source.base_pence:
                    way = Way.BUDGET
                elif thing is not None and thing is not Thing.BUDGET:
                    way = _WAYS[thing]
            ways.append(way)
            why.append(f"{said}.")
        return _Evidence(ways[0], self.enough + 4, why)

    def _named(self, one: int, other: int) -> _Evidence | None:
        """Both name one number: a contract's, a post's, a cost centre's."""
        for ours in self.references[one]:
            for theirs in self.references[other]:
                if (
                    ours.digits == theirs.digits
                    and (not ours.letters or not theirs.letters or ours.letters == theirs.letters)
                    and (ours.thing is theirs.thing or None in (ours.thing, theirs.thing))
                    and self.numbered[ours.digits] <= _CROWD
                ):
                    thing = ours.thing or theirs.thing
                    what = f"{thing} " if thing else ""
                    way = _WAYS[thing] if thing else Way.SOURCE
                    return _Evidence(way, self.enough + 3, [f"Both name {what}{ours.said}."])
        return None

    def _apart(self, one: int, other: int) -> float:
        """What sets two lines apart: other places, other ages, another need."""
        mine, theirs = self.own[one], self.own[other]
        nats = 0.0
        subject = self.subjects[one] & self.subjects[other]
        if _disagree(self.names[one] - subject, self.names[other] - subject):
            nats += _APART_PENALTY
        for ours, others in (
            (mine.ages, theirs.ages),
            (mine.needs, theirs.needs),
            (mine.apart, theirs.apart),
            (mine.counts, theirs.counts),
        ):
            if _disagree(ours, others):
                nats += _APART_PENALTY
        if any(
            (ours.thing is not None and ours.thing is number.thing)
            or (ours.letters and ours.letters == number.letters)
            for ours in self.references[one]
            for number in self.references[other]
        ):
            nats += _APART_PENALTY  # each has a number of its own
        if self._kinds_claimed(one) & self._kinds_claimed(other):
            nats += _APART_PENALTY  # each claims a source of its own
        return nats

    def _kinds_claimed(self, at: int) -> set[SourceKind]:
        return {self.sources[code].kind for code in self.lines[at].claims if code in self.sources}

    def _thing(self, one: int, other: int) -> _Evidence | None:
        """Both are about one post, contract, budget or group of clients, by its words."""
        names = self.names[one] & self.names[other]
        if self.subjects[one] & self.subjects[other] <= names:
            return None  # the same place at most, not the same thing
        a, b = self.lines[one], self.lines[other]
        amounts = compare_amounts(a.amounts, b.amounts)
        apart = self._apart(one, other)
        best: _Evidence | None = None
        for ours in self.mentions[one]:
            for theirs in self.mentions[other]:
                if ours.thing is not theirs.thing:
                    continue
                shared = ours.words & theirs.words
                if shared <= names:
                    continue
                weights = self._weight(ours.words - names), self._weight(theirs.words - names)
                cover = self._weight(shared - names) / min(weights)
                alike = self._weight(shared - names) / max(weights)
                if cover < 0.7 or alike < 0.45:
                    continue
                nats = self._rarity(ours.thing, shared, names) * (0.5 + cover / 4 + alike / 4)
                why = [_mentions_in_words(ours, theirs)]
                if names:
                    why.append(f"Both name {_in_words(names)}.")
                    nats += min(3.0, 3.0 * max(map(self._idf, names)) / 5)
                if ours.thing is Thing.POST and not shared.isdisjoint(ONE_OF_A_KIND):
                    nats += 3.0
                if ours.thing is Thing.COHORT:
                    nats, why = self._cohort(one, other, nats, why)
                if a.service and a.service == b.service:
                    nats += 1.0
                    why.append("Both lie in the same service.")
                elif a.service and b.service and not names:
                    nats -= 3.0
                if amounts.nats > 0:
                    nats += min(3.0, self._amounts(a, b, amounts) / 2)
                    why.append(amounts.said)
                if best is None or best.nats < nats - apart:
                    best = _Evidence(_WAYS[ours.thing], nats - apart, why)
        return best

    def _cohort(self, one: int, other: int, nats: float, why: list[str]) -> tuple[float, list[str]]:
        mine, theirs = self.own[one], self.own[other]
        for ours, others, what in (
            (mine.ages, theirs.ages, "aged"),
            (mine.counts, theirs.counts, "the number of clients:"),
        ):
            shared = ours & others
            if shared:
                nats += 2.0
                why.append(f"Both say {what} {', '.join(sorted(shared))}.")
        return nats, why

    def _twin(self, one: int, other: int) -> _Evidence | None:
        """One saving, told twice: like words and like amounts."""
        a, b = self.lines[one], self.lines[other]
        mine, theirs = self.ideas[one], self.ideas[other]
        shared = mine & theirs
        both = math.sqrt(self.weights[one] * self.weights[other])
        alike = self._weight(shared) / both if both else 0.0
        if alike < 0.2:
            titles = fuzz.token_sort_ratio(self.own[one].title, self.own[other].title)
            same = a.service and a.service == b.service and a.amounts == b.amounts
            if titles < _READS_ALIKE and not same:
                return None
        amounts = compare_amounts(a.amounts, b.amounts)
        if amounts.nats <= 0 and a.amounts and b.amounts:
            return None
        where = self.names[one] | self.names[other] | self.services
        if self._apart(one, other) or _disagree(mine - where, theirs - where):
            return None  # alike in where, not in what
        titles = fuzz.token_sort_ratio(self.own[one].title, self.own[other].title)
        one_paper = a.paper == b.paper and a.directorate == b.directorate
        if one_paper and titles >= _READS_ALIKE:
            return None  # rows of one table read alike on purpose
        same_service = bool(a.service) and a.service == b.service
        agreed = self._amounts(a, b, amounts) if a.amounts and b.amounts else 0.0
        nats = self._together(shared) * (0.4 + alike) + agreed + max(0.0, (titles - 60) / 40)
        why = [
            f"Their words are {round(100 * alike)}% alike"
            + (f": both say {_in_words(self._tellingest(shared))}." if shared else ".")
        ]
        if titles >= _READS_ALIKE:
            why.append(f"Their titles read alike ({round(titles)} of 100).")
        if agreed:
            why.append(amounts.said)
        if same_service:
            nats += 1.5
            why.append("Both lie in the same service.")
        elif a.service and b.service:
            nats -= 1.0
        if one_paper:
            nats -= 1.5
        return _Evidence(Way.TWIN, nats, why)

    # --- How much each piece says -----------------------------------------------------------------

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self.telling.get(word, self.rarest) for word in words)

    def _idf(self, word: str) -> float:
        return self.idfs.get(word, math.log(self.size))

    def _together(self, words: frozenset[str]) -> float:
        """How much it says to use all of these words, by how few lines do: a phrase that stands in
        every service's lines says little, however long it is.
        """
        if not words:
            return 0.0
        if words not in self._lasting:
            rarest = sorted(words, key=lambda word: len(self.holders[word]))
            held = set(self.holders[rarest[0]])
            for word in rarest[1:]:
                held.intersection_update(self.holders[word])
                if len(held) == 2:
                    break
            self._lasting[words] = math.log(self.size / max(1.0, len(held) - 1))
        return self._lasting[words]

    def _rarity(self, thing: Thing, words: frozenset[str], names: frozenset[str]) -> float:
        """How much it says to name such a thing by these words, by how few lines do."""
        key = (thing, words, names)
        if key not in self._lasting:
            held = set.intersection(
                *(set(self.mentioned[thing, word]) for word in words),
                *(set(self.named[name]) for name in names),
            )
            # The two lines themselves do not make it common.
            self._lasting[key] = math.log(self.size / max(1.0, len(held) - 1))
        return self._lasting[key]

    def _amounts(self, a: SaidLine, b: SaidLine, amounts: Likeness) -> float:
        """How much like amounts say, by how many lines have such amounts."""
        if amounts.exact:
            others = self.profiles[tuple(sorted(a.amounts.items()))] - 1
        else:
            others = max(self.totals[sum(a.amounts.values())], self.totals[sum(b.amounts.values())])
        return amounts.nats * math.log(self.size / (1 + others)) / math.log(self.size)

    def _tellingest(self, words: Iterable[str]) -> list[str]:
        return sorted(words, key=lambda word: (-self._idf(word), word))[:5]


def _holders(held: Sequence[Iterable[object]]) -> dict[object, list[int]]:
    found: dict[object, list[int]] = defaultdict(list)
    for at, things in enumerate(held):
        for thing in things:
            found[thing].append(at)
    return found


def _proper_names(said: Iterable[Wording]) -> frozenset[str]:
    """The words that are written as names more often than small."""
    names: Counter[str] = Counter()
    for one in said:
        names.update(one.names - one.small)
        names.subtract(one.small)
    return frozenset(word for word, times in names.items() if times > 0)


def _disagree(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Both say something, and nothing in common."""
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _mentions_in_words(ours: Mention, theirs: Mention) -> str:
    if ours.said == theirs.said:
        return f"Both name the {ours.thing} “{ours.said}”."
    return f"Both seem to name one {ours.thing}: “{ours.said}” and “{theirs.said}”."


def _in_words(words: Iterable[str]) -> str:
    return ", ".join(f"“{word.replace('_', ' ')}”" for word in sorted(words))


def _question(a: SaidLine, b: SaidLine) -> dict[str, int]:
    """What would be counted twice: the lesser of the two in each year, or where they share no year
    the lesser line.
    """
    shared = {
        year: min(a.amounts[year], b.amounts[year], key=abs)
        for year in sorted(a.amounts.keys() & b.amounts.keys())
        if a.amounts[year] * b.amounts[year] > 0
    }
    if shared:
        return shared
    lesser = min(a, b, key=lambda line: (abs(sum(line.amounts.values())), line.line))
    other = b if lesser is a else a
    return dict(sorted(lesser.amounts.items())) if other.amounts else {}


def in_words(suspect: Suspect) -> str:
    """A suspect in a sentence."""
    years = ", ".join(
        f"{print_money(pence)} in {year}" for year, pence in suspect.question_pence.items()
    )
    said = f"Lines {suspect.line_a} and {suspect.line_b} may count a pound twice ({suspect.way})"
    return f"{said}: {years or 'no amount yet'}. {' '.join(suspect.why)}"


def findings(suspects: Iterable[Suspect]) -> list[Finding]:
    """Suspects as findings: CLA-03 for a saving told twice, CLA-05 for something taken twice."""
    return [
        Finding(
            code="CLA-03" if suspect.way is Way.TWIN else "CLA-05",
            severity=Severity.WARNING,
            message=in_words(suspect),
            advice=suspect.advice,
            confidence=suspect.confidence,
        )
        for suspect in suspects
    ]
