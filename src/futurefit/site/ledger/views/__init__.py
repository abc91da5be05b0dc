"""The ledger's pages, one module for each subject."""
