"""Commands are run as a person types them; what they print is looked at, and the exit status."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def values(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)


Command = Callable[..., Said]


@pytest.fixture
def futurefit(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this process."""

    def run(*arguments: object) -> Said:
        from futurefit.cli import run

        capsys.readouterr()
        status = run.status_of([str(argument) for argument in arguments])
        return Said(status, *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The reference programme in the test database, for the tests of one module.

    They are marked `django_db` too: that is what makes the test database.
    """
    from futurefit.site.demo import load

    with django_db_blocker.unblock(), transaction.atomic():
        load.load()
        yield
        transaction.set_rollback(True)
