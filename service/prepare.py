"""What comes before everything that touches the ledger."""

import os
from importlib.util import find_spec

import django

from config import settings
from config.settings import Settings


def prepare() -> Settings:
    """Read the settings, make the data folder and its secret, and start Django.

    Raises `SettingsError`. Only after this may a module that knows the ledger's rows be imported.
    """
    chosen = settings.load()
    if chosen.database_url.get_secret_value() and not find_spec("procrastinate"):
        message = (
            "Sổ trong PostgreSQL cần cài thêm: pip install 'vanthu[cluster]'. (A ledger in"
            " PostgreSQL needs the extra “cluster”.)"
        )
        raise settings.SettingsError(message)
    chosen.data_folder.mkdir(parents=True, exist_ok=True)
    settings.secret_key(chosen.data_folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.django")
    django.setup()
    return chosen
