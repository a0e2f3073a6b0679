"""Which rule set judged: a digest over the source of every rule."""

import hashlib
from functools import cache
from pathlib import Path

LENGTH = 12


@cache
def version() -> str:
    """Digest every Python file of this package, in order of their paths; 12 hex digits.

    A stored verdict names it, so that a changed rule can be told from a changed dossier.
    """
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    return digest.hexdigest()[:LENGTH]
