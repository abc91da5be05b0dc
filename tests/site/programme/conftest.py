"""Alice leads libraries, Bob is from finance, Carol is the office, Charlie leads elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

# Django is set up only after this file has been read.
if TYPE_CHECKING:
    from django.test import Client

    from futurefit.site.accounts.models import User
    from tests.site.programme.worlds import World


@pytest.fixture
def world(db: None) -> World:
    from tests.site.programme.worlds import World

    return World()


@pytest.fixture
def alice(world: World) -> Client:
    return _signed_in(world.alice)


@pytest.fixture
def bob(world: World) -> Client:
    return _signed_in(world.bob)


@pytest.fixture
def carol(world: World) -> Client:
    return _signed_in(world.carol)


@pytest.fixture
def charlie(world: World) -> Client:
    return _signed_in(world.charlie)


def _signed_in(user: User) -> Client:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client
