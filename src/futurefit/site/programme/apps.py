"""Where does Django find this room?"""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Themes, workstreams and projects; their money is in `futurefit.site.ledger`."""

    name = "futurefit.site.programme"
    label = "programme"
    verbose_name = "Programme"
    default_auto_field = "django.db.models.BigAutoField"
