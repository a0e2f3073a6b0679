"""The officer's window: look, decide, waive with a reason, release, download."""
