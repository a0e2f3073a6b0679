"""The whole way of one file or mail: read, sorted, assembled, judged, as `vanthu check` has it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from dossier import Address, Attachment, Call, Dossier, Envelope, Reading, ReceivedSource, Triage
from ingest.assemble import assemble
from ingest.cage import Cage
from ingest.courtesy import courtesy
from ingest.message import parse
from ingest.reading import read_mail, read_papers
from ingest.triage import triage
from rules import Verdict, judge

RECEIVED = datetime.fromisoformat("2024-03-20T09:00:00+07:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What became of it."""

    reading: Reading
    triage: Triage
    dossier: Dossier
    verdict: Verdict

    @property
    def causes(self) -> tuple[str, ...]:
        """Why parts of it stayed unread, each cause once."""
        return tuple(sorted({gap.cause.value for gap in self.reading.unread}))


def mailed(raw: bytes, call: Call, cage: Cage) -> Gone:
    """A mail as the mailbox hands it over."""
    message = parse(raw, received_at=RECEIVED, source=ReceivedSource.GIVEN)
    manners = courtesy(message.envelope, call.office)
    reading = read_mail(message, hashlib.sha256(raw).hexdigest(), call, cage)
    return _judged(reading, call, hard=manners.hard, soft=manners.soft)


def handed_in(name: str, raw: bytes, call: Call, cage: Cage) -> Gone:
    """A file without a mail around it."""
    envelope = Envelope(
        sender=Address("xamyha@namdinh.gov.vn"),
        subject="Hồ sơ đề xuất nhiệm vụ Chương trình 1322",
        received_at=RECEIVED,
        received_source=ReceivedSource.GIVEN,
    )
    files = [Attachment(name=name, raw=raw)]
    return _judged(read_papers(files, envelope=envelope, call=call, cage=cage), call)


def _judged(
    reading: Reading, call: Call, hard: tuple[str, ...] = (), soft: tuple[str, ...] = ()
) -> Gone:
    sorted_as = triage(reading, call, hard=hard, soft=soft).triage
    dossier = assemble(f"{call.id}-0001", [reading], call)
    return Gone(reading=reading, triage=sorted_as, dossier=dossier, verdict=judge(dossier, call))
