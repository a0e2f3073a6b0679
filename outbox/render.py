"""Letter to reply: the words and the layout come from the templates in `config/letters/`."""

import re
import textwrap
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dossier import Call, Reply
from outbox.compose import LONGEST_SUBJECT, Letter
from outbox.notices import Notice
from outbox.wording import one_line

WIDTH = 88
_GLUE = "\u00a0"
_QUOTATION = re.compile(r"“[^“”\n]{1,40}”")
_LEAD = re.compile(r"\s*(?:\d+\.\s|-\s)?\s*")


class Letters:
    """The letters of a folder; a template that names an unknown value raises.

    The folder is compiled twice, because the sentences in `words.j2` are shared: plain for the
    text, and with every value escaped for the HTML (an imported macro's text counts as safe).
    """

    def __init__(self, folder: Path) -> None:
        """Read templates from `folder` when they are first needed."""
        self._plain = _environment(folder, escaped=False)
        self._html = _environment(folder, escaped=True)

    def subject(self, letter: Letter | Notice, call: Call) -> str:
        """One clean line; a long one loses its middle, never the code that stands first."""
        name = "subject.txt.j2" if isinstance(letter, Letter) else "notice_subject.txt.j2"
        words = self._plain.get_template(name).render(letter=letter, call=call)
        return one_line(words, LONGEST_SUBJECT)

    def text(self, letter: Letter | Notice, call: Call) -> str:
        """The whole letter in plain text."""
        template = self._plain.get_template(f"{letter.kind}.txt.j2")
        return _laid_out(template.render(letter=letter, call=call))

    def html(self, letter: Letter | Notice, call: Call, subject: str) -> str:
        """The same letter for programs that show HTML."""
        template = self._html.get_template(f"{letter.kind}.html.j2")
        return template.render(letter=letter, call=call, subject=subject).strip() + "\n"


def render(letter: Letter | Notice, call: Call, letters: Letters) -> Reply:
    """Write the letter; raises jinja2's errors when a template is broken."""
    subject = letters.subject(letter, call)
    return Reply(
        kind=letter.kind,
        dossier=letter.dossier,
        to=letter.to,
        subject=subject,
        text=letters.text(letter, call),
        html=letters.html(letter, call, subject),
        in_reply_to=letter.in_reply_to,
        references=letter.references,
        held_because=letter.held_because,
    )


def _environment(folder: Path, *, escaped: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=escaped,  # noqa: S701 -- the plain letters are not HTML
        lstrip_blocks=True,
    )
    environment.filters["para"] = _para
    return environment


def _para(text: str) -> str:
    return " ".join(text.split())


def _laid_out(text: str) -> str:
    """Wrap every line under its own indent, and leave one blank line where there were more."""
    wrapped = "\n".join(_wrapped(line) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", wrapped) + "\n"


def _wrapped(line: str) -> str:
    """Under its own indent; a short quotation, such as a file's name, is not torn apart."""
    found = _LEAD.match(line)
    indent = " " * (found.end() if found and not line[:1].isalnum() else 0)
    whole = _QUOTATION.sub(lambda name: name[0].replace(" ", _GLUE), line.rstrip())
    filled = textwrap.fill(whole, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
    return filled.replace(_GLUE, " ")
