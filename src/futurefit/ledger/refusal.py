"""Why may a change not join the ledger?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a journal may not join. `field` names the form field or place it belongs beside."""

    code: str
    message: str
    field: str = ""
