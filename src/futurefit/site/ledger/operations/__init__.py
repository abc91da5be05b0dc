"""What can be done to the ledger? Every change of its rows is one of these acts.

They are keyword-only but for what they act on, run in one transaction each, and raise `Refused` or
`Stale` (and then nothing has changed) with words for the person who asked.
"""

from futurefit.site.ledger.operations.carriage import export_package, import_package
from futurefit.site.ledger.operations.positions import (
    close_month,
    name_baseline,
    reopen_month,
    soft_close_month,
    unlock_month,
)
from futurefit.site.ledger.operations.posting import Moved, Stale, post
from futurefit.site.ledger.operations.proposals import accept_proposal, propose, refuse_proposal
from futurefit.site.ledger.operations.wording import (
    edit_words,
    erase_words,
    keep_document,
    may_rule,
    name_heading,
    name_source,
    rule,
    set_programme,
)
from futurefit.site.ledger.operations.writing import Refused, words_changed

__all__ = [
    "Moved",
    "Refused",
    "Stale",
    "accept_proposal",
    "close_month",
    "edit_words",
    "erase_words",
    "export_package",
    "import_package",
    "keep_document",
    "may_rule",
    "name_baseline",
    "name_heading",
    "name_source",
    "post",
    "propose",
    "refuse_proposal",
    "reopen_month",
    "rule",
    "set_programme",
    "soft_close_month",
    "unlock_month",
    "words_changed",
]
