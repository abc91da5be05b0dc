"""The append-only savings ledger from which every figure is derived."""
