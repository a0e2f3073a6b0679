"""With what a verdict was made: digests of the readers and of the call as they are now."""

import hashlib
from functools import cache
from pathlib import Path

import ingest
from dossier import Call
from ledger.verdicts import Versions
from rules.version import version as rules_version

LENGTH = 12


def versions(call: Call) -> Versions:
    """Name the rule set, the call's text and the readers."""
    return Versions(rules=rules_version(), call=call.version, readers=readers_version())


@cache
def readers_version() -> str:
    """The readers as they are on this machine."""
    folder = Path(ingest.__path__[0])
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:LENGTH]
