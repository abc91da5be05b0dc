"""Which address leads to which room?"""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("account/", include("futurefit.site.accounts.urls")),
    *(
        path("", include(f"futurefit.site.{room}.urls"))
        for room in ("ledger", "programme")
        if find_spec(f"futurefit.site.{room}.urls")
    ),
]

handler400 = "futurefit.site.common.errors.bad_request"
handler403 = "futurefit.site.common.errors.forbidden"
handler404 = "futurefit.site.common.errors.not_found"
handler500 = "futurefit.site.common.errors.failed"
