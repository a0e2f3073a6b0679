"""Which dossier a mail belongs to, and how sure of it anybody can be."""

from collections.abc import Mapping
from typing import Any

import pytest

from dossier import Address, Reading, Triage
from ingest.join import Known, Part, Placement, part_of, place, titles_of, unit_named
from ingest.triage import triage
from tests.ingest.builders import (
    FIVE_S,
    ISO,
    MORNING,
    cover,
    envelope,
    form,
    later,
    letter,
    my_loc,
    reading,
    table,
)

CODE = "1322-2025-0001"
OURS = f"<vt.{CODE}.gaps.1.0123456789abcdef@namdinh.gov.vn>"
STRANGER = Address("nguoila@gmail.com", "Trần Văn B")


def known(**changes: Any) -> Known:  # noqa: ANN401 -- any field of the value
    values: dict[str, Any] = {
        "code": CODE,
        "unit": "UBND xã Mỹ Hà",
        "addresses": ("xamyha@gmail.com",),
        "message_ids": ("<1@xamyha.example>",),
        "titles": (FIVE_S, ISO),
        "first_received": MORNING,
        "last_received": MORNING,
    }
    return Known(**values | changes)


def placed(found: Reading, *entries: Known, verified: Mapping[str, str] | None = None) -> Placement:
    triaged = triage(found, my_loc())
    return place(found, triaged, entries, my_loc(), verified=(verified or {}).get)


