"""What is done within an installation's own process: load the programme, time posting to it.

    echo '{"size": {...}}' | FUTUREFIT_HOME=... python -m benchmarks.inside ACT

The last line that an act prints is its answer in JSON.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks import programme, round_trips_inside, rounds_inside
from benchmarks.measuring import Size
from futurefit.kernel.provenance import Provenance
from futurefit.ledger import acts, package, state
from futurefit.ledger.entries import RATINGS, Account, Draft, Entry
from futurefit.ledger.rights import Role
from futurefit.site.config import server

WARM = 5


def load(size: Size) -> dict[str, int]:
    """Import the programme and its words, as an installation that is moved house would."""
    from futurefit.site.ledger import operations

    journals = programme.journals(size.lines, size.years, size.postings)
    files = package.write(journals, name="benchmark", version="0")
    ledger = state.extend(state.EMPTY, journals)
    horizon = programme.horizon(size.years)
    files["programme.csv"] = _csv(
        ("id", "name", "council", "first_year", "last_year", "open_from"),
        [(1, "Benchmark", "Example County Council", horizon.first, horizon.last, "")],
    )
    files["line_words.csv"] = _csv(
        ("ref", "title", "narrative", "printed_note"),
        (
            (ref, f"Review of {line.service}, for {line.mtfp_heading}", "", "")
            for ref, line in ledger.lines.items()
        ),
    )
    dimensions = (
        "theme", "workstream", "project", "directorate", "service", "mtfp_heading", "owner",
    )  # fmt: skip
    files["headings.csv"] = _csv(
        ("dimension", "code", "name", "parent_dimension", "parent_code", "order"),
        (
            (name, code, code.replace("-", " ").capitalize(), "", "", place)
            for name in dimensions
            for place, code in enumerate(
                sorted({getattr(line, name) for line in ledger.lines.values()})
            )
        ),
    )
    return {"journals": operations.import_package(files).journals}


def _csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([columns, *rows])
    return out.getvalue().encode()


# --- Posting ------------------------------------------------------------------------------------


def append(size: Size) -> dict[str, list[float]]:
    """Milliseconds of each journal posted as a form posts it, and of a bare insert beside it."""
    insert = _bare_insert()
    # One after the other, not in turns: a commit waits for what another file still has to write.
    floor = [_milliseconds(insert) for _ in range(size.runs + WARM)]
    post = _poster()
    ours = [_milliseconds(post) for _ in range(size.runs + WARM)]
    return {"ours": ours[WARM:], "floor": floor[WARM:]}


def _poster() -> Callable[[], Any]:
    """Posts the next change each time it is called, as a form does."""
    from futurefit.site.ledger import operations, queries

    office, finance = _holder(1, Role.PROGRAMME_OFFICE), _holder(2, Role.FINANCE_PARTNER)
    changes = moves(queries.current_ledger())

    def post() -> Any:
        entry = next(changes)
        lines = {posting.line for posting in entry.postings}
        return operations.post(
            Draft("", "monthly update", (entry,), sources=(Provenance(file="Virement BV-0412"),)),
            by=office,
            second=finance,
            expects={line: queries.current_ledger().last_journal(line) for line in lines},
        )

    return post


def _holder(user: int, role: Role) -> Any:
    from futurefit.site.accounts.holders import Holder, Holding

    return Holder(user, role.value.replace("_", " ").capitalize(), frozenset({Holding(role)}))


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - began) / 1e6


def moves(ledger: state.Ledger) -> Iterator[Entry]:
    """Changes that the ledger takes one after another, each on another line and year: mostly
    re-ratings, some deliveries and slips.
    """
    on = max(event.effective_on for event in ledger.line_events) + timedelta(days=365)
    kinds = cycle((_re_rate, _re_rate, _deliver, _re_rate, _slip, _re_rate))
    last = max(year for _, year, _, _ in _held(ledger))
    for (line, year, rating, pence), make in zip(_held(ledger), kinds, strict=False):
        if year == last:
            make = _re_rate
        yield make(line, year, rating, pence // 4, on)


def _held(ledger: state.Ledger) -> list[tuple[str, str, Account, int]]:
    """What stands under a rating that is not delivered yet: line, year, rating, pence."""
    sums: dict[tuple[str, str, Account], int] = defaultdict(int)
    for standing in ledger.now.postings(accounts=[(rating, None) for rating in RATINGS[:4]]):
        posting = standing.posting
        sums[posting.line, posting.year, posting.account] += posting.amount_pence
    return [(*key, pence) for key, pence in sums.items() if pence > 10_000]


def _re_rate(line: str, year: str, rating: Account, pence: int, on: Any) -> Entry:
    return acts.re_rate(line, {year: pence}, from_rating=rating, to_rating=_other(rating), on=on)


def _other(rating: Account) -> Account:
    return Account.RED if rating is not Account.RED else Account.AMBER


def _deliver(line: str, year: str, rating: Account, pence: int, on: Any) -> Entry:
    return acts.deliver(line, {year: pence}, from_rating=rating, on=on, evidence=programme.EVIDENCE)


def _slip(line: str, year: str, rating: Account, pence: int, on: Any) -> Entry:
    after = programme.FinancialYear(int(year[:4]) + 1).label
    return acts.re_profile(line, pence, rating=rating, from_year=year, to_year=after, on=on)


def _bare_insert() -> Callable[[], None]:
    """One row, as long as a journal's, inserted and committed with the promises that the
    installation's own database makes.
    """
    from django.db import connection

    from futurefit.site.config import database, home

    row = "x" * 1000
    if connection.vendor == "sqlite":
        path = Path(home.folder()) / "floor.sqlite3"
        bare = sqlite3.connect(path, isolation_level=None)
        for pragma in database.SQLITE_START.split(";"):
            bare.execute(pragma)
        bare.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, words TEXT)")

        def insert() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO floor (words) VALUES (?)", (row,))
            bare.execute("COMMIT")

        return insert

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE floor (id SERIAL PRIMARY KEY, words TEXT)")

    def insert_there() -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO floor (words) VALUES (%s)", (row,))

    return insert_there


def post_when_told(size: Size) -> int:
    """Post a journal for each line of standard input, and print its number; in the end, how many
    there were.
    """
    post = _poster()
    posted = 0
    for _ in sys.stdin:
        print(post().number, flush=True)
        posted += 1
    return posted


def sign_in(size: Size) -> str:
    """Sign somebody from the programme office in, and give the key of their session."""
    return _session("bench")


def staff(size: Size) -> dict[str, Any]:
    """Sign as many people in as there are requests, all from the programme office; the keys of
    their sessions, and what they may re-rate: line, place of the year in the form, from, to.
    """
    from futurefit.site.ledger import queries

    years = list(programme.horizon(size.years).labels)
    ledger = queries.current_ledger()
    held = {
        line: [line, years.index(year), rating, _other(rating)]
        for line, year, rating, pence in _held(ledger)
        if pence > 100_000_00 and year in years
    }
    return {
        "sessions": [_session(f"person{place}") for place in range(size.requests)],
        "held": list(held.values()),
    }


def reasons(size: Size) -> list[str]:
    """Why each journal of the chain was posted."""
    from futurefit.site.ledger.models import JournalWord

    return list(JournalWord.objects.filter(field="why").values_list("text", flat=True))


def _session(name: str) -> str:
    """Sign a new person of the programme office in; the key of the session."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from futurefit.site.accounts.models import RoleHolder, User

    user = User.objects.create_user(name, post=f"Programme office, {name}")
    RoleHolder.objects.create(user=user, role=Role.PROGRAMME_OFFICE)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def proof(size: Size) -> dict[str, Any]:
    """How far the chain goes, and what does not hold of it."""
    from futurefit.site.ledger import proof as stored
    from futurefit.site.ledger import queries

    return {
        "journals": queries.head().number,
        "findings": [finding.message for finding in stored.verify()],
    }


ACTS: Mapping[str, Callable[[Size], Any]] = {
    "load": load,
    "append": append,
    "post": post_when_told,
    "sign_in": sign_in,
    "staff": staff,
    "reasons": reasons,
    "proof": proof,
    "update_round": rounds_inside.update_round,
    "round_trips": round_trips_inside.round_trips,
}


def main() -> None:
    """Do what the command line names with what standard input gives."""
    asked = json.loads(sys.stdin.readline())
    server.prepare()
    print(json.dumps(ACTS[sys.argv[1]](Size(**asked["size"]))))


if __name__ == "__main__":
    main()
