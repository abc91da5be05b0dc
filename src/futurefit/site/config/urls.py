"""Which address leads to which room?"""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("futurefit.site.accounts.urls")),
    path("", include("futurefit.site.ledger.urls")),
    path("", include("futurefit.site.papers.urls")),
    path("", include("futurefit.site.programme.urls")),
    path("", include("futurefit.site.desk.urls")),
]

handler400 = "futurefit.site.common.errors.bad_request"
handler403 = "futurefit.site.common.errors.forbidden"
handler404 = "futurefit.site.common.errors.not_found"
handler500 = "futurefit.site.common.errors.failed"
