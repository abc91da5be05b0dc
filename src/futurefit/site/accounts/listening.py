"""Which of Django's and allauth's signals end up in the access log?

Signing in and out belongs to libraries, so this is the one place where signals are heard; the
site's own acts call `operations.log_access` themselves.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import signals
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from futurefit.site.accounts.models import AccessKind, User


def connect() -> None:
    """Hear sign-ins, sign-outs and refusals."""
    signals.user_logged_in.connect(_signed_in, dispatch_uid="access-log")
    signals.user_logged_out.connect(_signed_out, dispatch_uid="access-log")
    signals.user_login_failed.connect(_refused, dispatch_uid="access-log")


def _signed_in(request: HttpRequest | None, user: User, **_: Any) -> None:
    _log(AccessKind.SIGNED_IN, request, user)


def _signed_out(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None:
        _log(AccessKind.SIGNED_OUT, request, user)


def _refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    known = User.objects.filter(username=credentials.get("username", "")).first()
    _log(AccessKind.REFUSED, request, known)


def _log(kind: AccessKind, request: HttpRequest | None, user: User | AnonymousUser | None) -> None:
    from futurefit.site.accounts import operations

    operations.log_access(kind=kind, by=user, request=request)
