"""The page of lines as one writes it first: the ORM adds up, a template loops, each time anew.

It reads the same tables as FutureFit, with aggregates rather than a query a line. It has no
sessions, knows no restricted words and links no figure to its working.
"""
