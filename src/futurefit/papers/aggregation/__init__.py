"""Which figures of a table are made of which others, with no formulas to go by?"""

from futurefit.papers.aggregation.evidence import Axis, Operator, Relation
from futurefit.papers.aggregation.finding import Aggregation, find_aggregations, find_relations

__all__ = ["Aggregation", "Axis", "Operator", "Relation", "find_aggregations", "find_relations"]
