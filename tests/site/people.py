"""Alice leads libraries, Bob is from finance, Charlie leads elsewhere, Dan is a councillor.

Fred is from finance for the roads only, Nina signs in and holds no role.
"""

from __future__ import annotations

from futurefit.ledger.rights import Role
from futurefit.site.accounts import operations
from futurefit.site.accounts.holders import Holding
from futurefit.site.accounts.models import User

PASSWORD = "a long enough password"


def person(username: str, post: str, *holdings: Holding) -> User:
    user = User.objects.create_user(username, password=PASSWORD, post=post)
    operations.set_roles(user=user, holdings=holdings, by=None)
    return user


def alice() -> User:
    return person("alice", "Head of Libraries", Holding(Role.PROJECT_LEAD, "project", "libraries"))


def bob() -> User:
    return person("bob", "Finance Business Partner", Holding(Role.FINANCE_PARTNER))


def charlie() -> User:
    return person("charlie", "Head of Highways", Holding(Role.PROJECT_LEAD, "theme", "roads"))


def dan() -> User:
    return person("dan", "Councillor", Holding(Role.COUNCILLOR))


def fred() -> User:
    return person("fred", "Finance, roads", Holding(Role.FINANCE_PARTNER, "project", "roads"))


def nina() -> User:
    return person("nina", "Trainee")
