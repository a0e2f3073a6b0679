"""What a mail is to the office."""

import pytest

from dossier import FormFamily, Link, OtherPaper, Place, Reading, Role, Triage, Unread, UnreadCause
from ingest.triage import body_is_letter, says_nothing_to_propose, triage
from tests.ingest.builders import ISO, cover, envelope, form, my_loc, reading, table

SCAN = Unread(at=Place("scan0001.pdf"), cause=UnreadCause.SCAN, reason="bản quét")


def kind_of(found: Reading, **evidence: tuple[str, ...]) -> Triage:
    return triage(found, my_loc(), **evidence).triage


def test_a_mail_with_papers_is_a_submission() -> None:
    found = reading(cover(), table(ISO), form(ISO))

    assert kind_of(found) is Triage.SUBMISSION


def test_hard_evidence_of_a_machine_wins_over_everything() -> None:
    found = reading(cover(), table(ISO), form(ISO))

    assert kind_of(found, hard=("thư báo của máy chủ thư",)) is Triage.AUTOMATIC


def test_a_dossier_sent_through_a_list_is_still_a_submission() -> None:
    mail = envelope(headers=(("list-id", "<xa.example>"),))

    assert kind_of(reading(cover(), form(), mail=mail), soft=("List-Id",)) is Triage.SUBMISSION


def test_a_circular_of_a_list_is_automatic() -> None:
    mail = envelope(subject="Bản tin", body="Tin tuần này.", headers=(("list-id", "<tin>"),))

    assert kind_of(reading(mail=mail), soft=("List-Id",)) is Triage.AUTOMATIC


def test_an_absence_notice_without_marks_is_automatic() -> None:
    mail = envelope(
        subject="Trả lời tự động: Xác nhận đã nhận hồ sơ", body="Tôi đang đi công tác đến 25/3."
    )

    assert kind_of(reading(mail=mail), soft=("tiêu đề",)) is Triage.AUTOMATIC


def test_a_state_secret_mark_isolates_the_mail_and_its_reason_names_no_content() -> None:
    found = triage(reading(cover("Ke hoach X.pdf"), secret=True), my_loc())

    assert found.triage is Triage.QUARANTINED
    assert "Ke hoach X" not in found.reason


def test_a_state_secret_is_isolated_even_when_a_machine_sent_it() -> None:
    found = triage(reading(secret=True), my_loc(), hard=("Auto-Submitted",))

    assert found.triage is Triage.QUARANTINED


def test_a_mail_with_nothing_but_a_dangerous_file_is_isolated() -> None:
    unsafe = Unread(at=Place("hoso.exe"), cause=UnreadCause.UNSAFE, reason="tệp chạy được")

    assert kind_of(reading(unread=(unsafe,), hostile=("hoso.exe",))) is Triage.QUARANTINED


def test_a_dangerous_file_beside_good_papers_does_not_lose_the_dossier() -> None:
    unsafe = Unread(at=Place("x.exe"), cause=UnreadCause.UNSAFE, reason="tệp chạy được")
    found = reading(cover(), form(), unread=(unsafe,), hostile=("x.exe",))

    assert kind_of(found) is Triage.SUBMISSION


@pytest.mark.parametrize(
    "body",
    [
        "Phòng Tư pháp gửi văn bản trả lời (không có đề xuất).",
        "Sau khi rà soát, đơn vị không có nhiệm vụ đề xuất năm 2025.",
        "Hội xin báo cáo: không đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322.",
        "Xã chưa có nhu cầu đề xuất nhiệm vụ trong đợt này.",
        "don vi khong co de xuat nhiem vu khcn",
    ],
)
def test_a_unit_that_proposes_nothing_answers_all_the_same(body: str) -> None:
    mail = envelope(subject="Trả lời công văn đề xuất nhiệm vụ", body=body)

    assert kind_of(reading(mail=mail)) is Triage.NIL_RETURN


def test_a_letter_that_says_nothing_to_propose_is_a_nil_return() -> None:
    assert kind_of(reading(cover(says_nothing_to_propose=True))) is Triage.NIL_RETURN


def test_words_of_nothing_beside_a_form_are_no_nil_return() -> None:
    mail = envelope(body="Ngoài ra đơn vị không có đề xuất khác.")

    assert kind_of(reading(cover(), form(), mail=mail)) is Triage.SUBMISSION


def test_nothing_to_propose_in_the_quoted_trail_is_not_the_senders_word() -> None:
    mail = envelope(body="Kính gửi hồ sơ.", quoted="Đơn vị không có đề xuất thì báo cáo.")

    assert kind_of(reading(cover(), mail=mail)) is Triage.SUBMISSION


