"""What is said when a command cannot be done?"""

from __future__ import annotations

CLEAN, FINDINGS, CANNOT = 0, 1, 2
"""The exit statuses."""


class Problem(Exception):
    """The command cannot be done; the message says why and what to do, and nothing has changed."""
