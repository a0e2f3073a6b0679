"""Whole cases: mails as they come, and the right answers."""
