"""Which links stand at the top of every page?

`settings.NAVIGATION` lists them (config knows all rooms, this one knows none); one line makes a
page part of the navigation. `settings.PAGE_TOOLS` lists what can be done with a page as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string

from futurefit.ledger.rights import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its title, the name of its address, the roles that are shown it (() is all), and the
    key that leads there after "g".
    """

    title: str
    address: str
    roles: tuple[Role, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands on one page. `current` is "page" on that page and "true" below it."""

    title: str
    href: str
    current: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """What whoever is signed in can do with a page: its title, the name of the address that does
    it (and is told the page as `of`), the pages that it is for (() is all), and a function of the
    request that counts what is there already, by its dotted name.
    """

    title: str
    address: str
    pages: tuple[str, ...] = ()
    counted_by: str = ""


@dataclass(frozen=True, slots=True)
class ToolLink:
    """A tool as it stands on one page."""

    title: str
    href: str
    count: str


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
        found.append(Link(entry.title, href, current, entry.key))
    return found


def tools(request: HttpRequest) -> list[ToolLink]:
    """What the reader of this page can do with it; nothing for visitors."""
    holder = getattr(request, "holder", None)
    if holder is None or holder.user_id is None or request.method != "GET":
        return []
    name = request.resolver_match.url_name if request.resolver_match else ""
    here = urlencode({"of": request.get_full_path()})
    return [
        ToolLink(
            tool.title,
            f"{reverse(tool.address)}?{here}",
            import_string(tool.counted_by)(request) if tool.counted_by else "",
        )
        for tool in settings.PAGE_TOOLS
        if not tool.pages or name in tool.pages
    ]
