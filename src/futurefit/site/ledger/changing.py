"""What can be said to have changed on a line, and by whom?

`ACTS` is the list of changes that people make, each with its form; the table of rights says who
may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from futurefit.ledger.entries import EntryKind, LineAttributes
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import forms


@dataclass(frozen=True, slots=True)
class Act:
    """A change that a person may make on a line, in their words."""

    title: str
    hint: str
    form: type[forms.LineForm] | type[forms.ReclassifyForm]

    @property
    def kind(self) -> EntryKind:
        """The kind of entry that it posts."""
        return self.form.kind


ACTS: Mapping[str, Act] = {
    "set-target": Act("Set a target", "What the line is to save, by year", forms.SetTargetForm),
    "re-rate": Act("Re-rate", "Some of it is surer, or less sure, than it was", forms.ReRateForm),
    "re-profile": Act(
        "Slip or bring forward", "Some of it moves to another year", forms.ReProfileForm
    ),
    "re-estimate": Act(
        "Re-estimate", "It will be more, or less, than forecast", forms.ReEstimateForm
    ),
    "deliver": Act("Deliver", "Some of it is secured; finance confirms it", forms.DeliverForm),
    "withdraw": Act("Withdraw", "Some of it will not be pursued", forms.WithdrawForm),
    "replace": Act("Replace", "Another line takes over some of it", forms.ReplaceForm),
    "re-target": Act(
        "Change the target", "A decision changes what it is to save", forms.ReTargetForm
    ),
    "claim": Act("Claim", "Say which budget or contract it is taken out of", forms.ClaimForm),
    "reclassify": Act(
        "Class anew", "It belongs elsewhere, or is of another kind", forms.ReclassifyForm
    ),
}
"""Every change on a line, by its name in addresses."""


def act_url(ref: str, act: str) -> str:
    """The form of a change on a line."""
    return f"/lines/{quote(ref, safe='')}/change/{act}/"


def acts_on(holder: Holder, ref: str, attributes: LineAttributes) -> list[tuple[str, str, str]]:
    """The changes that somebody may make on a line: (title, address, hint)."""
    return [
        (act.title, act_url(ref, name), act.hint)
        for name, act in ACTS.items()
        if holder.may_post(act.kind, attributes)
    ]
