"""What does a council paper say, and does it hold?

A file becomes a `Document` (`readers`), its tables are read as figures (`figures`), and the checks
of `audit` return findings. Nothing here knows a database, a clock or a web site.
"""
