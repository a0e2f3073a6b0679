"""A reply becomes its final bytes: in the store, under the Message-ID it keeps."""

from datetime import datetime

from dossier import Call, Reply
from ledger.verdicts import Draft
from outbox.mime import to_bytes
from outbox.token import Token, message_id
from service.wiring import Wired


def draft_of(  # noqa: PLR0913 -- each is one fact of the letter's identity
    reply: Reply, office: Wired, call: Call, now: datetime, *, code: str, number: int
) -> Draft:
    """Write a letter for the ledger; the same code, kind and number give the same Message-ID.

    `code` is the dossier's, or that of the unit a letter without a dossier is for. Raises
    `UnsendableError` when an address cannot be written.
    """
    sender = office.sender(call)
    token = Token(code=code, kind=reply.kind, n=number)
    ours = message_id(token, key=office.key, domain=sender.domain)
    raw = to_bytes(reply, message_id=ours, sender=sender, date=now)
    return Draft(
        kind=reply.kind,
        to=reply.to.address,
        to_name=reply.to.name,
        subject=reply.subject,
        text=reply.text,
        html=reply.html,
        message_id=ours,
        digest=office.store.put(raw),
        held_because=reply.held_because,
    )
