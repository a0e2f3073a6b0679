"""A call of this office by its id: from the office's own folder, or as it is shipped."""

from config import settings
from config.library import library
from config.load import load_call
from dossier import Call


def office_call(call_id: str) -> Call:
    """Read a call as its file is now. Raises `CallError`, `SettingsError`."""
    return load_call(call_id, library(settings.load().calls_folder))
