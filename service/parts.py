"""“Phần 1/3”: the unit hears at once that the rest is awaited, before anything is judged (T6)."""

from dossier import Call, Reading, ReplyKind, Triage
from ingest.join import Placement
from ledger import filing, notices
from ledger.models import Dossier, Incoming
from ledger.verdicts import Ruling
from outbox.choose import choose
from outbox.mime import UnsendableError
from service import judging
from service.caps import caps
from service.log import logger
from service.wiring import Wired
from service.writing import draft_of


def occasion(dossier: Dossier) -> str:
    """A unit hears it once, however many parts it announces."""
    return f"partial:{dossier.code}"


def acknowledge(
    mail: int, reading: Reading, placement: Placement, office: Wired, call: Call
) -> None:
    """Say that the rest is awaited, when a mail just placed is a part and others are to come.

    Called after the mail is placed for good: a crash in between costs a courtesy, never a mail.
    """
    if placement.part is None or placement.part.of < 2:  # noqa: PLR2004 -- one part is a whole
        return
    row = Incoming.objects.select_related("dossier").get(pk=mail)
    if row.dossier is None or row.hard or notices.written(occasion(row.dossier)):
        return
    ruling = _ruling(row.dossier, call)
    kind = choose(
        None,
        triage=Triage(row.triage),
        soft=bool(row.soft) or not placement.certain,
        repeats=placement.repeats,
        parts_missing=ruling.assembled.parts_received < ruling.assembled.parts_announced,
    )
    if kind is not ReplyKind.PARTIAL:
        return
    now = office.clock.now()
    try:
        reply = judging.reply_to(
            ruling,
            call,
            office.letters,
            kind=kind,
            answering=reading,
            previous=None,
            held_because=judging.HELD_BY_MODE[office.mode(call)],
            now=now,
        )
        draft = draft_of(reply, office, call, now, code=row.dossier.code, number=0)
    except UnsendableError:
        logger().info("unsendable", dossier=row.dossier.pk, kind=kind.value)
        return
    notices.record(
        draft,
        occasion(row.dossier),
        now,
        caps=caps(office.settings.caps, now),
        call_id=call.id,
        dossier=row.dossier,
        answers=row,
    )


def _ruling(dossier: Dossier, call: Call) -> Ruling:
    rested = filing.readings(dossier)
    evidence = judging.Evidence(
        code=dossier.code,
        mails=tuple(mail.pk for mail, _ in rested),
        readings=tuple(reading for _, reading in rested),
        doubts=tuple(dossier.doubts),
        waived=frozenset(),
        confirmed={},
    )
    return judging.rule_on(evidence, call)
