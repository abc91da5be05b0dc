"""Who is looking, and did they read something restricted?"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from futurefit.site.accounts import operations, queries
from futurefit.site.accounts.models import AccessKind


class Access:
    """Gives each request its `holder`, and logs each answer that is marked `restricted`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Lazy: a page that does not ask who is looking costs no query for it.
        request.holder = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: queries.holder_of(request.user)
        )
        response = self.get_response(request)
        read = getattr(response, "restricted", "")
        if read:
            operations.log_access(
                kind=AccessKind.READ_RESTRICTED, by=request.user, request=request, what=read
            )
        return response
