"""A made-up programme of any size, the same for the same seed: what the benchmarks measure with.

5,000 lines over ten years give 60,000 postings: each line has a target in some years, is rated, and
some of it slips, is delivered or withdrawn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count

from futurefit.kernel.provenance import Provenance
from futurefit.kernel.years import FinancialYear, Horizon
from futurefit.ledger import acts, chain
from futurefit.ledger.entries import (
    RATINGS,
    Account,
    Draft,
    Entry,
    Evidence,
    EvidenceKind,
    Journal,
    LineAttributes,
    LineKind,
    Recurrence,
    SavingClass,
    SavingType,
    Tranche,
)

FIRST_YEAR = 2016
OPENED_ON = date(2016, 4, 1)
EVIDENCE = Evidence(EvidenceKind.VIREMENT, 0)
CLASSES = [each for each in SavingClass if each is not SavingClass.NOT_STATED]


def horizon(years: int = 10) -> Horizon:
    """The years that the made-up programme runs over."""
    return Horizon(FIRST_YEAR, FIRST_YEAR + years - 1, None)


def attributes(chance: random.Random) -> LineAttributes:
    """A line that hangs somewhere in 8 themes, 40 workstreams and 400 projects."""
    theme = chance.randrange(8)
    workstream = theme * 5 + chance.randrange(5)
    project = workstream * 10 + chance.randrange(10)
    directorate = chance.randrange(5)
    return LineAttributes(
        theme=f"theme-{theme}",
        workstream=f"workstream-{workstream:02}",
        project=f"project-{project:03}",
        directorate=f"directorate-{directorate}",
        service=f"service-{directorate * 24 + chance.randrange(24):03}",
        mtfp_heading=f"heading-{chance.randrange(12):02}",
        owner=f"post-{chance.randrange(60):02}",
        kind=chance.choices(list(LineKind)[:3], [8, 1, 1])[0],
        saving_class=chance.choice(CLASSES),
        saving_type=chance.choice(list(SavingType)),
        tranche=chance.choice(list(Tranche)),
        recurrence=chance.choices(list(Recurrence), [9, 1])[0],
    )


def drafts(
    lines: int = 5_000, years: int = 10, postings: int = 60_000, *, seed: int = 1
) -> Iterator[Draft]:
    """The journals before they are sealed: 50 lines a journal, then single acts."""
    chance = random.Random(seed)
    labels = [FinancialYear(FIRST_YEAR + place).label for place in range(years)]
    held: list[tuple[str, str, int]] = []
    made = 0
    for start in range(0, lines, 50):
        entries: list[Entry] = []
        for number in range(start, min(start + 50, lines)):
            ref = f"L{number:05}"
            entries.append(acts.open_line(ref, attributes(chance), on=OPENED_ON))
            amounts = {
                label: chance.randrange(1, 5_000) * 1_000_00
                for label in chance.sample(labels, min(4, years))
            }
            entries.append(acts.set_target(ref, amounts, on=OPENED_ON))
            made += 2 * len(amounts)
            held += [(ref, label, amount) for label, amount in amounts.items()]
        yield Draft("programme office", "the programme as adopted", tuple(entries))
    chance.shuffle(held)
    day = OPENED_ON
    for ref, label, amount in held:
        if made >= postings:
            return
        day += timedelta(days=chance.randrange(2) and chance.randrange(2))
        half = amount // 2
        rating = chance.choice(RATINGS[1:4])
        entries = [
            acts.re_rate(
                ref, {label: amount}, from_rating=Account.UNRATED, to_rating=rating, on=day
            )
        ]
        made += 2
        match chance.randrange(4):
            case 0:
                entries.append(
                    acts.deliver(ref, {label: half}, from_rating=rating, on=day, evidence=EVIDENCE)
                )
                made += 2
            case 1 if label != labels[-1]:
                after = labels[labels.index(label) + 1]
                entries.append(
                    acts.re_profile(
                        ref, half, rating=rating, from_year=label, to_year=after, on=day
                    )
                )
                made += 4
            case 2:
                entries.append(acts.withdraw(ref, {label: half}, from_rating=rating, on=day))
                made += 2
            case _:
                pass
        yield Draft(
            "project lead",
            "monthly update",
            tuple(entries),
            checked_by="finance",
            sources=(Provenance(file="Virement"),),
        )


def journals(
    lines: int = 5_000, years: int = 10, postings: int = 60_000, *, seed: int = 1
) -> list[Journal]:
    """The same, sealed into a chain without asking `checks` (a test proves that it would agree)."""
    salts = (f"{number:032x}" for number in count())
    sealed: list[Journal] = []
    moment = datetime(2016, 4, 1, tzinfo=UTC)
    previous = chain.GENESIS
    for number, draft in enumerate(drafts(lines, years, postings, seed=seed), start=1):
        moment += timedelta(seconds=1)
        journal = chain.seal(
            draft, number=number, recorded_at=moment, previous=previous, salts=salts
        )
        previous = journal.digest
        sealed.append(journal)
    return sealed
