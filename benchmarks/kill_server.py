"""Does every acknowledged change survive when the server is killed in the middle of many?

    .venv/bin/python -m benchmarks.kill_server [POSTS] [KILLS]

It makes an installation with as many lines as there are people at work, serves it, and posts
changes through the site's own form, as fast as it answers, while the server's processes are killed
outright (SIGKILL, all of them at once) and started again. A change was acknowledged when the site
answered it with the page that follows. At the end the ledger must hold every acknowledged change
exactly once, no change twice, no part of one, and verify.
"""

from __future__ import annotations

import http.client
import http.cookies
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

PEOPLE = 8
"""Who post at the same time, each on a line of their own."""

EFFECTIVE_ON = date(2016, 4, 1)

UNANSWERED = (OSError, http.client.HTTPException)
_UP_WITHIN = 60  # seconds


@dataclass
class Outcome:
    """What was posted, what was acknowledged, and what the ledger holds."""

    acknowledged: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    kills: int = 0
    seconds: float = 0.0

    def wrong(self) -> list[str]:
        """Everything that must not be; nothing when all is well."""
        lost = [name for name in self.acknowledged if not self.found[name]]
        twice = [name for name, times in self.found.items() if times > 1]
        strange = set(self.found) - set(self.acknowledged) - set(self.unanswered)
        return [
            *(f"{name} was acknowledged and is not in the ledger" for name in lost),
            *(f"{name} is in the ledger more than once" for name in twice),
            *(f"{name} was never posted" for name in sorted(strange)),
            *self.findings,
        ]


class Server:
    """The server of an installation, which can be killed and started again."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [Path(sys.executable).with_name("futurefit"), "serve", "--port", str(self.port)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A session of its own, so that its workers can be killed with it.
            start_new_session=True,
        )
        patience = time.monotonic() + _UP_WITHIN
        while time.monotonic() < patience:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/account/sign-in/")
                connection.getresponse().read()
                connection.close()
                return
            except UNANSWERED:
                time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        """Kill it and its workers outright."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Browser:
    """Somebody at work: keeps cookies, follows no address by itself."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the text of an answer; a POST when fields are given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
            body = None
            if fields is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]})
            connection.request("GET" if fields is None else "POST", path, body, headers)
            answer = connection.getresponse()
            for sent in answer.headers.get_all("Set-Cookie") or ():
                for name, cookie in http.cookies.SimpleCookie(sent.strip()).items():
                    self.cookies[name] = cookie.value
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the site's form."""
        self.ask("/account/sign-in/")
        status, _ = self.ask("/account/sign-in/", {"login": username, "password": password})
        if status != 302:
            raise RuntimeError(f"signing in was answered with {status}")

    def move_a_pound(self, line: str, why: str) -> int:
        """Post a change through the form of the line; the status of the answer."""
        form = f"/lines/{line}/change/re-rate/"
        _, page = self.ask(form)
        seen = re.search(r'name="seen" value="([^"]*)"', page)
        status, _ = self.ask(
            form,
            {
                "step": "confirm",
                "seen": seen.group(1) if seen else "",
                "from_rating": "UNRATED",
                "to_rating": "AMBER",
                "amount_0": "1",
                "effective_on": f"{EFFECTIVE_ON:%d/%m/%Y}",
                "why": why,
                "decision": "",
            },
        )
        return status


def run(posts: int, kills: int, seed: int = 1) -> Outcome:
    """Post so many changes to the installation of the environment, with so many kills between."""
    outcome = Outcome()
    username, password = _furnish(posts)
    server = Server(dict(os.environ))
    server.start()
    try:
        first = Browser(server.port)
        first.sign_in(username, password)
        _work(server, first.cookies, posts, kills, random.Random(seed), outcome)
    finally:
        server.kill()
    _compare(outcome)
    return outcome


