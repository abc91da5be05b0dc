"""The tests of what all pages share run on a small site of their own (`rooms`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_rooms(settings: Settings, clean_site: None) -> Iterator[None]:
    from futurefit.ledger.rights import Role
    from futurefit.site.common import caching, council, listing
    from futurefit.site.common.navigation import Entry

    settings.ROOT_URLCONF = "tests.site.common.rooms"
    settings.NAVIGATION = [
        Entry("Home", "home"),
        Entry("Books", "finance", (Role.FINANCE_PARTNER,)),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(caching, "_stamps", [lambda: ("head", "words")])
        patch.setattr(council, "_ask", str)
        patch.setattr(listing, "_facts", [lambda: [("Ledger head", "7:abc")]])
        yield
