"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Sổ công văn: what came, what was judged, what went out, who did what."""

    name = "ledger"
    verbose_name = "Sổ"
