"""Where does Django find this room?"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registered as `accounts`; allauth's own app is `account`."""

    name = "futurefit.site.accounts"
    label = "accounts"
    verbose_name = "People and access"

    def ready(self) -> None:
        """Listen to sign-ins, so that each is logged."""
        from futurefit.site.accounts import listening

        listening.connect()
