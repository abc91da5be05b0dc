"""What does this site do otherwise than allauth's defaults?"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and a sign-in needs no message of congratulation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name or the password is not right.",
        "too_many_login_attempts": "There were too many attempts. Wait five minutes and try again.",
        "enter_current_password": "This is not your present password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the programme office."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the header of the page shows who is signed in."""
