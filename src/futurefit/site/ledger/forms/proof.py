"""What shows that an amount is delivered, and how does the saving help? (rules PRF-01, PRF-02)"""

from __future__ import annotations

from typing import Any

from django import forms

from futurefit.ledger.entries import Draft, EvidenceKind, SavingClass
from futurefit.ledger.proof import Proof, unclassed, unproven
from futurefit.site.ledger.choosing import words_of
from futurefit.site.ledger.reading import Reader


def evidence_field() -> forms.ChoiceField:
    """What kind of evidence."""
    return forms.ChoiceField(
        label="What shows that it is delivered?",
        choices=words_of(EvidenceKind),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what shows that it is delivered."},
    )


def reference_of_evidence() -> forms.CharField:
    """Where the evidence can be looked up."""
    return forms.CharField(
        label="Where can it be looked up?",
        max_length=300,
        help_text="The virement’s number, the variation’s date and contract, the post’s number, "
        "the ledger code of the income. No person’s name",
        error_messages={"required": "Give the reference of the evidence."},
    )


class ProofForm(forms.Form):
    """What a proposal came without, for its second person to bring: nothing, where it has all."""

    evidence = evidence_field()
    evidence_reference = reference_of_evidence()
    saving_class = forms.ChoiceField(
        label="How does the saving help?",
        choices=words_of(each for each in SavingClass if each is not SavingClass.NOT_STATED),
        widget=forms.RadioSelect,
        help_text="Cost avoidance does not close the budget gap",
        error_messages={"required": "Choose how the saving helps."},
    )

    def __init__(self, data: Any = None, *, reader: Reader, draft: Draft) -> None:
        super().__init__(data)
        if not unproven(draft.entries):
            del self.fields["evidence"], self.fields["evidence_reference"]
        if not unclassed(reader.ledger.lines, draft.entries):
            del self.fields["saving_class"]

    def proof(self) -> Proof:
        """What was brought, once the form is clean."""
        chosen = self.cleaned_data
        return Proof(
            EvidenceKind(chosen["evidence"]) if "evidence" in chosen else None,
            chosen.get("evidence_reference", ""),
            SavingClass(chosen.get("saving_class", SavingClass.NOT_STATED)),
        )
