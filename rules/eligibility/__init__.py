"""Does a task keep within the limits the call sets (family E)."""
