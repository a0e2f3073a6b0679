"""A mail too large to be fetched: what its header alone tells. Nothing in it is called missing."""

from dataclasses import replace

from dossier import Call, Message, Place, Reading, Unread, UnreadCause
from dossier.vietnamese import key
from ingest.reading import is_stamped_subject

WHOLE = "toàn bộ thư"
"""What stands for a file where everything in the mail is meant."""


def read_header(message: Message, digest: str, call: Call, *, weighs: int) -> Reading:
    """Say of a mail of which only the header was fetched that all of it is unread.

    `digest` is the sha256 of the header, `weighs` what the mail weighs on the server, in bytes.
    """
    # The body is not cut short by anybody: we left it where it is.
    envelope = replace(message.envelope, unread=(), notes=())
    words = f" {key(envelope.subject)} "
    megabytes = round(weighs / 1_048_576)
    reason = f"thư nặng {megabytes} MB, mỗi thư nên dưới {call.max_mail_megabytes} MB"
    gap = Unread(at=Place(WHOLE), cause=UnreadCause.TOO_LARGE, reason=reason)
    return Reading(
        envelope=envelope,
        digest=digest,
        unread=(gap,),
        secret=is_stamped_subject(envelope.subject),
        call_cues=tuple(cue for cue in call.programme_cues if f" {key(cue)} " in words),
        other_cues=tuple(cue for cue in call.other_programmes if f" {key(cue)} " in words),
    )
