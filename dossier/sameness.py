"""When two mails say the same: whoever sends a mail once more is not answered once more."""

import re

from dossier.message import Envelope, Reading
from dossier.vietnamese import key

_ANSWERING = re.compile(r"^(?:(?:re|fwd?|tl|tra loi|chuyen tiep|gui lai)\s+)+")
_FEW = 5
"""Words below which a text says too little to be known again by itself."""


def said(envelope: Envelope) -> str:
    """Give the sender's own words for comparing, case, accents, spaces and line ends aside.

    Empty when there are too few: “Em gửi ạ” is no evidence.
    """
    subject = _ANSWERING.sub("", key(envelope.subject))
    words = f"{subject} {key(envelope.body)}".strip()
    return words if len(words.split()) >= _FEW else ""


def only_words(reading: Reading) -> str:
    """Give what a mail says that brings no file; empty when it brings one, or a link to one."""
    brings = reading.links or any(not file.minor for file in reading.files)
    return "" if brings else said(reading.envelope)
