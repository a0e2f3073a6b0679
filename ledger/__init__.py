"""The memory: the only place that speaks to the database and the file store."""
