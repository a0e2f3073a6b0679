"""When it came in (family D)."""
