"""Reply to bytes: the mail exactly as it will be sent, stored, previewed and sent again."""

import hashlib
import re
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from dossier import Address, Reply, ReplyKind
from outbox.wording import LONGEST_NAME, one_line

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}>")
_THREADING = frozenset({"message-id", "in-reply-to", "references"})


class UnsendableError(ValueError):
    """The letter has no address a mail server would take."""


class SafeFold(EmailPolicy):
    """Fold headers so that Vietnamese survives every reader.

    The standard library's folding loses or adds spaces between encoded words (cpython #92081:
    “Mỹ Lộc” arrives as “MỹLộc”) and encodes a Message-ID that is longer than a line.
    """

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 -- the library's own signature
        """One header, folded, with its line end."""
        if name.lower() in _THREADING:
            return f"{name}: {(self.linesep + ' ').join(str(value).split())}{self.linesep}"
        if addresses := getattr(value, "addresses", None):
            mailboxes = f",{self.linesep} ".join(self._mailbox(one) for one in addresses)
            return f"{name}: {mailboxes}{self.linesep}"
        if not str(value).isascii():
            return f"{name}: {self._encoded(str(value), len(name) + 2)}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 -- as above
        """The same in bytes; everything is ASCII by now."""
        return self.fold(name, value).encode("ascii")

    def _mailbox(self, one: MailAddress) -> str:
        if not one.display_name:
            return one.addr_spec
        if one.display_name.isascii():
            escaped = re.sub(r'(["\\])', r"\\\1", one.display_name)
            return f'"{escaped}"{self.linesep} <{one.addr_spec}>'
        return f"{self._encoded(one.display_name, 1)}{self.linesep} <{one.addr_spec}>"

    def _encoded(self, text: str, taken: int) -> str:
        header = Header(text, "utf-8", maxlinelen=75, header_name="x" * max(taken - 2, 0))
        return header.encode(linesep=self.linesep)


MAIL = SafeFold(linesep="\r\n", max_line_length=78, cte_type="7bit")


def to_bytes(reply: Reply, *, message_id: str, sender: Address, date: datetime) -> bytes:
    """Write the mail; the same arguments give the same bytes.

    Marked as automatic (RFC 3834) so that no machine answers it. Raises `UnsendableError` when
    an address cannot be written.
    """
    mail = EmailMessage(policy=MAIL)
    mail["Date"] = date
    mail["From"] = _address(sender)
    mail["To"] = _address(reply.to)
    mail["Subject"] = one_line(reply.subject)
    mail["Message-ID"] = message_id
    if answered := _message_ids((reply.in_reply_to,)):
        mail["In-Reply-To"] = answered
    if thread := _message_ids(reply.references):
        mail["References"] = thread
    mail["Auto-Submitted"] = _automatic(reply)
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(reply.text, charset="utf-8", cte="quoted-printable")
    mail.add_alternative(reply.html, subtype="html", charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = "vi"  # after the parts: making them takes every Content-* header
    mail.set_boundary(f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")
    return mail.as_bytes()


def _address(one: Address) -> MailAddress:
    if not one.address.isascii():
        message = "the address is not ASCII"
        raise UnsendableError(message)
    try:
        return MailAddress(one_line(one.name, LONGEST_NAME), addr_spec=one.address)
    except (MessageError, ValueError, IndexError) as error:
        message = f"not an address a mail can be sent to: {error}"
        raise UnsendableError(message) from error


def _automatic(reply: Reply) -> str:
    """RFC 3834 §5: a reminder answers nobody."""
    return "auto-generated" if reply.kind is ReplyKind.REMINDER else "auto-replied"


def _message_ids(found: tuple[str, ...]) -> str:
    """Only what is a Message-ID: a stranger's header must not write into ours."""
    return " ".join(one for one in found if _MESSAGE_ID.fullmatch(one))
