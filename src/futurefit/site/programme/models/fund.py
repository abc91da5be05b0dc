"""What did the transformation fund grant, and what was spent of it? (rule FND-01)"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from futurefit.programme.fund import Sort
from futurefit.site.ledger.classed import choices, is_one_of
from futurefit.site.programme.models.words import Placed, is_year


class FundEntry(Placed):
    """A grant out of the fund, or money spent of one, in a financial year.

    What is asked is the INVESTMENT line `line_ref` of the ledger, which also says what the money is
    for and to which part of the programme it belongs. The reference is text, not a foreign key:
    lines are projections of the chain. `once` is the form that it came from: sent twice, it is
    recorded once.
    """

    line_ref = models.CharField("investment line", max_length=60, db_index=True)
    sort = models.CharField("granted or spent", max_length=10, choices=choices(Sort))
    year = models.CharField(max_length=8, validators=[is_year])
    amount_pence = models.BigIntegerField("amount")
    on = models.DateField("granted or spent on")
    decision = models.CharField("decision or reference", max_length=300)
    note = models.TextField(blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name_plural = "fund entries"
        constraints = [
            is_one_of("sort", Sort, "fund_entry_sort_is_known"),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0), name="fund_entry_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=~Q(line_ref="") & ~Q(decision=""), name="fund_entry_says_for_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} for {self.line_ref}, {self.year}"
