"""What this office is and what this call asks: settings, calls, sources, letters."""
