"""FutureFit's database and rows, and nothing else of its site."""

from pathlib import Path

from futurefit.site.config.settings import *  # noqa: F403
from futurefit.site.config.settings import INSTALLED_APPS as ALL_APPS

INSTALLED_APPS = [app for app in ALL_APPS if not app.startswith("allauth")]
ROOT_URLCONF = "benchmarks.peers.naive.page"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]  # says how long an answer is
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"libraries": {"humanize": "django.contrib.humanize.templatetags.humanize"}},
    }
]
