"""With what a verdict was made: digests of the readers and of the call as they are now."""

import hashlib
from functools import cache
from pathlib import Path

import ingest
from config.load import CALLS
from ledger.verdicts import Versions
from rules.version import version as rules_version

LENGTH = 12


def versions(call_id: str) -> Versions:
    """Name the rule set, the call's text and the readers."""
    return Versions(rules=rules_version(), call=_call_version(call_id), readers=_readers_version())


@cache
def _call_version(call_id: str) -> str:
    return hashlib.sha256((CALLS / f"{call_id}.yaml").read_bytes()).hexdigest()[:LENGTH]


@cache
def _readers_version() -> str:
    folder = Path(ingest.__path__[0])
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:LENGTH]
