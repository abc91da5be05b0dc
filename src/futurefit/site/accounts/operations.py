"""How do accounts, roles and the access log come to be written?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from futurefit.ledger.rights import Role
from futurefit.site.accounts import guards
from futurefit.site.accounts.holders import Holding
from futurefit.site.accounts.models import AccessEvent, AccessKind, RoleHolder, User


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
        address=_address(request)[:45] if request else "",
        what=what[:300],
    )


def _address(request: HttpRequest) -> str:
    """Where a request came from, as the last proxy that is trusted saw it."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    if trusted and len(seen) >= trusted:
        return seen[-trusted].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_old_access() -> int:
    """Delete the lines of the access log that need not be kept any longer; how many they were."""
    before = timezone.now() - timedelta(days=guards.KEPT_DAYS)
    return AccessEvent.objects.filter(happened_at__lt=before).delete()[0]


@transaction.atomic
def set_roles(*, user: User, holdings: Iterable[Holding], by: User | None) -> None:
    """Let a user hold these roles and no others; what changed is kept in the roles' history."""
    wanted = set(holdings)
    for held in RoleHolder.objects.filter(user=user):
        holding = Holding(Role(held.role), held.dimension, held.code)
        if holding in wanted:
            wanted.remove(holding)
        else:
            held._history_user = by  # type: ignore[attr-defined]
            held.delete()
    for holding in sorted(wanted):
        row = RoleHolder(
            user=user, role=holding.role, dimension=holding.dimension, code=holding.code
        )
        row._history_user = by  # type: ignore[attr-defined]
        row.save()


# --- Trying the programme out -------------------------------------------------------------------


class NotLoopback(Exception):
    """Demo sign-ins were asked for on a server that others can reach."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to be in the demo."""

    username: str
    post: str
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class SignIn:
    """What to type to be one of the demo's people. The password stands nowhere else."""

    post: str
    role: Role
    username: str
    password: str


DEMO_PEOPLE = (
    DemoPerson("lead", "Project lead", (Holding(Role.PROJECT_LEAD),)),
    DemoPerson("finance", "Finance business partner", (Holding(Role.FINANCE_PARTNER),)),
    DemoPerson("office", "Programme office", (Holding(Role.PROGRAMME_OFFICE),)),
    DemoPerson("councillor", "Councillor", (Holding(Role.COUNCILLOR),)),
)


def is_loopback(host: str) -> bool:
    """True when only this machine reaches a server that is bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_reached_by_others(host: str) -> bool:
    """True when others may reach the server: by its address, or through a proxy before it."""
    return settings.REACHED_FROM_OUTSIDE or not is_loopback(host)


@transaction.atomic
def demo_accounts(*, host: str, people: Sequence[DemoPerson] = DEMO_PEOPLE) -> tuple[SignIn, ...]:
    """Make the demo's accounts, with new random passwords each time; to be printed once.

    An account of somebody real is left alone, whatever it is called. Raises NotLoopback where
    others could reach the server.
    """
    if is_reached_by_others(host):
        raise NotLoopback(
            "Demo sign-ins are for trying the programme out on one machine, and others can reach "
            "this server. Serve on 127.0.0.1 without FUTUREFIT_HOSTS, or make real accounts."
        )
    real = set(User.objects.filter(is_demo=False).values_list("username", flat=True))
    found = []
    for person in people:
        if person.username in real:
            continue
        password = secrets.token_urlsafe(12)
        user, _ = User.objects.update_or_create(
            username=person.username,
            defaults={
                "post": person.post,
                "is_demo": True,
                "is_active": True,
                "password": _quick_hash(password),
            },
        )
        set_roles(user=user, holdings=person.holdings, by=None)
        found.append(SignIn(person.post, person.holdings[0].role, person.username, password))
    return tuple(found)


def close_demo_accounts() -> int:
    """Let nobody sign in as one of the demo's people; how many there were."""
    return User.objects.filter(is_demo=True, is_active=True).update(is_active=False)


def _quick_hash(password: str) -> str:
    # A slow hash protects passwords that people choose. This one is 96 random bits: nobody guesses
    # it, and four slow hashes would double the time that the server takes to start.
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), iterations=1000)
