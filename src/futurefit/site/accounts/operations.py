"""How do roles, accounts and the access log come to be written?"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from futurefit.site.accounts import guards
from futurefit.site.accounts.models import AccessEvent, AccessKind, User


def log_access(
    *,
    kind: AccessKind,
    by: User | AnonymousUser | None,
    request: HttpRequest | None = None,
    what: str = "",
) -> AccessEvent:
    """Write one line of the access log."""
    known = by if isinstance(by, User) else None
    return AccessEvent.objects.create(
        happened_at=timezone.now(),
        kind=kind,
        user_id=known.pk if known else None,
        post=known.post if known else "",
        address=str(request.META.get("REMOTE_ADDR", ""))[:45] if request else "",
        what=what[:300],
    )


def forget_old_access() -> int:
    """Delete the lines of the access log that need not be kept any longer; how many they were."""
    before = timezone.now() - timedelta(days=guards.KEPT_DAYS)
    return AccessEvent.objects.filter(happened_at__lt=before).delete()[0]
