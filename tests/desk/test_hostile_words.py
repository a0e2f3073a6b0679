"""What strangers write is shown as they wrote it, and never obeyed."""

import pytest
from django.test import Client

from dossier import Triage
from ledger import troubles
from ledger.models import Dossier, Finding, Incoming, IncomingFile, Outgoing, Waiver
from ledger.store import Store
from tests.desk.rows import a_file, a_held_letter, a_question, a_sorted_mail, judge, text
from tests.ledger.rows import NOW, a_gap

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\u202egpj.exe"


@pytest.fixture
def pages(store: Store) -> tuple[str, ...]:
    """Every page, with the same evil words wherever a stranger can put words."""
    a_held_letter(store)
    dossier = Dossier.objects.get()
    Dossier.objects.update(stage="judge", due_at=NOW)
    judge(store, dossier, a_gap(), a_question(), held=(EVIL,))
    mail, question = dossier.mails.get(), a_sorted_mail(store, Triage.QUERY, 2, EVIL)
    a_file(store, mail, EVIL)
    a_file(store, question, EVIL)
    IncomingFile.objects.update(where=EVIL, unread_reason=EVIL)
    Dossier.objects.update(unit_name=EVIL, doubts=[EVIL], set_aside=EVIL)
    Incoming.objects.update(
        subject=EVIL,
        sender=EVIL,
        sender_name=EVIL,
        reason=EVIL,
        received_note=EVIL,
        hard=[EVIL],
        soft=[EVIL],
    )
    reading = mail.reading or {}
    reading["envelope"] |= {"body": EVIL, "quoted": EVIL, "headers": [[EVIL, EVIL]]}
    Incoming.objects.update(reading=reading)
    Finding.objects.update(says=EVIL, remedy=EVIL, file=EVIL, spot=EVIL, words=EVIL)
    Waiver.objects.create(
        dossier=dossier, rule="C02", key="x", says=EVIL, officer="lan", reason=EVIL, at=NOW
    )
    Outgoing.objects.update(to=EVIL, to_name=EVIL, subject=EVIL, text=EVIL, answer=EVIL)
    troubles.begin("mailbox", EVIL[:200], EVIL, NOW)
    newest = Outgoing.objects.latest("pk")
    return (
        "/",
        f"/?tim={EVIL}",
        f"/ho-so/{dossier.code}/",
        "/thu/",
        f"/thu/{newest.pk}/",
        "/thu-den/",
        f"/thu-den/{mail.pk}/",
        f"/thu-den/{question.pk}/",
        "/tong-hop/",
        "/su-co/",
    )


def test_no_page_obeys_or_is_deceived_by_what_a_stranger_wrote(
    desk: Client, pages: tuple[str, ...]
) -> None:
    for address in pages:
        page = text(desk.get(address))

        assert "&lt;script&gt;alert(1)" in page, address
        assert "<script" not in page, address
        assert "<img" not in page, address
        if "tim=" not in address:
            assert "\u202e" not in page, address
