"""A real browser before a real server, over a database whose changes stay.

Each journey is run at a desk, on a phone and with JavaScript off. With JavaScript, which the site
never asks for but axe is written in, every page that is visited is checked for accessibility.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from tests.databases import OwnDatabase, migrated_template, new_database, own_database

if TYPE_CHECKING:
    from django.core.servers.basehttp import ThreadedWSGIServer

__all__ = ["migrated_template", "new_database", "own_database"]

WIDTHS = {"at a desk": 1280, "on a phone": 390, "without JavaScript": 1280}


@pytest.fixture
def server(own_database: OwnDatabase) -> Iterator[str]:
    """The site, served over a database of its own; its address."""
    # Django is set up only after this file has been read.
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    listening: ThreadedWSGIServer = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    listening.set_app(WSGIHandler())
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_address[1]}"
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


@dataclass
class Traveller:
    """Somebody at a browser, who looks at every page before going on."""

    page: Page
    site: str
    checks_pages: bool
    width: int
    visited: list[str] = field(default_factory=list)

    def open(self, path: str, status: int = 200) -> None:
        """Go to an address of the site."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        self.look()

    def follow(self, name: str) -> None:
        """Follow a link of the page by its words."""
        self.leave(self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first)

    def press(self, name: str) -> None:
        """Press a button of the page by its words."""
        self.leave(self.page.get_by_role("button", name=name, exact=True).first)

    def fill(self, **typed: str) -> None:
        """Fill in fields by their names in the form."""
        for name, text in typed.items():
            box = self.page.locator(f'main [name="{name}"]')
            kind = box.first.evaluate("e => e.type") if self.checks_pages else _kind(box)
            if kind == "radio":
                self.page.locator(f'main [name="{name}"][value="{text}"]').check()
            elif kind in ("select", "select-one"):
                box.select_option(text)
            else:
                box.fill(text)

    def look(self) -> None:
        """Check that the page can be used by everybody and fits the screen."""
        self.visited.append(self.page.url.removeprefix(self.site))
        if not self.checks_pages:
            return
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{self.page.url} is {wide} wide on a screen of {self.width}"

    def sees(self, *words: str) -> None:
        """The words stand on the page."""
        text = self.page.locator("main").inner_text()
        for each in words:
            assert each in text, f"“{each}” is not on {self.page.url}:\n{text}"

    def sign_in(self, username: str, password: str) -> None:
        """Sign in, as somebody else if need be."""
        self.page.context.clear_cookies()
        self.open("/account/sign-in/")
        self.fill(login=username, password=password)
        self.leave(self.page.locator("main button[type=submit]"))

    def leave(self, by: Locator) -> None:
        """Click on what leads to another page."""
        # A click comes back before the next page is there, and half a page cannot be looked at.
        with self.page.expect_navigation():
            by.click()
        self.look()


def _kind(box: object) -> str:
    tag = box.first.evaluate("e => e.tagName + ':' + (e.type || '')")  # type: ignore[attr-defined]
    return "select" if tag.startswith("SELECT") else tag.partition(":")[2]


@pytest.fixture(params=list(WIDTHS))
def traveller(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Traveller]:
    """Somebody who makes the journey, each way in turn."""
    way = request.param
    scripted = way != "without JavaScript"
    context = browser.new_context(
        viewport={"width": WIDTHS[way], "height": 900},
        java_script_enabled=scripted,
        locale="en-GB",
    )
    context.set_default_timeout(15_000)
    yield Traveller(context.new_page(), server, scripted, WIDTHS[way])
    context.close()
