"""Stores the savings ledger and its words, and is the one door to both."""
