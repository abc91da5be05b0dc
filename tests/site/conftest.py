"""Every test of the site starts with nothing kept, and with passwords that are quick to check."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def clean_site(settings: Settings) -> None:
    # Django is set up only after this file has been read.
    from django.core.cache import cache

    from futurefit.site.common import caching

    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of the demo's accounts
    ]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    caching.pages.clear()
