"""What does this site do otherwise than allauth's defaults?"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves, and a sign-in needs no message of congratulation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the programme office."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the header of the page shows who is signed in."""
