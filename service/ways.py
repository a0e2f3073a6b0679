"""What the way a mail came by decides: whose clock counts, and whether a machine may answer."""

from collections.abc import Iterator

from dossier import Call, Envelope, Reading, ReceivedSource
from ingest.courtesy import Courtesy, courtesy
from ingest.receipt import Receipt, received
from ingest.triage import speaks_of_call
from ledger.models import Incoming, Way
from service.wiring import Wired

FROM_JUNK = "thư nằm trong thư mục thư rác"
UNREAD_STRANGER = "thư quá lớn nên chưa tải về, tiêu đề không nói về đợt đề xuất"


def receipt(mail: Incoming, raw: bytes, call: Call) -> Receipt:
    """When a mail was received; at the counter the officer's word is the only clock."""
    if mail.way == Way.COUNTER:
        return Receipt(at=mail.received_at, source=ReceivedSource.GIVEN)
    return received(raw, mail.internaldate, mail.first_seen_at, call.office.trusted_hosts)


def manners(mail: Incoming, envelope: Envelope, call: Call, office: Wired) -> Courtesy:
    """Why no machine may answer a mail, or only when an officer lets it."""
    if mail.way == Way.COUNTER:  # a person stood here; there is no header to weigh
        return Courtesy()
    return courtesy(envelope, call.office, is_our_id=lambda one: office.code_of(one) is not None)


def doubts(mail: Incoming, reading: Reading, call: Call) -> Iterator[str]:
    """Why an answer waits for an officer, beyond what the header says."""
    if mail.way == Way.JUNK:
        yield FROM_JUNK
    if mail.only_header and not speaks_of_call(reading, call):
        yield UNREAD_STRANGER
