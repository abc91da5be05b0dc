"""Where does Django find this room?"""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The reference programme and how it is loaded; it has no tables."""

    name = "futurefit.site.demo"
    label = "demo"
    verbose_name = "Reference programme"
