"""What can every template say about this site?"""

from __future__ import annotations

from django.http import HttpRequest

from futurefit.site.common import council


def site(request: HttpRequest) -> dict[str, object]:
    """The council's name."""
    return {"council": council.name()}
