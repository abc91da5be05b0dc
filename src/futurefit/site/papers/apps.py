"""The papers' app: uploads, what was read in them, and what people decided about it."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Registered as `papers`; its tables are `papers_…`."""

    name = "futurefit.site.papers"
    label = "papers"
    verbose_name = "Papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the ledger where the paper stands that a figure was read from."""
        # The models cannot be imported before all apps are there.
        from futurefit.site.ledger import origins
        from futurefit.site.papers import queries

        origins.register(queries.origins_of)
