"""The door through which a web server reaches the site."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from futurefit.site.config import home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futurefit.site.config.settings")
home.prepare(home.folder())

application = get_wsgi_application()
