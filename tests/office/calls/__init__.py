"""Dossiers for the calls that are not the first: each call's folder holds mails and answers."""
