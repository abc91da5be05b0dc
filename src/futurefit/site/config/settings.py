"""What does Django need to know about this installation?

Everything that differs between councils comes from the environment:

| variable | what | default |
|---|---|---|
| FUTUREFIT_HOME | the data folder | ./var |
| FUTUREFIT_DATABASE | a PostgreSQL address | SQLite in the data folder |
| FUTUREFIT_COUNCIL | the council's name until a programme names it | Example County Council |
| FUTUREFIT_HOSTS | names under which the site is reached, with commas | this machine only |
| FUTUREFIT_PROXIES | how many trusted proxies stand before the server | 0 |
| FUTUREFIT_MAIL | the mail server: mail.example.gov.uk:25 | files in the data folder |
| FUTUREFIT_MAIL_FROM | whom mail comes from | futurefit@localhost |
| FUTUREFIT_DEBUG | 1 shows Django's error pages (never on a network) | 0 |
"""

from __future__ import annotations

import os

from futurefit.ledger.rights import Role
from futurefit.site.common.navigation import Entry, Tool
from futurefit.site.config import database, home

HOME = home.folder()
SECRET_KEY = home.secret_key(HOME)
DEBUG = os.environ.get("FUTUREFIT_DEBUG") == "1"

COUNCIL = os.environ.get("FUTUREFIT_COUNCIL") or "Example County Council"

_OUTSIDE = [name.strip() for name in os.environ.get("FUTUREFIT_HOSTS", "").split(",")]
_OUTSIDE = [name for name in _OUTSIDE if name]
REACHED_FROM_OUTSIDE = bool(_OUTSIDE)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *_OUTSIDE]
# A site that others reach is behind TLS: its cookies never travel in the clear.
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in _OUTSIDE]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = REACHED_FROM_OUTSIDE

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("FUTUREFIT_PROXIES") or 0)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    # The proxy says whether the reader came by TLS (and must not let the reader say so).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "futurefit.site.common.errors.form_expired"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A finance officer's round of a month is one form: eight fields a line.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_HANDLERS = [
    "futurefit.site.papers.receiving.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

INSTALLED_APPS = [
    "futurefit.site.common",
    "futurefit.site.accounts",
    "futurefit.site.ledger",
    "futurefit.site.papers",
    "futurefit.site.programme",
    "futurefit.site.desk",
    "futurefit.site.demo",
    "allauth",
    "allauth.account",
    "simple_history",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # First: a page that has not changed is answered before anything below is asked.
    "futurefit.site.common.caching.PublicPages",
    "futurefit.site.common.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "futurefit.site.accounts.middleware.Access",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "futurefit.site.config.urls"
WSGI_APPLICATION = "futurefit.site.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "futurefit.site.common.context.site",
            ],
            "builtins": [
                "django.templatetags.static",
                "futurefit.site.common.templatetags.common",
            ],
        },
    }
]

FORM_RENDERER = "futurefit.site.common.forms.Renderer"

_OFFICERS = (Role.PROJECT_LEAD, Role.FINANCE_PARTNER, Role.PROGRAMME_OFFICE)

# The links at the top of every page, in their order.
NAVIGATION = [
    Entry("Home", "home", key="h"),
    Entry("Themes", "themes", key="t"),
    Entry("Projects", "projects", key="p"),
    Entry("Lines", "lines", key="l"),
    Entry("RAG grid", "grid", key="r"),
    Entry("Financial plan", "mtfp", key="f"),
    Entry("Bridge", "bridge", key="b"),
    Entry("What changed", "changes", key="c"),
    Entry("Reports", "reports", key="e"),
    Entry("Findings", "findings", key="i"),
    Entry("Papers", "papers", _OFFICERS, key="a"),
    Entry("The month", "months", _OFFICERS, key="m"),
    Entry("My desk", "desk", (Role.COUNCILLOR, *_OFFICERS), key="d"),
    Entry("Search", "search", key="s"),
]

# What whoever is signed in can do with the page that they are on.
_FIGURES = (
    *("lines", "by", "by-two", "grid", "mtfp", "bridge", "changes", "compare"),
    *("bridge-between", "record", "missed", "projects", "milestones"),
    *("risks", "findings", "search", "journals"),
)
PAGE_TOOLS = [
    Tool(
        "Comments and watching",
        "about-page",
        ("line", "project", "workstream", "theme"),
        counted_by="futurefit.site.desk.queries.comment_count",
    ),
    Tool("Save this view", "save-view", _FIGURES),
]

DATABASES = {"default": database.settings(HOME, os.environ.get("FUTUREFIT_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by the server's workers, so that attempts to sign in are counted together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "cache"),
    }
}

# Without a mail server mail is written to files, where whoever tries the site out can read it.
_MAIL_HOST, _, _MAIL_PORT = os.environ.get("FUTUREFIT_MAIL", "").partition(":")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _MAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _MAIL_HOST, int(_MAIL_PORT or 25)
EMAIL_FILE_PATH = str(HOME / "mail")
DEFAULT_FROM_EMAIL = os.environ.get("FUTUREFIT_MAIL_FROM") or "futurefit@localhost"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# `home.prepare` makes this folder and `serve` collects into it. Where it is missing (in tests, say)
# the files are served from where they lie.
_COLLECTED = HOME / "static"
STATIC_ROOT = str(_COLLECTED) if _COLLECTED.is_dir() else None
_STATIC = (
    "futurefit.site.common.static_files.HashedFiles"
    if STATIC_ROOT
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "futurefit.site.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "futurefit.site.accounts.forms.SignInForm",
    "change_password": "futurefit.site.accounts.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django": {"handlers": ["screen"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # a page that is not there is no news
    },
    "root": {"handlers": ["screen"], "level": "WARNING"},
}
