"""Outside programs that tests need; where nothing may be missing, a missing one is a failure."""

import os
from dataclasses import replace

import pytest

from ingest.programs import Programs, found


def programs(*needed: str) -> Programs:
    """What this machine has; skips when one of the needed is not there, and fails in CI."""
    here = found()
    missing = [name for name in needed if not getattr(here, name)]
    if missing:
        reason = f"{', '.join(missing)}: not installed, see PROGRAMS in bootstrap.py"
        if os.environ.get("CI"):
            raise FileNotFoundError(reason)
        pytest.skip(reason)
    return here


def only(*needed: str) -> Programs:
    """These programs and no other."""
    here = programs(*needed)
    return replace(Programs(), **{name: getattr(here, name) for name in needed})
