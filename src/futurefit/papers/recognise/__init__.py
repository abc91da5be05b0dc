"""What does each paper in a document propose? (rules REC-01 and REC-02)

`recognise` reads a document by templates, which are data, and gives a candidate for each paper,
table of savings, plan, list of contracts and notice of decision in it. Nothing is posted.
"""

from futurefit.papers.recognise.reading import recognise
from futurefit.papers.recognise.templates import BadTemplate, Template, read_template, shipped

__all__ = ["BadTemplate", "Template", "read_template", "recognise", "shipped"]