def mail_at(minutes: int = 60, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- any field
    return {"message_id": "<2@xamyha.example>", "received_at": later(minutes), **changes}


def test_a_first_mail_opens_a_dossier() -> None:
    found = placed(reading(cover(), table(ISO), form()))

    assert (found.triage, found.code, found.opens, found.certain) == (
        Triage.SUBMISSION,
        None,
        True,
        True,
    )


def test_an_answer_to_our_own_letter_joins_whoever_sent_it() -> None:
    mail = envelope(**mail_at(in_reply_to=(OURS,), sender=STRANGER))
    found = placed(reading(letter(), mail=mail), known(), verified={OURS: CODE})

    assert (found.triage, found.code, found.certain) == (Triage.SUPPLEMENT, CODE, True)


def test_a_forged_token_from_a_stranger_is_for_a_person() -> None:
    mail = envelope(**mail_at(in_reply_to=(OURS,), sender=STRANGER))
    found = placed(reading(letter(), mail=mail), known())

    assert (found.code, found.certain) == (CODE, False)


def test_a_code_in_the_subject_counts_from_a_known_sender() -> None:
    mail = envelope(**mail_at(subject=f"Re: [{CODE}] Đề nghị bổ sung"))
    found = placed(reading(letter(), mail=mail), known())

    assert (found.triage, found.code, found.certain) == (Triage.SUPPLEMENT, CODE, True)


def test_a_code_from_an_address_never_seen_replaces_nothing_in_silence() -> None:
    mail = envelope(**mail_at(subject=f"[{CODE}] bản thay thế", sender=STRANGER))
    found = placed(reading(form(ISO), mail=mail), known())

    assert (found.code, found.certain) == (CODE, False)
    assert "cán bộ xác nhận" in found.reason


def test_a_thread_of_the_same_sender_joins() -> None:
    mail = envelope(**mail_at(references=("<1@xamyha.example>",)))
    found = placed(reading(letter(), mail=mail), known())

    assert (found.code, found.certain) == (CODE, True)


def test_another_units_dossier_in_an_old_thread_opens_its_own() -> None:
    mail = envelope(**mail_at(references=("<1@xamyha.example>",)))
    papers = (cover(issuer="UBND xã Mỹ Thắng"), table(ISO), form())
    found = placed(reading(*papers, mail=mail), known())

    assert (found.code, found.opens) == (None, True)


def test_a_whole_new_set_of_tasks_in_an_old_thread_is_for_a_person() -> None:
    mail = envelope(**mail_at(references=("<1@xamyha.example>",)))
    other = "Nghiên cứu chính sách hỗ trợ hộ kinh doanh"
    found = placed(reading(cover(), table(other), form(other), mail=mail), known())

    assert (found.code, found.certain) == (CODE, False)


def test_a_new_mail_of_the_same_unit_and_address_is_a_supplement() -> None:
    mail = envelope(**mail_at(subject="Gửi bổ sung cam kết"))
    found = placed(reading(letter(), mail=mail), known())

    assert (found.triage, found.code, found.certain) == (Triage.SUPPLEMENT, CODE, True)


def test_the_same_unit_from_an_address_never_seen_is_for_a_person() -> None:
    mail = envelope(**mail_at(sender=STRANGER))
    found = placed(reading(cover(), form(ISO), mail=mail), known())

    assert (found.code, found.certain) == (CODE, False)


def test_a_colleague_at_the_firms_own_domain_speaks_for_it() -> None:
    firm = known(unit="Công ty CP Dệt may Hưng Thịnh", addresses=("vp@hungthinh.com.vn",))
    sender = Address("ketoan@hungthinh.com.vn", "Nguyễn Thị Hà")
    papers = (cover(issuer="Công ty cổ phần Dệt may Hưng Thịnh"), form(ISO))
    found = placed(reading(*papers, mail=envelope(**mail_at(sender=sender))), firm)

    assert (found.code, found.certain) == (CODE, True)


@pytest.mark.parametrize("domain", ["gmail.com", "namdinh.gov.vn"])
def test_a_shared_domain_proves_nothing(domain: str) -> None:
    entry = known(addresses=(f"xamyha@{domain}",))
    mail = envelope(**mail_at(sender=Address(f"khac@{domain}", "Người khác")))
    found = placed(reading(cover(), form(ISO), mail=mail), entry)

    assert (found.code, found.certain) == (CODE, False)


def test_one_clerks_account_for_two_units_keeps_two_dossiers() -> None:
    papers = (cover(issuer="UBND xã Mỹ Thắng"), table(ISO), form(ISO))
    found = placed(reading(*papers, mail=envelope(**mail_at())), known())

    assert found.opens


def test_a_lone_paper_from_an_account_of_two_units_goes_by_its_task() -> None:
    other = known(code="1322-2025-0002", unit="UBND xã Mỹ Thắng", titles=("Chính sách hộ nghề",))
    mail = envelope(**mail_at(sender=Address("xamyha@gmail.com", "Văn thư")))
    found = placed(reading(letter(tasks=(FIVE_S,)), mail=mail), known(), other)

    assert (found.code, found.certain) == (CODE, True)


def test_a_lone_paper_that_names_nothing_from_such_an_account_is_for_a_person() -> None:
    other = known(code="1322-2025-0002", unit="UBND xã Mỹ Thắng", titles=("Chính sách hộ nghề",))
    mail = envelope(**mail_at(body="Gửi bổ sung.", sender=Address("xamyha@gmail.com", "Văn thư")))
    found = placed(reading(letter(), mail=mail), known(), other)

    assert not found.certain


def test_the_same_mail_again_makes_no_second_dossier() -> None:
    first = reading(cover(), table(ISO), form())
    found = placed(first, known(digests=(first.digest,)))

    assert (found.code, found.repeats, found.opens) == (CODE, True, False)


def test_the_same_papers_again_bring_nothing_new() -> None:
    first = reading(cover(), table(ISO))
    again = reading(cover(), table(ISO), files=first.files, mail=envelope(**mail_at()))
    digests = tuple(file.digest for file in first.files)
    found = placed(again, known(file_digests=digests))

    assert (found.code, found.repeats) == (CODE, True)


def test_an_answer_without_papers_is_a_question_laid_beside_its_dossier() -> None:
    mail = envelope(**mail_at(subject=f"Re: [{CODE}] Đề nghị bổ sung", body="Đã gửi rồi."))
    found = placed(reading(mail=mail), known())

    assert (found.triage, found.code, found.opens) == (Triage.QUERY, CODE, False)


def test_other_mail_opens_nothing() -> None:
    mail = envelope(subject="Giấy mời", body="Kính mời dự họp.")
    found = placed(reading(mail=mail), known())

    assert (found.triage, found.code, found.opens) == (Triage.OTHER, None, False)


@pytest.mark.parametrize(
    ("subject", "part"),
    [
        ("hồ sơ đề xuất 1322 (phần 1/3)", Part(number=1, of=3)),
        ("Hồ sơ Mỹ Hà - Phần 2 trên 3", Part(number=2, of=3)),
        ("Hồ sơ [2/2]", Part(number=2, of=2)),
        ("Thư 1/2: công văn", Part(number=1, of=2)),
        ("Hồ sơ phần 2", Part(number=2)),
        ("Hồ sơ ngày 20/3/2024", None),
        ("Trả lời công văn (20/3)", None),
        ("Hồ sơ đề xuất", None),
    ],
)
def test_a_subject_tells_which_part_it_is(subject: str, part: Part | None) -> None:
    assert part_of(reading(mail=envelope(subject=subject, body=""))) == part


def test_a_part_from_the_same_address_joins_without_naming_its_unit() -> None:
    sender = Address("tuan@gmail.com", "Lộc Hà Seafood")
    entry = known(unit="Công ty TNHH Chế biến Thủy sản Lộc Hà", addresses=("tuan@gmail.com",))
    mail = envelope(**mail_at(4, sender=sender, subject="Hồ sơ (phần 2/3)", body="Phần 2"))
    found = placed(reading(form(ISO), mail=mail), entry)

    assert (found.code, found.certain, found.part) == (CODE, True, Part(number=2, of=3))


def test_the_cover_letter_names_the_unit_before_the_sender_does() -> None:
    assert unit_named(reading(cover(issuer="UBND XÃ MỸ THẮNG")), my_loc()) == "UBND xã Mỹ Thắng"


def test_titles_come_from_every_paper_once() -> None:
    found = reading(table(ISO), form(ISO), letter(tasks=(FIVE_S,)))

    assert titles_of(found) == (ISO, FIVE_S)


def test_a_body_that_mentions_a_part_of_a_letter_announces_nothing() -> None:
    mail = envelope(subject="Hồ sơ", body="Đơn vị gửi hồ sơ theo phần 2 của công văn.")

    assert part_of(reading(mail=mail)) is None
