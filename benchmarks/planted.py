"""A made-up programme in which some pounds are counted twice, and which ones those are.

It knows nothing of what looks for them. 2,000 lines in the manner of a county's savings papers hold
60 planted double counts of six kinds, ten of each:

* `same_source`: two lines take out of one source by structured claims;
* `base_budget`: two lines cut one cost centre, of which at least one names it only in words;
* `post`: two lines delete one post;
* `contract`: two lines save on one contract;
* `twin`: one saving, written again in other words by another directorate or a later paper;
* `cohort`: the same clients are moved twice.

The rest is there to mislead: posts with the same title in other teams, contracts of the same trade
in other districts, cohorts of the same need elsewhere, the same idea in every service, round
amounts that recur, and sources that one line claims alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from futurefit.ledger import acts
from futurefit.ledger.entries import (
    Account,
    Entry,
    LineAttributes,
    SavingType,
    SourceKind,
    Tranche,
)
from futurefit.ledger.state import EMPTY, Ledger, overlay

YEARS = ("2016/17", "2017/18", "2018/19", "2019/20")
OPENED_ON = date(2016, 4, 1)
KINDS = ("same_source", "base_budget", "post", "contract", "twin", "cohort")

SERVICES = {
    "adults": (
        "Older People",
        "Learning Disabilities",
        "Physical Disabilities",
        "Mental Health",
        "Day Services",
        "Reablement",
        "Adult Safeguarding",
        "Quality and Brokerage",
    ),
    "children": (
        "Looked After Children",
        "Fostering and Adoption",
        "Early Help",
        "Youth Support",
        "Special Educational Needs",
        "School Transport",
        "Children’s Centres",
        "Music Service",
    ),
    "environment": (
        "Highways Maintenance",
        "Street Lighting",
        "Waste Disposal",
        "Passenger Transport",
        "Country Parks",
        "Trading Standards",
        "Planning and Development",
        "Flood Management",
    ),
    "resources": (
        "Property",
        "Human Resources",
        "Finance",
        "Legal Services",
        "Information Technology",
        "Customer Contact",
        "Procurement",
        "Democratic Services",
    ),
    "communities": (
        "Libraries",
        "Museums",
        "Adult Learning",
        "Registration",
        "Public Health",
        "Community Safety",
        "Archives",
        "Grants to Voluntary Bodies",
    ),
}
PLACES = (
    "Bromsgrove",
    "Droitwich",
    "Evesham",
    "Kidderminster",
    "Malvern",
    "Pershore",
    "Redditch",
    "Stourport",
    "Tenbury",
    "Upton",
    "Wychavon",
    "Wyre Forest",
    "the north of the county",
    "the south of the county",
    "the city",
)
IDEAS = (
    "Stop {service} printing for committee meetings",
    "Raise charges in {service} by inflation",
    "Reduce agency staff in {service}",
    "Merge two back-office teams of {service}",
    "Introduce self-service for {service} enquiries",
    "Review of opening hours: {service}, {place}",
    "Reduce management layers in {service}",
    "Vacancy factor for {service}",
    "Mileage and travel savings in {service}",
    "Share {service} premises with the district in {place}",
    "Route review for {service} in {place}",
    "Trim the training budget of {service}",
    "Bring forward the restructure of {service}",
    "Digital forms instead of paper in {service}",
    "Fewer consultants for {service}",
    "Renegotiate small supplies for {service}",
    "Energy savings at {service} buildings in {place}",
    "Income from letting {service} rooms in {place}",
    "Volunteers take on {service} outreach in {place}",
    "Combine {service} events in {place} with partners",
    "Recover full cost of {service} from traded customers",
    "Reduce overtime in {service}, {place}",
    "Change grade mix in the {place} {service} team",
    "Subscriptions and publications: {service}",
    "Postage and stationery: {service}",
    "Reprocure cleaning at {service} sites, {place}",
    "Withdraw the {service} newsletter",
    "Delay recruitment in the {place} {service} team",
)
POSTS = (
    "Senior Practitioner",
    "Team Manager",
    "Business Support Officer",
    "Group Manager",
    "Commissioning Officer",
    "Policy Adviser",
    "Project Officer",
    "Finance Officer",
    "Contract Monitoring Officer",
    "Assistant Engineer",
    "Outreach Worker",
    "Systems Analyst",
)
TRADES = (
    "grounds maintenance",
    "home-to-school taxis",
    "residential respite care",
    "street cleansing",
    "telephony",
    "agency social workers",
    "document storage",
    "gully emptying",
    "domiciliary care",
    "payroll bureau",
    "library management system",
    "traffic signals",
    "meals at home",
    "advocacy",
    "interpreting",
    "vehicle hire",
    "winter gritting",
    "building surveys",
    "park-and-ride",
    "short breaks",
    "supported lodgings",
    "recycling centres",
)
CLIENTS = (
    (
        "adults with learning disabilities",
        "people with LD",
        "supported living",
        "their own tenancies",
        "residential placements",
    ),
    (
        "older people with dementia",
        "residents living with dementia",
        "extra care housing",
        "extra-care flats",
        "nursing homes",
    ),
    (
        "young people leaving care",
        "care leavers",
        "shared lives carers",
        "shared-lives households",
        "independent agencies",
    ),
    (
        "looked-after children",
        "children in care",
        "in-house foster carers",
        "our own fostering households",
        "external agency placements",
    ),
    (
        "pupils with statements",
        "children with SEN statements",
        "local specialist bases",
        "specialist units nearby",
        "out-of-county schools",
    ),
    (
        "adults with mental health needs",
        "mental-health service users",
        "floating support",
        "visiting support at home",
        "block-funded hostels",
    ),
)

POST_WAYS = (
    ("Delete the {post} post in the {place} team", "Post {ref} ({post}, {place}) falls away."),
    ("Restructure of {service}: {post} not replaced", "Takes out establishment number {ref}."),
    ("{service} management review", "Removes one {post}, {ref}, on retirement."),
    ("Do not fill vacancies in {service}", "Includes the vacant {post} ({ref}) in {place}."),
    ("Smaller team in {place}", "One {post} fewer; the establishment list calls it {ref}."),
)
CONTRACT_WAYS = (
    ("Retender {trade} in {place}", "Contract {ref} ends in the spring."),
    ("Renegotiate the {place} {trade} contract", "Contract {ref} has a break clause."),
    ("Better terms from the {trade} supplier for {place}", "A discount under agreement {ref}."),
    ("Drop indexation on {trade}, {place}", "No uplift will be paid on {ref} this year."),
    ("Reduced specification for {trade} around {place}", "A variation to {ref} is drafted."),
)
BUDGET_WAYS = (
    ("Cut to {service} budgets, {place}", "Comes off cost centre {ref}."),
    ("Base budget review: {service}", "Cost centre {ref} was underspent for two years."),
    ("Stop discretionary spending in {service}, {place}", "Budget code {ref}."),
    ("Efficiency target for {service} in {place}", "To be taken from {ref}."),
    ("Zero-based review of the {place} {service} budget", "Cost centre {ref} only."),
)
COHORT_WAYS = (
    ("Move {n} {one} in {place} to {to}", "They are now in {away}."),
    ("{to2} for {two}: {place}", "{n} people at present in {away} are to move."),
    ("Step down {n} placements for {two} ({place})", "From {away} into {to}."),
    ("Fewer {away} in {place}", "{to2} for {n} {one} instead."),
    ("{n} {two} from {away} into {to2}", "Those living around {place}."),
)
TWINS = (
    ("Close the {place} {a} depot and sell the site", "Dispose of the depot for {a} at {place}"),
    ("Charge for parking at {place} {a} sites", "Car park charges at {a} sites in {place}"),
    ("Cease funding of {a} in {place}", "End the {place} grant for {a}"),
    ("Merge {a} with {b} in {place}", "Joint {b} and {a} team, {place}"),
    ("Move {a} enquiries online", "Digital channel shift for {a} contact"),
    ("Reduce frequency of {a} visits in {place}", "Fewer visits by {a}, {place} area"),
    ("Let surplus office floor used by {a} at {place}", "Rent out spare {a} offices, {place}"),
    (
        "Transfer {a} in {place} to a community trust",
        "{place}: {a} to be run by a charitable trust",
    ),
    ("Replace paper files of {a} by scanning", "Scan {a} records instead of storing paper"),
    ("Switch {a} fleet to electric vans at {place}", "Electric vehicles for {a}, {place} base"),
    ("Reduce opening of {a} at {place} to four days", "{a} at {place} open four days a week"),
    ("Bring {a} inspections in-house in {place}", "Insource inspection for {a}, {place}"),
    ("Pool {a} legal costs with {b}", "Shared legal support for {b} and {a}"),
    ("Increase fees for {a} in {place} to full cost", "Full cost recovery of {a} charges, {place}"),
)


@dataclass(frozen=True)
class LineText:
    """What a line says, and in which paper it stands."""

    title: str
    narrative: str
    paper: str


@dataclass(frozen=True)
class SourceText:
    """What a source is called."""

    kind: SourceKind
    title: str


@dataclass
class Planted:
    """The programme, its words, and by kind the pairs of lines that count a pound twice."""

    ledger: Ledger
    lines: dict[str, LineText]
    sources: dict[str, SourceText]
    pairs: dict[str, list[tuple[str, str]]]


@dataclass
class _Making:
    chance: random.Random
    entries: list[Entry] = field(default_factory=list)
    lines: dict[str, LineText] = field(default_factory=dict)
    sources: dict[str, SourceText] = field(default_factory=dict)
    numbers: dict[str, count] = field(default_factory=dict)

    def place(self) -> tuple[str, str, str]:
        """A directorate, a service of it and a place."""
        directorate = self.chance.choice(list(SERVICES))
        return directorate, self.chance.choice(SERVICES[directorate]), self.chance.choice(PLACES)

    def number(self, form: str) -> str:
        """A reference nobody else has."""
        held = self.numbers.setdefault(form, count(self.chance.randrange(1000, 4000)))
        for _ in range(self.chance.randrange(1, 4)):
            next(held)
        return form.format(next(held))

    def amounts(self) -> dict[str, int]:
        """Pence by year: mostly round thousands, as papers have them."""
        step = self.chance.choice((1, 5, 5, 10, 10, 25, 50))
        years = self.chance.sample(YEARS, self.chance.choice((1, 1, 2, 3)))
        return {
            year: max(1, round(self.chance.lognormvariate(4, 1) / step)) * step * 100_000
            for year in sorted(years)
        }

    def line(
        self,
        title: str,
        narrative: str,
        directorate: str,
        service: str,
        amounts: dict[str, int] | None = None,
    ) -> str:
        """Open a line and give its reference."""
        ref = f"S{len(self.lines) + 1:04}"
        attributes = LineAttributes(
            theme=f"theme-{self.chance.randrange(6)}",
            directorate=directorate,
            service=service.lower().replace(" ", "-"),
            saving_type=self.chance.choice(list(SavingType)),
            tranche=self.chance.choice(list(Tranche)),
        )
        rating = self.chance.choice((Account.UNRATED, Account.RED, Account.AMBER))
        self.entries += [
            acts.open_line(ref, attributes, on=OPENED_ON),
            acts.set_target(ref, amounts or self.amounts(), on=OPENED_ON, rating=rating),
        ]
        paper = f"{directorate}-{self.chance.randrange(5)}"
        self.lines[ref] = LineText(title, narrative, paper)
        return ref

    def source(self, kind: SourceKind, code: str, title: str, base_pence: int) -> str:
        """State a source."""
        self.sources[code] = SourceText(kind, title)
        self.entries.append(acts.set_capacity(code, kind, base_pence, on=OPENED_ON))
        return code

    def claim(self, line: str, source: str, share: int = 10_000) -> None:
        """Say that a line takes from a source."""
        self.entries.append(acts.claim(line, source, share, on=OPENED_ON))

    def near(self, amounts: dict[str, int]) -> dict[str, int]:
        """The same amounts as another paper has them: alike, rounded, or a year out."""
        way = self.chance.randrange(4)
        if way == 0:
            return {year: round(pence, -6) or pence for year, pence in amounts.items()}
        if way == 1 and YEARS[-1] not in amounts:
            return {YEARS[YEARS.index(year) + 1]: pence for year, pence in amounts.items()}
        return dict(amounts)


def plant(seed: int = 1, *, lines: int = 2_000, each: int = 10) -> Planted:
    """Make the programme: the same for the same seed."""
    making = _Making(random.Random(seed))
    pairs: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    planters = {
        "same_source": _same_source,
        "base_budget": _base_budget,
        "post": _post,
        "contract": _contract,
        "twin": _twin,
        "cohort": _cohort,
    }
    # Planted lines stand anywhere among the others.
    due = [kind for kind in KINDS for _ in range(each)]
    making.chance.shuffle(due)
    ordinary = lines - 2 * len(due)
    for place in range(ordinary):
        _ordinary(making)
        while due and place >= ordinary * (1 - len(due) / (len(KINDS) * each)):
            kind = due.pop()
            pairs[kind].append(planters[kind](making))
    while due:
        kind = due.pop()
        pairs[kind].append(planters[kind](making))
    return Planted(overlay(EMPTY, making.entries), making.lines, making.sources, pairs)


def _ordinary(making: _Making) -> None:
    """A line that counts nothing twice, though it may look like others."""
    chance = making.chance
    directorate, service, place = making.place()
    way = chance.random()
    if way < 0.5:
        # One idea stands twice for one service only where it was planted.
        told = {said.title for said in making.lines.values()}
        title = chance.choice(IDEAS).format(service=service, place=place)
        while title in told:
            directorate, service, place = making.place()
            title = chance.choice(IDEAS).format(service=service, place=place)
        narrative = chance.choice(("", "", f"Agreed with the head of {service}.", "See annex."))
        ref = making.line(title, narrative, directorate, service)
        if chance.random() < 0.3:
            code = making.number("budget-{}")
            making.source(
                SourceKind.BUDGET_LINE, code, f"{service}: {place} ({code})", 500_000_000_00
            )
            making.claim(ref, code, chance.choice((10_000, 5_000)))
    elif way < 0.63:
        words = _post_words(making, service, place)
        making.line(*_said(chance.choice(POST_WAYS), words), directorate, service)
    elif way < 0.78:
        words = _contract_words(making, place)
        making.line(*_said(chance.choice(CONTRACT_WAYS), words), directorate, service)
    elif way < 0.88:
        words = {"service": service, "place": place, "ref": making.number("{}-310")}
        making.line(*_said(chance.choice(BUDGET_WAYS), words), directorate, service)
    else:
        making.line(*_said(chance.choice(COHORT_WAYS), _cohort_words(making)), directorate, service)


def _said(way: tuple[str, str], words: dict[str, object]) -> tuple[str, str]:
    title, narrative = (part.format(**words) for part in way)
    return title[0].upper() + title[1:], narrative[0].upper() + narrative[1:]


def _post_words(making: _Making, service: str, place: str) -> dict[str, object]:
    return {
        "post": making.chance.choice(POSTS),
        "place": place,
        "service": service,
        "ref": making.number("EST{}"),
    }


def _contract_words(making: _Making, place: str) -> dict[str, object]:
    return {
        "trade": making.chance.choice(TRADES),
        "place": place,
        "ref": making.number("C/{}"),
    }


def _cohort_words(making: _Making) -> dict[str, object]:
    """Clients of one need in one place, so many of them: no two cohorts are alike in all three."""
    held = making.numbers.setdefault("cohorts", count())
    serial = next(held)
    # Number and place are walked through so that a cohort never comes up twice by chance.
    one, two, to, to2, away = CLIENTS[serial % len(CLIENTS)]
    place = PLACES[(serial // len(CLIENTS)) % len(PLACES)]
    n = 4 + serial // (len(CLIENTS) * len(PLACES)) * 3 + making.chance.randrange(3)
    return {"one": one, "two": two, "to": to, "to2": to2, "away": away, "place": place, "n": n}


def _written_otherwise(making: _Making, words: dict[str, object]) -> dict[str, object]:
    """The same reference as another author writes it: EST 1485 for EST1485, C2767 for C/2767."""
    ref = str(words["ref"])
    if making.chance.random() < 0.3:
        ref = ref.replace("/", "") if "/" in ref else ref.replace("EST", "EST ")
    return words | {"ref": ref}


def _two(making: _Making, ways: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return making.chance.sample(ways, 2)


def _same_source(making: _Making) -> tuple[str, str]:
    chance = making.chance
    directorate, service, place = making.place()
    kind = chance.choice(list(SourceKind))
    code = making.number("source-{}")
    amounts, others = making.amounts(), making.amounts()
    most = max(sum(amounts.values()), sum(others.values()))
    making.source(kind, code, f"{service}, {place}", most * chance.choice((1, 2, 4)))
    pair = []
    for given in (amounts, others):
        title = chance.choice(IDEAS).format(service=service, place=chance.choice(PLACES))
        ref = making.line(title, "", directorate, service, given)
        making.claim(ref, code, chance.choice((10_000, 8_000)))
        pair.append(ref)
    return pair[0], pair[1]


def _base_budget(making: _Making) -> tuple[str, str]:
    chance = making.chance
    directorate, service, place = making.place()
    words = {"service": service, "place": place, "ref": making.number("{}-310")}
    amounts = making.amounts()
    one_way, other_way = _two(making, BUDGET_WAYS)
    one = making.line(*_said(one_way, words), directorate, service, amounts)
    if chance.random() < 0.5:
        # The other is claimed in structure, on a source that carries the cost centre's number.
        title = chance.choice(IDEAS).format(service=service, place=place)
        other = making.line(title, "", directorate, service)
        making.source(
            SourceKind.BUDGET_LINE,
            making.number("budget-{}"),
            f"{service} ({words['ref']})",
            2 * sum(amounts.values()),
        )
        making.claim(other, next(reversed(making.sources)))
    else:
        other = making.line(*_said(other_way, words), directorate, service)
    return one, other


def _post(making: _Making) -> tuple[str, str]:
    directorate, service, place = making.place()
    words = _post_words(making, service, place)
    amounts = making.amounts()
    one_way, other_way = _two(making, POST_WAYS)
    one = making.line(*_said(one_way, words), directorate, service, amounts)
    elsewhere = making.chance.random() < 0.5
    there = ("resources", "Human Resources") if elsewhere else (directorate, service)
    other = making.line(
        *_said(other_way, _written_otherwise(making, words)), *there, making.near(amounts)
    )
    return one, other


def _contract(making: _Making) -> tuple[str, str]:
    chance = making.chance
    directorate, service, place = making.place()
    words = _contract_words(making, place)
    amounts = making.amounts()
    one_way, other_way = _two(making, CONTRACT_WAYS)
    one = making.line(*_said(one_way, words), directorate, service, amounts)
    there = ("resources", "Procurement") if chance.random() < 0.6 else (directorate, service)
    if chance.random() < 0.3:
        title = f"Contract management savings: {words['trade']}"
        other = making.line(title, "", *there, making.near(amounts))
        code = making.source(
            SourceKind.CONTRACT,
            making.number("contract-{}"),
            f"{words['ref']} {words['trade']}, {place}",
            3 * sum(amounts.values()),
        )
        making.claim(other, code)
    else:
        other = making.line(
            *_said(other_way, _written_otherwise(making, words)), *there, making.near(amounts)
        )
    return one, other


def _twin(making: _Making) -> tuple[str, str]:
    chance = making.chance
    directorate, service, place = making.place()
    partner = chance.choice([name for name in SERVICES[directorate] if name != service])
    words = {"a": service, "b": partner, "place": place}
    amounts = making.amounts()
    one_title, other_title = (title.format(**words) for title in chance.choice(TWINS))
    one = making.line(one_title, "", directorate, service, amounts)
    other = making.line(other_title, "", directorate, service, making.near(amounts))
    return one, other


def _cohort(making: _Making) -> tuple[str, str]:
    directorate, service, _ = making.place()
    words = _cohort_words(making)
    amounts = making.amounts()
    one_way, other_way = _two(making, COHORT_WAYS)
    one = making.line(*_said(one_way, words), directorate, service, amounts)
    other = making.line(*_said(other_way, words), directorate, service, making.near(amounts))
    return one, other
