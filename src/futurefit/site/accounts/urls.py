"""Where are the pages for signing in and out?"""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import path

from futurefit.site.common.audience import PUBLIC, SIGNED_IN, audience

urlpatterns = [
    path("sign-in/", audience(PUBLIC)(allauth.login), name="account_login"),
    path("sign-out/", audience(PUBLIC)(allauth.logout), name="account_logout"),
    path("closed/", audience(PUBLIC)(allauth.account_inactive), name="account_inactive"),
    path("password/", audience(SIGNED_IN)(allauth.password_change), name="account_change_password"),
]
