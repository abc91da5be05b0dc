"""Where does Django find this room?"""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Registered as `common`; it has no tables."""

    name = "futurefit.site.common"
    label = "common"
    verbose_name = "Common to all pages"
