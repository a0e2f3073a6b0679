"""The parts of a mail: the standard library's tree, mended where real mailers break it.

The tree is never trusted to be well formed. A part that cannot be told from its neighbour, a
mail cut short, a limit reached: each leaves a sentence in `Tree.unread`, so that nobody is told
of a missing paper because of it.
"""

import re
from email.parser import BytesHeaderParser

from ingest.mime.fields import content_type_of, headers_of
from ingest.mime.mending import mended, parsed
from ingest.mime.tree import Left, Nested, Part, Repair, Tree
from ingest.mime.walk import Spot, Walk

__all__ = ["Left", "Nested", "Part", "Repair", "Tree", "read_tree"]


def read_tree(raw: bytes) -> Tree:
    """Take a mail apart; never raises, whatever the bytes."""
    walk = Walk()
    try:
        root = mended(parsed(raw), walk.notes, walk.unread)
        walk.visit(root, Spot(path="1", is_whole=True))
    except RecursionError:
        walk.unread.append(Left.DEPTH)
        root = BytesHeaderParser().parsebytes(raw)
    if not walk.unread and not any(map(_is_file, walk.parts)) and _NAMES_A_FILE.search(raw):
        walk.unread.append(Left.BOUNDARY)
    return Tree(
        headers=headers_of(root),
        content_type=content_type_of(root),
        part_types=tuple(walk.types),
        parts=tuple(walk.parts),
        nested=tuple(walk.nested),
        notes=tuple(dict.fromkeys(walk.notes)),
        unread=tuple(dict.fromkeys(walk.unread)),
    )


_NAMES_A_FILE = re.compile(rb"(?im)^content-disposition:[ \t]*attachment|^[ \t]+filename\*?=")
"""How a part that is a file begins; where it gave no file the structure of the mail is lost."""


def _is_file(part: Part) -> bool:
    return bool(part.name or part.way) or part.disposition == "attachment"
