"""How does a value of the ledger become a table in which every figure leads to its working?

The tables that other rooms show too are named here; those of single pages stand in the modules
beside.
"""

from futurefit.site.ledger.presenters.bridge import bridge_chart, bridge_table
from futurefit.site.ledger.presenters.changes import changes_table
from futurefit.site.ledger.presenters.figures import presentation_table, rag_chart, rag_grid_table

__all__ = [
    "bridge_chart",
    "bridge_table",
    "changes_table",
    "presentation_table",
    "rag_chart",
    "rag_grid_table",
]
