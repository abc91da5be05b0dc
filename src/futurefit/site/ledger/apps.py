"""The ledger's app: lines, journals, sources and claims."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registered as `ledger`; its tables are `ledger_…`."""

    name = "futurefit.site.ledger"
    label = "ledger"
    verbose_name = "Savings ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rooms below what every page and file hangs on."""
        # The models cannot be imported before all apps are there.
        from futurefit.site.common import caching, council, listing
        from futurefit.site.ledger import queries

        caching.register_stamp(queries.stamp)
        council.register(queries.council)
        listing.register_facts(lambda: [("Ledger head", str(queries.head()))])
