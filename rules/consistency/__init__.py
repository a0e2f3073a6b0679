"""Do the papers agree with each other (family N)."""
