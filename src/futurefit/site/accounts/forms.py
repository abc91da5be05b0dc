"""What does a person fill in to sign in?"""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django import forms


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password; the session ends with the browser."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "User name"
        self.fields["password"].help_text = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.TextInput) and name == "login":
                field.widget.attrs.pop("autofocus", None)
