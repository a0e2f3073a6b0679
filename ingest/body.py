"""The words of a mail: HTML to plain text, and the sender's own words apart from the trail below.

Nothing is thrown away: what is not the sender's own goes into the trail.
"""

import html
import re
from collections.abc import Iterator
from itertools import takewhile

from dossier.vietnamese import fold

_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    }
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_WEB = re.compile(r"https?://\S", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"'”’)\]]+", re.IGNORECASE)


def html_text(markup: str) -> str:
    """The text of an HTML mail, a line a block, quoted blocks behind “> ”, links written out.

    A scanner of its own, linear in the length of the text whatever the markup: the library's
    parser can be driven into quadratic time by a hostile mail.
    """
    out = _Sheet()
    silent = ""
    for token, is_tag in _tokens(_without_comments(markup)):
        if not is_tag:
            if not silent:
                out.write(html.unescape(token))
            continue
        name, closing = _tag_name(token)
        if silent:
            silent = "" if closing and name == silent else silent
        elif name in _SILENT and not closing and not token.endswith("/"):
            silent = name
        else:
            out.tag(name, token, closing=closing)
    return out.text()


class _Sheet:
    """Lines under construction."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes: list[bool] = []
        self._depth = 0
        self._link = ""
        self._link_text: list[str] = []

    def write(self, text: str) -> None:
        self._line.append(re.sub(r"\s+", " ", text))
        if self._link:
            self._link_text.append(text)

    def tag(self, name: str, token: str, *, closing: bool) -> None:
        if name == "a":
            self._close_link()
            self._link = "" if closing else _href(token)
        elif name in {"td", "th"} and closing:
            self._line.append(" ")
        elif name in _BLOCKS:
            self._break(always=name == "br")
            if name == "blockquote":
                self._quote(token, closing=closing)

    def _quote(self, token: str, *, closing: bool) -> None:
        if not closing:
            # Mail programs indent their writer's own words by the same tag, without its border.
            is_quote = "border:none" not in re.sub(r"\s", "", token.lower())
            self._quotes.append(is_quote)
            self._depth += is_quote
        elif self._quotes:
            self._depth -= self._quotes.pop()

    def _close_link(self) -> None:
        shown = "".join(self._link_text)
        if self._link and self._link.rstrip("/") not in shown:
            self._line.append(f" <{self._link}> ")
        self._link, self._link_text = "", []

    def _break(self, *, always: bool = False) -> None:
        line = re.sub(" +", " ", "".join(self._line)).strip()
        self._line = []
        if line or always:
            self._lines.append("> " * min(self._depth, 5) + line)

    def text(self) -> str:
        self._close_link()
        self._break()
        return "\n".join(self._lines)


def _without_comments(markup: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0:
        end = markup.find("-->", start)
        if end < 0:
            break
        kept.append(markup[at:start])
        at = end + 3
    return "".join((*kept, markup[at:]))


def _tokens(markup: str) -> Iterator[tuple[str, bool]]:
    pieces = markup.split("<")
    yield pieces[0], False
    for piece in pieces[1:]:
        if not re.match(r"/?[A-Za-z]|!|\?", piece):
            yield f"<{piece}", False
            continue
        tag, _, text = piece.partition(">")
        yield tag, True
        yield text, False


def _tag_name(token: str) -> tuple[str, bool]:
    named = re.match(r"(/?)([A-Za-z][A-Za-z0-9]*)", token)
    return (named[2].lower(), bool(named[1])) if named else ("", False)


def _href(token: str) -> str:
    found = _HREF.search(token)
    url = html.unescape(found[1] or found[2] or found[3] or "").strip() if found else ""
    return re.sub(r"\s+", "", url) if _WEB.match(url) else ""


def cids(markup: str) -> frozenset[str]:
    """Content-IDs of the images an HTML mail shows."""
    return frozenset(re.findall(r"\bcid:([^\s\"'<>)]+)", markup, re.IGNORECASE))


def urls(text: str) -> tuple[str, ...]:
    """Web addresses in a text, each once, in order."""
    return tuple(dict.fromkeys(found.rstrip(".,;:!?") for found in _URL.findall(text)))


def unflowed(text: str, *, delsp: bool) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676)."""
    out: list[str] = []
    joining = False
    depth = 0
    for line in text.splitlines():
        quotes = len(line) - len(line.lstrip(">"))
        words = line[quotes:].removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        kept = words[:-1] if soft and delsp else words
        if joining and quotes == depth and words != "-- ":
            out[-1] += kept
        else:
            out.append(f"{'>' * quotes} {kept}" if quotes else kept)
        joining, depth = soft, quotes
    return "\n".join(out)


# ------------------------------------------------------------------ the trail below

