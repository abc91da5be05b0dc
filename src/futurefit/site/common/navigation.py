"""Which links stand at the top of every page?

`settings.NAVIGATION` lists them (config knows all rooms, this one knows none); one line makes a
page part of the navigation.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from futurefit.ledger.rights import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its title, the name of its address, and the roles that are shown it (() is all)."""

    title: str
    address: str
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands on one page. `current` is "page" on that page and "true" below it."""

    title: str
    href: str
    current: str


def links(request: HttpRequest) -> list[Link]:
    """The navigation for the reader of this page."""
    holder = getattr(request, "holder", None)
    roles: frozenset[Role] = holder.roles if holder else frozenset()
    found = []
    for entry in settings.NAVIGATION:
        if entry.roles and roles.isdisjoint(entry.roles):
            continue
        href = reverse(entry.address)
        current = ""
        if request.path == href:
            current = "page"
        elif href != "/" and request.path.startswith(href):
            current = "true"
        found.append(Link(entry.title, href, current))
    return found
