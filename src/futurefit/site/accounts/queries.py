"""Who is this, as a plain value, and what stands in the access log?"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from futurefit.ledger.rights import Role
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.accounts.models import AccessEvent, RoleHolder, User


def holder_of(user: AbstractBaseUser | AnonymousUser) -> Holder:
    """What a user holds; a visitor's value for somebody who is not signed in."""
    if not isinstance(user, User):
        return Holder()
    rows = RoleHolder.objects.filter(user_id=user.pk).values_list("role", "dimension", "code")
    return Holder(
        user_id=user.pk,
        post=user.post,
        holdings=frozenset(Holding(Role(role), dimension, code) for role, dimension, code in rows),
    )


def access_log() -> QuerySet[AccessEvent]:
    """The access log, the latest first."""
    return AccessEvent.objects.order_by("-happened_at", "-pk")


def holders(*roles: Role) -> list[tuple[User, Holder]]:
    """Everybody who may sign in and holds one of these roles somewhere, by post."""
    users = User.objects.filter(is_active=True, holdings__role__in=roles).distinct()
    return [
        (
            user,
            Holder(
                user_id=user.pk,
                post=user.post,
                holdings=frozenset(
                    Holding(Role(held.role), held.dimension, held.code)
                    for held in user.holdings.all()
                ),
            ),
        )
        for user in users.order_by("post", "pk").prefetch_related("holdings")
    ]