@pytest.mark.parametrize(
    "sentence",
    [
        "Nếu không có đề xuất thì có phải gửi báo cáo không?",
        "Trường hợp không có đề xuất đề nghị phản hồi.",
        "Phiếu không có đề xuất kinh phí.",
    ],
)
def test_a_question_or_a_condition_says_nothing(sentence: str) -> None:
    assert says_nothing_to_propose(sentence) == ""


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Hỏi về việc đề xuất nhiệm vụ", "Cho hỏi hạn nộp phiếu đề xuất là ngày nào?"),
        ("Re: [1322-2025-0001] Đề nghị bổ sung", "Đơn vị đã gửi rồi, đề nghị kiểm tra lại."),
        ("Re: [1322-2025-0001] Xác nhận đã nhận hồ sơ", "Cảm ơn anh chị."),
        ("Hỏi gia hạn", "Đang lấy chữ ký, nộp sang đầu tuần sau được không ạ?"),
        ("Xin mẫu phiếu", "Anh gửi giúp em mẫu phiếu đề xuất Chương trình 1322 với ạ."),
    ],
)
def test_a_person_who_asks_is_answered_by_a_person(subject: str, body: str) -> None:
    assert kind_of(reading(mail=envelope(subject=subject, body=body))) is Triage.QUERY


def test_our_own_call_sent_back_with_a_question_is_a_question() -> None:
    call_letter = OtherPaper(at=Place("CV moi.pdf"), role=Role.CALL_LETTER)
    mail = envelope(subject="Fwd: đề xuất nhiệm vụ", body="Mẫu phiếu lấy ở đâu ạ?")

    assert kind_of(reading(call_letter, mail=mail)) is Triage.QUERY


def test_a_forgotten_attachment_is_for_a_person() -> None:
    mail = envelope(body="UBND xã gửi hồ sơ đề xuất nhiệm vụ kèm theo thư này.")

    assert kind_of(reading(mail=mail)) is Triage.QUERY


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Giấy mời họp giao ban tuần 12", "Kính mời dự họp lúc 8 giờ."),
        ("Khuyến mãi tháng 3", "Giảm giá mực in."),
        ("Xin gia hạn giấy phép xây dựng", "Nhà tôi xây dở."),
        ("Chúc mừng năm mới", "Chúc anh chị mạnh khỏe."),
        ("", ""),
    ],
)
def test_other_mail_is_other_mail(subject: str, body: str) -> None:
    assert kind_of(reading(mail=envelope(subject=subject, body=body))) is Triage.OTHER


def test_an_ordinary_official_letter_is_not_for_this_call() -> None:
    paper = cover("BC.pdf", subject="V/v báo cáo tình hình dịch bệnh trên đàn lợn")
    mail = envelope(subject="Báo cáo tuần", body="Xã gửi báo cáo.")

    assert kind_of(reading(paper, mail=mail, call_cues=())) is Triage.OTHER


def test_a_provincial_form_alone_is_for_another_call() -> None:
    paper = form("Nghiên cứu giống lúa", family=FormFamily.LOOK_ALIKE)
    mail = envelope(subject="Phiếu đề xuất đề tài cấp tỉnh", body="Gửi phòng.")
    found = reading(paper, mail=mail, call_cues=(), other_cues=("cấp tỉnh",))

    assert kind_of(found) is Triage.OTHER


def test_a_provincial_form_in_answer_to_this_call_stays_in_the_dossier() -> None:
    paper = form("Nghiên cứu giống lúa", family=FormFamily.LOOK_ALIKE)

    assert kind_of(reading(cover(), paper, other_cues=("cấp tỉnh",))) is Triage.SUBMISSION


def test_a_scan_nobody_could_read_may_be_a_dossier() -> None:
    mail = envelope(subject="", body="")

    assert kind_of(reading(mail=mail, unread=(SCAN,))) is Triage.SUBMISSION


def test_an_unreadable_invitation_is_still_an_invitation() -> None:
    mail = envelope(subject="Giấy mời họp", body="")

    assert kind_of(reading(mail=mail, unread=(SCAN,))) is Triage.OTHER


def test_a_link_in_place_of_the_files_is_a_submission() -> None:
    link = Link(at=Place("(nội dung thư)"), url="https://drive.google.com/x")
    mail = envelope(body="Hồ sơ đề xuất nhiệm vụ để ở liên kết: https://drive.google.com/x")

    assert kind_of(reading(mail=mail, links=(link,))) is Triage.SUBMISSION


def test_a_letter_typed_into_the_mail_is_a_submission() -> None:
    body = (
        "UBND XÃ MỸ HÀ\nSố: 25/UBND-VP\nV/v đề xuất nhiệm vụ\n"
        "Kính gửi: Phòng Kinh tế và Hạ tầng huyện Mỹ Lộc\n"
        "Thực hiện Công văn về việc đề xuất nhiệm vụ khoa học và công nghệ cấp quốc gia, UBND xã "
        "đề xuất nhiệm vụ sau: 1. Nhiệm vụ áp dụng ISO 9001 cho hợp tác xã nông nghiệp của xã, "
        "thực hiện trong 24 tháng từ năm 2025, kinh phí dự kiến một tỷ hai trăm triệu đồng.\n"
        "Kính đề nghị Phòng xem xét, tổng hợp.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    )

    assert body_is_letter(body)
    assert kind_of(reading(mail=envelope(body=body))) is Triage.SUBMISSION


def test_a_few_lines_that_present_the_files_are_no_letter() -> None:
    assert not body_is_letter("Kính gửi phòng KT&HT,\nXã Mỹ Hà gửi Tờ trình số 14 kèm hồ sơ.")
