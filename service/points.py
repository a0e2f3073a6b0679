"""The durable steps by name: where a crash must leave nothing lost and nothing said twice."""

from enum import StrEnum


class Point(StrEnum):
    """A moment just after something happened; the tests stop the world at each.

    Together they lie before and after everything that outlives a process: bytes and rows, and what
    a mail server heard from us.
    """

    FETCHED = "fetched"  # a mail's bytes are here, nothing is written
    BYTES_WRITTEN = "bytes_written"  # of a mail, a file, a letter, a package: not under their name
    BYTES_NAMED = "bytes_named"  # nothing refers to them yet
    RECORDED = "recorded"  # commit A
    CLAIMED = "claimed"  # the strike is counted, the lease runs
    READ = "read"
    READING_RECORDED = "reading_recorded"
    PLACING = "placing"  # all rows of a placement are written, none stands yet
    PLACED = "placed"
    JUDGED = "judged"
    LETTER_STORED = "letter_stored"
    VERDICT_RECORDED = "verdict_recorded"  # commit B
    SENDER_ACCEPTED = "sender_accepted"  # MAIL
    RECIPIENTS_ACCEPTED = "recipients_accepted"  # RCPT, both
    BEFORE_DATA = "before_data"
    SENDING_RECORDED = "sending_recorded"  # commit C
    TEXT_ASKED_FOR = "text_asked_for"  # 354
    TEXT_SENT = "text_sent"  # the server may or may not have taken it
    ANSWERED = "answered"  # the server said what became of it, nothing is written
    SENT_RECORDED = "sent_recorded"  # commit D