_WROTE = re.compile(
    r"(?:on|vao|luc|ngay)\b.*\d.*\b(?:wrote|da viet|viet|da ghi)\s*:|"
    r"\d{4}-\d\d-\d\d \d.*<\S+@\S+>\s*:"
)
_ORIGINAL = re.compile(
    r"\s*[-_*=]{2,}\s*(?:original (?:message|appointment)|thu goc|tin nhan goc|thong diep goc|"
    r"tin goc|email goc|thu ban dau)\s*[-_*=]{2,}\s*"
)
_FORWARDED = re.compile(
    r"\s*[-_*=]{2,}\s*(?:forwarded (?:message|mail)(?: by .{0,200})?|"
    r"(?:thu|tin nhan|thong diep|email|mail) (?:da )?(?:duoc )?(?:da )?chuyen tiep|"
    r"chuyen tiep (?:thu|tin nhan|email))\s*[-_*=]{2,}\s*"
    r"|\s*(?:begin forwarded message|bat dau (?:thu|tin nhan|email)(?: duoc)? chuyen tiep)\s*:?\s*"
)
_RULE = re.compile(r"\s*_{10,}\s*")
_LABELS = {
    "from": re.compile(r"[\s*_]*(?:from|tu|nguoi gui)\s*[*_]*\s*:[\s*_]*\S"),
    "date": re.compile(r"[\s*_]*(?:sent|date|da gui|gui|ngay|ngay gui|thoi gian)\s*[*_]*\s*:"),
    "to": re.compile(r"[\s*_]*(?:to|toi|den|gui den|gui toi|nguoi nhan)\s*[*_]*\s*:"),
    "subject": re.compile(r"[\s*_]*(?:subject|chu de|tieu de)\s*[*_]*\s*:"),
}
_LONGEST_BLOCK = 8
_LONGEST_MARK = 1000
_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{0,40}\]\s*)*(re|tra loi|tl|phuc dap|aw|sv|fwd?|fw|chuyen tiep|ct|tr|wg)"
    r"(?:\[\d+\]|\(\d+\))?\s*:"
)
_FORWARDS = frozenset({"fw", "fwd", "chuyen tiep", "ct", "tr", "wg"})


def split_trail(text: str, subject: str) -> tuple[str, str]:
    """Part a mail's text into what its sender wrote and the trail of earlier mails below it.

    What a forward carries is what its sender wanted read, so it counts as written. The prefixes of
    the subject tell forwards from answers where the mailer writes the same block for both.
    """
    lines = text.splitlines()
    own: list[str] = []
    trail: list[str] = []
    prefixes = _prefixes(subject)
    at = 0
    while at < len(lines):
        kind, length = _mark(lines, at)
        if kind == "quote":
            trail.append(lines[at])
        elif kind == "wrote" and _quotes_follow(lines, at + length):
            trail += lines[at : at + length]
            prefixes = prefixes[1:]
        elif kind == "forward" or (kind == "block" and prefixes[:1] == ("forward",)):
            own += lines[at : at + length]
            prefixes = prefixes[1:]
        elif kind:
            trail += lines[at:]
            break
        else:
            own.append(lines[at])
        at += length
    return _tidied(own), _tidied(trail)


def _mark(lines: list[str], at: int) -> tuple[str, int]:
    """What begins at this line: kind and number of lines; kind is empty for ordinary words."""
    line = lines[at]
    if line.lstrip().startswith(">"):
        return "quote", 1
    folded = fold(line[:_LONGEST_MARK])
    if _FORWARDED.fullmatch(folded):
        return "forward", 1 + _block(lines, at + 1)
    below = _block(lines, at + 1)
    if _ORIGINAL.fullmatch(folded) or (_RULE.fullmatch(line) and below):
        return "block", 1 + below
    if length := _block(lines, at):
        return "block", length
    return ("wrote", length) if (length := _attribution(lines, at)) else ("", 1)


def _block(lines: list[str], at: int) -> int:
    """How many lines a block of “Từ: … Đã gửi: … Tới: … Chủ đề: …” takes; 0 when there is none."""
    start = at
    while start < len(lines) and not lines[start].strip() and start - at < 3:  # noqa: PLR2004 -- a gap
        start += 1
    if start == len(lines) or not _LABELS["from"].match(fold(lines[start][:200])):
        return 0
    folded = (fold(line[:200]) for line in lines[start : start + _LONGEST_BLOCK])
    head = list(takewhile(bool, folded))
    kinds = {kind for kind, label in _LABELS.items() for line in head if label.match(line)}
    if len(kinds) < 3:  # noqa: PLR2004 -- two alone may be a timetable
        return 0
    labelled = (number for number, line in enumerate(head, 1) if _any_label(line))
    return start - at + max(labelled)


def _any_label(line: str) -> bool:
    return any(label.match(line) for label in _LABELS.values()) or line.startswith(("cc:", "bcc:"))


def _attribution(lines: list[str], at: int) -> int:
    """How many lines “Vào … đã viết:” takes (mailers fold it); 0 when there is none."""
    for length in (1, 2, 3):
        joined = fold(" ".join(lines[at : at + length])[:600])
        if _WROTE.fullmatch(joined):
            return length
        if not re.match(r"(?:on|vao|luc|ngay)\b|\d{4}-", joined):
            return 0
    return 0


def _quotes_follow(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return following.lstrip().startswith(">")


def _prefixes(subject: str) -> tuple[str, ...]:
    """The subject's prefixes, outermost first: “forward” or “answer”."""
    folded = fold(subject)
    found: list[str] = []
    while match := _PREFIX.match(folded):
        found.append("forward" if match[1] in _FORWARDS else "answer")
        folded = folded[match.end() :]
    return tuple(found)


def _tidied(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n ")
