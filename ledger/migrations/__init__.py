"""Schema history of the ledger."""
