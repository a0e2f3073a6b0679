"""Are the papers of the form asked for (family F)."""
