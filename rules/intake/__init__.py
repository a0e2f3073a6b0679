"""What came in: can it be opened, whose is it, is it for this call (family S)."""
