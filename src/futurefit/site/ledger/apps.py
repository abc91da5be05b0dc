"""The ledger's app: lines, journals, sources and claims."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registered as `ledger`; its tables are `ledger_…`."""

    name = "futurefit.site.ledger"
    label = "ledger"
    verbose_name = "Savings ledger"
    default_auto_field = "django.db.models.BigAutoField"
