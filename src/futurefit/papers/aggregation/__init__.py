"""Which figures of a table are made of which others, with no formulas to go by?"""

from futurefit.papers.aggregation.evidence import Axis, Operator, Relation
from futurefit.papers.aggregation.finding import (
    Aggregation,
    Search,
    find_aggregations,
    find_relations,
    search,
    spell_out,
)

__all__ = [
    "Aggregation",
    "Axis",
    "Operator",
    "Relation",
    "Search",
    "find_aggregations",
    "find_relations",
    "search",
    "spell_out",
]
