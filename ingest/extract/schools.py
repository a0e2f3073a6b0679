"""How many schools a curriculum task brings in: by a stated number, else by their names."""

import re
from collections.abc import Sequence

from dossier import Place
from dossier.vietnamese import key
from ingest.extract.folded import Folded, folded
from ingest.extract.numbers import WORD_NUMBER, count
from ingest.extract.passage import clip, sentences

_STATED = re.compile(
    rf"(?<![\d.,/a-z])(?P<number>\d{{1,3}}|{WORD_NUMBER})\s*(?:\([^)]{{1,20}}\)\s*)?truong\b"
    r"(?!\s*hop)(?:\s+(?P<type>dai hoc|cao dang|trung cap|dh|cd))?"
)
_ASIDE = re.compile(
    r"khao sat|dieu tra|toa dam|hoi thao|phong van|so sanh|trong so|hien nay|ca nuoc co"
)
_KIND = r"(?:Đại học|Cao đẳng|Trung cấp|Học viện|ĐH|CĐ|ĐẠI HỌC|CAO ĐẲNG|TRUNG CẤP|HỌC VIỆN)"
_NAMED = re.compile(
    rf"(?:[Tt]rường |TRƯỜNG )?{_KIND} (?P<name>(?:nghề |kỹ thuật )?[^\W\d_][^,;.:()\n]{{1,80}}?)"
    rf"(?=[,;.:()\n]|$|\s+(?:và|VÀ|tại|với)\s+(?:[Tt]rường|TRƯỜNG|{_KIND}|các|tại|đưa|tổ chức)\b)"
)
"""A school's name, up to the next one or the end of the phrase."""


def schools(parts: Sequence[tuple[str, Place]]) -> tuple[int, Place] | None:
    """The number of schools and where it is read; None when the form tells none."""
    for text, at in parts:
        for sentence in sentences(text):
            words = folded(sentence)
            if not _ASIDE.search(words.text) and (number := _stated(words)):
                return number, Place(at.file, at.spot, clip(sentence))
    named: dict[str, Place] = {}
    for text, at in parts:
        for match in _NAMED.finditer(text):
            if match["name"][0].isupper() or match["name"].startswith(("nghề ", "kỹ thuật ")):
                name = key(match[0]).removeprefix("truong ")
                named.setdefault(name, Place(at.file, at.spot, clip(match[0])))
    return (len(named), next(iter(named.values()))) if named else None


def _stated(words: Folded) -> int:
    """A number of schools in one sentence; “02 trường đại học và 02 trường cao đẳng” is four."""
    found = [
        (number, match["type"] or "")
        for match in _STATED.finditer(words.text)
        if (number := count(match["number"]))
    ]
    if not found:
        return 0
    first, kind = found[0]
    if not kind:
        return first
    return sum({one: number for number, one in reversed(found) if one}.values())
