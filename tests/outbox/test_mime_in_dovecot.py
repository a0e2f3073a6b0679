"""Four hundred Vietnamese subjects and names, decoded by a parser written in C: Dovecot's own."""

from dataclasses import replace

from dossier import Address
from tests.outbox.test_mime import BRIEF, phrases, written
from tests.servers import ImapServer

USER = "doc-tieu-de"


def test_four_hundred_subjects_and_names_are_found_whole_by_dovecot(imap: ImapServer) -> None:
    subjects = phrases()
    names = [phrase[:100].strip() for phrase in reversed(subjects)]
    with imap.visit(USER) as client:
        client._imap.debug = 0  # noqa: SLF001 -- it formats every literal otherwise
        for said, name in zip(subjects, names, strict=True):
            letter = replace(BRIEF, subject=said, to=Address("a@example.vn", name))
            client.append("INBOX", written(letter))
        client.select_folder("INBOX", readonly=True)

        missed = [
            uid
            for uid, (said, name) in enumerate(zip(subjects, names, strict=True), start=1)
            if uid not in client.search(["UID", uid, "SUBJECT", said, "TO", name], "UTF-8")
        ]

    assert missed == []


def test_a_subject_that_is_not_whole_is_not_found(imap: ImapServer) -> None:
    user = f"{USER}-2"
    with imap.visit(user) as client:
        client.append("INBOX", written(replace(BRIEF, subject="Đã nhận hồ sơ Mỹ Lộc")))
        client.select_folder("INBOX", readonly=True)

        found = [client.search(["SUBJECT", words], "UTF-8") for words in ("Mỹ Lộc", "MỹLộc")]

    assert found == [[1], []]
