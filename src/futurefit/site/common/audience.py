"""Who may open this page?

Every view says so, above its name:

    @audience(PUBLIC)
    @audience(SIGNED_IN)
    @audience(Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)

A test lists every address of the site with its audience, and fails on one that has none.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from futurefit.ledger.rights import Role

View = Callable[..., HttpResponseBase]


class Everybody(Enum):
    """The two audiences that are not a list of roles."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"


PUBLIC = Everybody.PUBLIC
SIGNED_IN = Everybody.SIGNED_IN
OFFICERS = (Role.PROJECT_LEAD, Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)
"""The roles that may say what changed."""


def audience(*who: Everybody | Role) -> Callable[[View], View]:
    """Let only these people open a view: others are asked to sign in, or refused (403)."""
    if not who or (len(who) > 1 and not all(isinstance(part, Role) for part in who)):
        raise ValueError("an audience is PUBLIC, SIGNED_IN or one or more roles")
    roles = frozenset(part for part in who if isinstance(part, Role))

    def limit(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if PUBLIC not in who:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                if roles and not roles & request.holder.roles:  # type: ignore[attr-defined]
                    raise PermissionDenied("Your role does not let you open this page.")
            return view(request, *args, **kwargs)

        limited.audience = who  # type: ignore[attr-defined]
        return limited

    return limit


def words(view: View) -> str:
    """The audience of a view: 'public', 'signed in' or names of roles; '' if it has none."""
    who = getattr(view, "audience", ())
    return ", ".join(
        sorted(part.value.lower().replace("_", " ") for part in who if isinstance(part, Enum))
    )
