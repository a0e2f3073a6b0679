"""The open dossiers as a new mail needs to see them, gathered from the ledger."""

from dossier import Call
from ingest.join import Known, part_of, titles_of
from ledger import filing
from ledger.models import Dossier


def known(call: Call) -> tuple[Known, ...]:
    """Every dossier of a call, in the order they were opened."""
    dossiers = Dossier.objects.filter(call_id=call.id).order_by("number")
    return tuple(_known(dossier) for dossier in dossiers.prefetch_related("mails", "letters"))


def _known(dossier: Dossier) -> Known:
    rested = filing.readings(dossier)
    mails = list(dossier.mails.all())
    parts = [part for _, reading in rested if (part := part_of(reading))]
    newest = dossier.newest
    gaps = newest.findings.filter(severity="gap", outcome="fail", waived=False) if newest else None
    return Known(
        code=dossier.code,
        unit=dossier.unit_name,
        addresses=tuple(
            dict.fromkeys(mail.sender.lower() for mail in mails if mail.sender and mail.certain)
        ),
        message_ids=tuple(
            one
            for one in (
                *(mail.message_id for mail in mails),
                *(letter.message_id for letter in dossier.letters.all()),
            )
            if one
        ),
        digests=tuple(mail.digest for mail in mails),
        file_digests=tuple(
            file.digest for _, reading in rested for file in reading.files if not file.minor
        ),
        titles=tuple(dict.fromkeys(title for _, reading in rested for title in titles_of(reading))),
        first_received=dossier.opened_at,
        last_received=dossier.last_mail_at,
        parts_announced=max((part.of for part in parts), default=1) or 1,
        parts_received=len({part.number for part in parts}) or 1,
        state=dossier.state,
        open_gaps=tuple(gaps.values_list("rule", flat=True)) if gaps is not None else (),
    )
