"""What can every template say about this site?"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The council's name."""
    return {"council": settings.COUNCIL}
