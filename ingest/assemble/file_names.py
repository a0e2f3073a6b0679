"""What the name of a file says of the paper in it: its folder, its core, the archives around it."""

import re

from dossier.vietnamese import key

_COPY_WORDS = re.compile(
    r"\b(?:da )?(?:ky so|ky|signed|sign|scan|scanned|dau do|co dau|dong dau|ban mem|ban cung|"
    r"ban ky|word|pdf|excel|copy|final|gui lai|moi|ok|phat hanh|ban chinh|bs|bo sung|\d)\b"
)


def core(name: str) -> str:
    """A file's name without folder, extension and words like “(đã ký)”, for comparing."""
    stem = name.rpartition("/")[2].rpartition(".")[0] or name.rpartition("/")[2]
    folded = key(stem.replace("_", " "))
    bare = " ".join(_COPY_WORDS.sub(" ", folded).split()) if not folded.isdigit() else folded
    numbers = " ".join(re.findall(r"\d+", folded))
    return f"{bare} {numbers}".strip()


def folder(name: str) -> str:
    """The way to the file; empty for one that lies in the mail itself."""
    return name.rpartition("/")[0]


def steps(name: str) -> list[str]:
    """The archives a file lies in and its own name: an unread archive may come again, opened.

    An unread file *inside* an archive is judged by its own name alone: what was read beside it
    says nothing about it.
    """
    return name.split("/")
