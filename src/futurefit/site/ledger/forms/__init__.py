"""The forms of the ledger, one module for each subject."""

from futurefit.site.ledger.forms.amounts import (
    AnswerForm,
    DeliverForm,
    ReEstimateForm,
    ReplaceForm,
    ReProfileForm,
    ReRateForm,
    ReTargetForm,
    ReverseForm,
    SetTargetForm,
    WithdrawForm,
)
from futurefit.site.ledger.forms.attributes import OpenLineForm, ReclassifyForm, WordsForm
from futurefit.site.ledger.forms.proof import ProofForm
from futurefit.site.ledger.forms.saying import ChangeForm, LineForm
from futurefit.site.ledger.forms.sources import CapacityForm, ClaimForm, RulingForm, SharesForm

__all__ = [
    "AnswerForm",
    "CapacityForm",
    "ChangeForm",
    "ClaimForm",
    "DeliverForm",
    "LineForm",
    "ProofForm",
    "OpenLineForm",
    "ReEstimateForm",
    "ReProfileForm",
    "ReRateForm",
    "ReTargetForm",
    "ReclassifyForm",
    "ReplaceForm",
    "ReverseForm",
    "RulingForm",
    "SharesForm",
    "SetTargetForm",
    "WithdrawForm",
    "WordsForm",
]
