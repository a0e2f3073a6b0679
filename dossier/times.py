"""The office's clock."""

from datetime import timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""One time for the whole country, without summer time; no table of zones is needed for it."""
