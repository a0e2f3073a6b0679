"""The package for the next office: summary table, register, originals, manifest."""