def _work(
    server: Server,
    cookies: dict[str, str],
    posts: int,
    kills: int,
    chance: random.Random,
    outcome: Outcome,
) -> None:
    numbers = iter(range(posts))
    taking, wrong = threading.Lock(), list[str]()
    serving = threading.Event()
    serving.set()

    def person(place: int) -> None:
        browser = Browser(server.port, cookies)
        while not wrong:
            with taking:
                number = next(numbers, None)
            if number is None:
                return
            while True:
                # An unanswered change may have been made: it is tried again under another name.
                name = f"change {number}, attempt {time.monotonic_ns()}"
                serving.wait()
                try:
                    status = browser.move_a_pound(f"L{place}", name)
                except UNANSWERED:
                    outcome.unanswered.append(name)
                    time.sleep(0.01)
                    continue
                if status == 302:
                    outcome.acknowledged.append(name)
                    break
                wrong.append(f"{name} was answered with {status}")
                return

    began = time.monotonic()
    threads = [threading.Thread(target=person, args=(place,)) for place in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for after in sorted(chance.sample(range(posts // 20, posts * 9 // 10), kills)):
        while len(outcome.acknowledged) < after and not wrong:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.02)
        serving.clear()
        server.kill()
        outcome.kills += 1
        server.start()
        serving.set()
    for thread in threads:
        thread.join()
    outcome.seconds = time.monotonic() - began
    outcome.findings += wrong


def _furnish(posts: int) -> tuple[str, str]:
    """An installation with a line for each person; how somebody from finance signs in."""
    _django()
    from django.core.management import call_command

    from futurefit.ledger import acts
    from futurefit.ledger.entries import Draft, LineAttributes
    from futurefit.ledger.rights import Role
    from futurefit.site.accounts.holders import Holder, Holding
    from futurefit.site.accounts.operations import demo_accounts
    from futurefit.site.ledger import operations, queries

    call_command("migrate", verbosity=0)
    finance = Holder(0, "Finance business partner", frozenset({Holding(Role.FINANCE_PARTNER)}))
    office = Holder(1, "Programme office", frozenset({Holding(Role.PROGRAMME_OFFICE)}))
    if queries.programme() is None:
        operations.set_programme(
            name="Programme",
            council="Example County Council",
            first_year=2016,
            last_year=2019,
            open_from=2020,
            by=office,
        )
    for place in range(PEOPLE):
        entries = (
            acts.open_line(f"L{place}", LineAttributes(theme="theme"), on=EFFECTIVE_ON),
            acts.set_target(f"L{place}", {"2016/17": posts * 10_00}, on=EFFECTIVE_ON),
        )
        words = {f"L{place}": queries.LineWords(f"Line {place}")}
        operations.post(Draft("", "opened", entries), by=finance, expects=None, words=words)
    signs_in = next(
        each for each in demo_accounts(host="127.0.0.1") if each.role is Role.FINANCE_PARTNER
    )
    return signs_in.username, signs_in.password


def _compare(outcome: Outcome) -> None:
    from futurefit.ledger import chain
    from futurefit.ledger.entries import EntryKind
    from futurefit.site.ledger import proof, queries

    for journal in queries.journals():
        if journal.entries[0].kind is EntryKind.RE_RATE:
            outcome.found[chain.word(journal, "why") or ""] += 1
    outcome.findings += [finding.message for finding in proof.verify()]


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futurefit.site.config.settings")
    import django

    django.setup()


@contextmanager
def _empty_home() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="futurefit-kill-") as home:
        os.environ["FUTUREFIT_HOME"] = home
        yield


def main() -> int:
    """Run it on an empty SQLite installation and say what came of it."""
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with _empty_home():
        outcome = run(posts, kills)
    made = sum(outcome.found.values())
    print(
        f"{PEOPLE} people posted {posts:,} changes in {outcome.seconds:.1f} s while the server was "
        f"killed {outcome.kills} times.\n{len(outcome.acknowledged):,} were acknowledged; of "
        f"{len(outcome.unanswered):,} others {made - len(outcome.acknowledged):,} had been made.\n"
        f"The ledger holds {made:,} and",
        "does NOT hold together:" if outcome.wrong() else "verifies.",
    )
    for words in outcome.wrong():
        print(f"- {words}")
    return int(bool(outcome.wrong()))


if __name__ == "__main__":
    sys.exit(main())
