"""The desk's app: saved views, comments, what people watch, calendars."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registered as `desk`; its tables are `desk_…`."""

    name = "futurefit.site.desk"
    label = "desk"
    verbose_name = "Desk"
    default_auto_field = "django.db.models.BigAutoField"
