"""The durable steps by name: where a crash must leave nothing lost and nothing said twice."""

from enum import StrEnum


class Point(StrEnum):
    """A moment just after something happened; the tests stop the world at each."""

    FETCHED = "fetched"  # a mail's bytes are here, nothing is written
    RECORDED = "recorded"  # commit A
    READ = "read"
    READING_RECORDED = "reading_recorded"
    PLACED = "placed"
    JUDGED = "judged"
    LETTER_STORED = "letter_stored"
    VERDICT_RECORDED = "verdict_recorded"  # commit B
    SENDING_RECORDED = "sending_recorded"  # commit C
    BEFORE_DATA = "before_data"
    ANSWERED = "answered"  # the server said what became of it, nothing is written
    SENT_RECORDED = "sent_recorded"  # commit D
