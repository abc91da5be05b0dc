"""Every address of the site, and who may open it, in a table that a reader checks (routes.md).

When the site has changed on purpose, write the table anew and read what changed in it:

    FUTUREFIT_WRITE_ROUTES=1 pytest tests/site/test_routes.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from futurefit.site.common import audience

TABLE = Path(__file__).with_name("routes.md")
HEAD = """\
# Who may open which page

Every address of the site, written by `test_routes.py` from the site itself. A kept page is made
once for all readers of one audience, until something that it shows has changed.

| address | name | audience | kept |
|---|---|---|---|
"""


def routes(
    patterns: list[URLPattern | URLResolver], before: str = "/"
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern


ROUTES = sorted(routes(get_resolver().url_patterns), key=lambda route: route[0])


@pytest.mark.parametrize(("address", "pattern"), ROUTES, ids=[address for address, _ in ROUTES])
def test_a_view_says_who_may_open_it(address: str, pattern: URLPattern) -> None:
    assert audience.words(pattern.callback), (
        f"{pattern.lookup_str}, at {address}, has no audience: "
        "put @audience(PUBLIC), @audience(SIGNED_IN) or @audience(Role.…) above it."
    )


def test_no_two_views_share_an_address() -> None:
    addresses = [address for address, _ in ROUTES]
    assert len(set(addresses)) == len(addresses)


def test_the_table_of_routes_is_what_the_site_does() -> None:
    rows = (
        f"| `{address}` | {pattern.name or ''} | {audience.words(pattern.callback)} "
        f"| {'yes' if hasattr(pattern.callback, 'is_cached') else ''} |\n"
        for address, pattern in ROUTES
    )
    table = HEAD + "".join(rows)
    if os.environ.get("FUTUREFIT_WRITE_ROUTES"):
        TABLE.write_text(table, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table, (
        "The site's addresses or audiences have changed. If that is meant, write the table anew "
        "(see the top of this test) and check what changed in it."
    )
