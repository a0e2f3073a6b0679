"""Rows as a day brings them."""

from datetime import UTC, datetime, timedelta

from dossier import Address, Envelope, Reading, ReceivedSource, ReplyKind, Unit, UnitKind
from dossier import Dossier as Assembled
from ledger import filing, intake, verdicts, work
from ledger.models import Dossier, Incoming, Stage
from ledger.store import Store
from rules import Finding, Judged, Outcome, Severity, Verdict

NOW = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)
UNIT = Unit(name="UBND xã Mỹ Hà", kind=UnitKind.COMMUNE)
VERSIONS = verdicts.Versions(rules="r1", call="c1", readers="d1")


def a_spot(uid: int = 1, uidvalidity: int = 7) -> intake.Spot:
    return intake.Spot(account="van-thu", folder="INBOX", uidvalidity=uidvalidity, uid=uid)


def a_mail(store: Store, uid: int = 1, raw: bytes | None = None) -> Incoming:
    """A mail that has just come in."""
    intake.record(store, a_spot(uid), raw or b"Subject: thu %d\r\n\r\n" % uid, NOW, NOW)
    return Incoming.objects.get(uid=uid)


def a_reading(mail: Incoming, name: str = "UBND xã Mỹ Hà") -> Reading:
    envelope = Envelope(
        message_id=f"<{mail.uid}@xa.example>",
        sender=Address("vanthu@xa.example", name),
        subject="Hồ sơ đề xuất",
        received_at=mail.received_at,
        received_source=ReceivedSource.INTERNALDATE,
    )
    return Reading(envelope=envelope, digest=mail.digest)


def read(mail: Incoming, name: str = "UBND xã Mỹ Hà") -> None:
    """Record that a mail was read."""
    claimed = work.claim(Stage.READ, mail.pk, NOW)
    assert claimed is not None
    receipt = intake.Receipt(at=mail.received_at, source="internaldate")
    intake.record_reading(claimed, a_reading(mail, name), receipt, NOW)
    mail.refresh_from_db()


def open_dossier(mail: Incoming) -> Dossier:
    """Put a mail that was read into a dossier of its own, due to be judged at once."""
    claimed = work.claim(Stage.PLACE, mail.pk, NOW)
    assert claimed is not None
    with filing.placing(claimed):
        dossier = filing.open_dossier("1322-2025", UNIT, mail.received_at)
        filing.put(mail, dossier, now=NOW, quiet_until=NOW)
        work.hand_on(claimed, None)
    dossier.refresh_from_db()
    return dossier


def a_dossier(store: Store, uid: int = 1) -> Dossier:
    """A dossier of one mail, due to be judged."""
    mail = a_mail(store, uid)
    read(mail)
    return open_dossier(mail)


def a_gap(says: str = "Thiếu Bảng tổng hợp.") -> Judged:
    finding = Finding(outcome=Outcome.FAIL, says=says, remedy="Gửi bổ sung.")
    return Judged(rule="C02", severity=Severity.GAP, finding=finding)


def a_ruling(dossier: Dossier, *judged: Judged) -> verdicts.Ruling:
    return verdicts.Ruling(
        assembled=Assembled(code=dossier.code, unit=UNIT, received_at=NOW),
        verdict=Verdict(judged=judged, passed=("C01",)),
        waived=verdicts.waived_in(dossier),
        mails=tuple(dossier.mails.values_list("pk", flat=True)),
        versions=VERSIONS,
    )


def a_draft(store: Store, dossier: Dossier, version: int = 1, *held: str) -> verdicts.Draft:
    return verdicts.Draft(
        kind=ReplyKind.GAPS,
        to="vanthu@xa.example",
        to_name="UBND xã Mỹ Hà",
        subject=f"[{dossier.code}] Đề nghị bổ sung",
        text="Kính gửi",
        html="<p>Kính gửi</p>",
        message_id=f"<vt.{dossier.code}.{version}@huyen.example>",
        digest=store.put(b"letter of version %d" % version),
        held_because=held,
    )
