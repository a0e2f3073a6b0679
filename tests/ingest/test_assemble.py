"""From mails to one dossier."""

from decimal import Decimal
from typing import Any

import pytest

from dossier import (
    CERTAIN,
    Address,
    Budget,
    Dossier,
    Element,
    FormField,
    OtherPaper,
    Paper,
    Place,
    ProposalForm,
    Reading,
    Role,
    SummaryRow,
    TaskKind,
    UnitKind,
    Unread,
    UnreadCause,
)
from ingest.assemble import assemble
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
    seen,
    table,
)

CODE = "1322-2025-0001"
LEAN = "Áp dụng công cụ LEAN tại doanh nghiệp dệt may"
KAIZEN = "Áp dụng công cụ KAIZEN tại doanh nghiệp dệt may"


def assembled(*readings: Reading, doubts: tuple[str, ...] = ()) -> Dossier:
    return assemble(CODE, readings, my_loc(), doubts=doubts)


def second(*papers: Paper, **changes: Any) -> Reading:  # noqa: ANN401 -- any header
    head = {"message_id": "<2@x>", "received_at": later(60), **changes}
    return reading(*papers, mail=envelope(**head))


def test_a_dossier_needs_a_mail() -> None:
    with pytest.raises(ValueError, match="has no mail"):
        assembled()


def test_rows_and_forms_meet_one_to_one() -> None:
    found = assembled(
        reading(cover(), table(FIVE_S, ISO), form(ISO, "P2.docx"), form(FIVE_S, "P1.docx"))
    )

    assert [(task.title, task.form.at.file if task.form else "") for task in found.tasks] == [
        (FIVE_S, "P1.docx"),
        (ISO, "P2.docx"),
    ]
    assert [task.likeness for task in found.tasks] == [1.0, 1.0]


def test_near_twins_are_not_taken_for_each_other() -> None:
    found = assembled(reading(table(KAIZEN, LEAN), form(LEAN, "1.docx"), form(KAIZEN, "2.docx")))

    assert [task.form.at.file if task.form else "" for task in found.tasks] == ["2.docx", "1.docx"]


def test_a_form_of_the_twin_is_only_a_guess() -> None:
    (task,) = assembled(reading(table(KAIZEN), form(LEAN))).tasks

    assert task.likeness < CERTAIN


def test_a_row_without_a_form_and_a_form_without_a_row_stay_apart() -> None:
    other = "Biên soạn tài liệu bồi dưỡng cán bộ hợp tác xã nông nghiệp"
    found = assembled(reading(table(FIVE_S), form(other)))

    assert [(bool(task.row), bool(task.form)) for task in found.tasks] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "ÁP DỤNG ISO 9001:2015 CHO DOANH NGHIỆP DỆT MAY",
        "Ap dung ISO 9001:2015 cho doanh nghiep det may",
        "Áp dụng ISO 9001: 2015 cho doanh nghiệp dệt may.",
        "Áp dụng ISO 9001:2015 cho các doanh nghiệp dệt may",
    ],
)
def test_one_title_typed_in_many_ways_is_one_task(written: str) -> None:
    (task,) = assembled(reading(table(ISO), form(written))).tasks

    assert task.likeness >= CERTAIN


def test_a_form_that_leaves_its_name_blank_belongs_to_the_row_left_over() -> None:
    found = assembled(reading(table(FIVE_S, ISO), form(FIVE_S, "1.docx"), form("", "2.docx")))

    assert [task.form.at.file if task.form else "" for task in found.tasks] == ["1.docx", "2.docx"]
    assert found.tasks[1].likeness >= CERTAIN


def test_the_priority_column_wins_over_the_order_of_rows() -> None:
    rows = (
        SummaryRow(at=Place("B.xlsx"), title=FIVE_S, order=1, priority=2),
        SummaryRow(at=Place("B.xlsx"), title=ISO, order=2, priority=1),
    )
    found = assembled(reading(table(rows=rows)))

    assert [task.priority for task in found.tasks] == [2, 1]


def test_without_a_priority_column_the_order_of_rows_is_the_priority() -> None:
    found = assembled(reading(table(FIVE_S, ISO)))

    assert [task.priority for task in found.tasks] == [1, 2]


def test_plain_words_in_the_table_make_a_pilot_model() -> None:
    (task,) = assembled(reading(table(FIVE_S), form(FIVE_S, kind=TaskKind.APPLY))).tasks

    assert task.kind is TaskKind.PILOT_MODEL


def test_a_loose_use_of_model_makes_none() -> None:
    title = "Áp dụng mô hình 5S tại doanh nghiệp dệt may"
    (task,) = assembled(reading(table(title), form(title))).tasks

    assert task.kind is TaskKind.APPLY


# Letters


def test_a_letter_goes_to_the_task_it_names() -> None:
    found = assembled(
        reading(table(FIVE_S, ISO), form(FIVE_S, "1.docx"), form(ISO), letter(tasks=(ISO,)))
    )

    assert [len(task.letters) for task in found.tasks] == [0, 1]


def test_a_letter_that_names_none_goes_to_the_only_pilot_model() -> None:
    found = assembled(reading(table(ISO, FIVE_S), form(ISO), form(FIVE_S, "2.docx"), letter()))

    assert [len(task.letters) for task in found.tasks] == [0, 1]


@pytest.mark.parametrize(
    ("named", "is_sure"),
    [
        ("Xây dựng mô hình điểm kiểm toán năng lượng tại doanh nghiệp dệt khăn", False),
        ("Xây dựng mô hình điểm áp dụng TPM tại doanh nghiệp dệt may", False),
        ("mô hình điểm ISO 9001", True),
        ("Hỗ trợ doanh nghiệp nâng cao năng suất và chất lượng sản phẩm, hàng hóa", True),
    ],
)
def test_a_letter_that_names_another_pilot_model_is_no_certain_letter_of_the_only_one(
    named: str, *, is_sure: bool
) -> None:
    only = "Xây dựng mô hình điểm áp dụng ISO 9001 tại doanh nghiệp ép nhựa"
    pilot = form(only, kind=TaskKind.PILOT_MODEL)

    found = assembled(reading(table(only), pilot, letter(tasks=(named,))))

    assert [one.confidence >= CERTAIN for one in found.tasks[0].letters] == [is_sure]


def test_a_letter_goes_with_the_form_in_its_folder() -> None:
    one, two = "Mô hình điểm Kaizen tại xã Mỹ Tân", "Mô hình điểm năng lượng tại xã Mỹ Hà"
    found = assembled(
        reading(
            table(one, two),
            form(one, "hs.zip/NV1/Phieu.docx"),
            form(two, "hs.zip/NV2/Phieu.docx"),
            letter(file="hs.zip/NV2/Cam ket.pdf"),
        )
    )

    assert [len(task.letters) for task in found.tasks] == [0, 1]


def test_a_letter_nothing_ties_stays_loose() -> None:
    one, two = "Mô hình điểm Kaizen tại xã Mỹ Tân", "Mô hình điểm năng lượng tại xã Mỹ Hà"
    found = assembled(reading(table(one, two), letter()))

    assert [len(task.letters) for task in found.tasks] == [0, 0]
    assert len(found.loose_letters) == 1


def test_a_letter_typed_and_signed_counts_once() -> None:
    found = assembled(
        reading(
            table(FIVE_S),
            letter(file="Cam ket Ha Phat (da ky).pdf"),
            letter(file="Cam ket Ha Phat.docx"),
        )
    )

    assert [one.at.file for one in found.commitment_letters] == ["Cam ket Ha Phat.docx"]


def test_letters_of_two_firms_both_count() -> None:
    found = assembled(reading(table(FIVE_S), letter(), letter("HTX Mỹ Tân", "Cam ket 2.pdf")))

    assert len(found.tasks[0].letters) == 2


def _own_form(value: str) -> Reading:
    field = FormField(key="kinh_phi", at=Place("Phieu 1.docx"), value=value)
    firm = "Công ty TNHH Hà Phát"
    return reading(
        cover(issuer=firm), table(FIVE_S), form(FIVE_S, proposer=firm, fields={"kinh_phi": field})
    )


def test_a_firm_that_proposes_itself_may_commit_in_its_form_and_a_person_confirms() -> None:
    found = assembled(
        _own_form(
            "Công ty cam kết phối hợp thực hiện nhiệm vụ, cam kết đối ứng kinh phí 500 triệu đồng "
            "và cam kết tiếp nhận, duy trì mô hình sau khi kết thúc."
        )
    )

    (own,) = found.tasks[0].letters
    assert {one.element for one in own.commitments} >= {
        Element.COOPERATE,
        Element.CO_FUND,
        Element.TAKE_UP,
    }
    assert any("cán bộ xác nhận" in doubt for doubt in found.doubts)


def test_ordinary_words_on_money_are_no_commitment() -> None:
    found = assembled(_own_form("1.200 triệu đồng, trong đó đối ứng 500 triệu đồng."))

    assert found.tasks[0].letters == ()


# Newest versions


def test_a_form_sent_again_replaces_the_old_one() -> None:
    old = form(ISO, budget=Budget(at=Place("x"), total=Decimal(100)))
    new = form(ISO, budget=Budget(at=Place("x"), total=Decimal(200)))
    found = assembled(reading(cover(), table(ISO), old), second(new))

    assert [one.budget and one.budget.total for one in found.proposal_forms] == [Decimal(200)]


def test_a_form_typed_and_signed_is_one_task_the_editable_first() -> None:
    found = assembled(reading(table(ISO), form(ISO, "Phieu.pdf"), form(ISO, "Phieu.docx")))

    assert [[one.at.file for one in task.forms] for task in found.tasks] == [
        ["Phieu.docx", "Phieu.pdf"]
    ]


def test_two_different_copies_in_one_mail_are_for_a_person() -> None:
    def copy(file: str, words: str) -> ProposalForm:
        return form(ISO, file, fields={"a": FormField(key="a", at=Place(file), value=words)})

    found = assembled(
        reading(table(ISO), copy("P.docx", "24 tháng"), copy("P v2.docx", "36 tháng"))
    )

    assert len(found.doubts) == 1
    assert "P.docx" in found.doubts[0]


def test_a_table_sent_again_replaces_the_old_one() -> None:
    found = assembled(
        reading(cover(), table(FIVE_S)), second(table(FIVE_S, ISO, file="Bang moi.xlsx"))
    )

    assert [one.at.file for one in found.summary_tables] == ["Bang moi.xlsx"]
    assert [task.title for task in found.tasks] == [FIVE_S, ISO]


def test_a_table_typed_and_signed_counts_once() -> None:
    found = assembled(reading(table(FIVE_S, ISO, file="B.pdf"), table(FIVE_S, ISO, file="B.xlsx")))

    assert [one.at.file for one in found.summary_tables] == ["B.xlsx"]
    assert len(found.tasks) == 2


def test_a_table_over_two_files_reads_on() -> None:
    found = assembled(reading(table(FIVE_S, file="1.xlsx"), table(ISO, file="2.xlsx")))

    assert [task.title for task in found.tasks] == [FIVE_S, ISO]


def test_a_letter_without_its_number_gives_way_to_the_one_that_has_it() -> None:
    found = assembled(reading(cover("CV nhap.docx", number="")), second(cover("CV 25.pdf")))

    assert [one.at.file for one in found.cover_letters] == ["CV 25.pdf"]


def test_a_supplement_keeps_what_came_before() -> None:
    found = assembled(reading(cover(), table(FIVE_S), form(FIVE_S)), second(letter()))

    assert (len(found.cover_letters), len(found.proposal_forms)) == (1, 1)
    assert len(found.tasks[0].letters) == 1
    assert (found.received_at, found.supplemented_at) == (MORNING, later(60))


def test_the_same_file_twice_is_one_paper() -> None:
    paper = form(ISO)
    file = seen(paper)
    again = reading(paper, files=(file,), mail=envelope(message_id="<2@x>"))
    found = assembled(reading(table(ISO), paper, files=(file,)), again)

    assert len(found.proposal_forms) == 1
    assert [place.file for place in found.duplicates] == ["Phieu 1.docx"]


# Unread files


def unread(file: str, cause: UnreadCause = UnreadCause.SCAN) -> Unread:
    return Unread(at=Place(file), cause=cause, reason="chưa đọc được")


def test_a_scan_whose_typed_copy_came_is_not_unread() -> None:
    found = assembled(reading(cover("CV 25.docx"), unread=(unread("CV 25 (đã ký).pdf"),)))

    assert found.unread == ()


def test_what_was_read_beside_an_unread_file_in_an_archive_does_not_stand_for_it() -> None:
    beside = reading(
        form(FIVE_S, file="Ho so.zip/Phieu 1.docx"), unread=(unread("Ho so.zip/CV.pdf"),)
    )

    found = assembled(beside)

    assert [one.at.file for one in found.unread] == ["Ho so.zip/CV.pdf"]


def test_a_scan_of_another_paper_stays_unread() -> None:
    found = assembled(reading(cover("CV 25.docx"), unread=(unread("CV 26.pdf"),)))

    assert [one.at.file for one in found.unread] == ["CV 26.pdf"]


def test_a_locked_archive_sent_again_open_is_settled() -> None:
    locked = unread("Ho so.rar", UnreadCause.ENCRYPTED)
    found = assembled(
        reading(unread=(locked,)),
        second(cover("moi/CV.docx"), form(ISO, "moi/P.docx"), body="Gửi lại không mật khẩu."),
    )

    assert found.unread == ()


def test_a_locked_archive_is_not_settled_by_an_unrelated_supplement() -> None:
    locked = unread("Ho so.rar", UnreadCause.ENCRYPTED)
    found = assembled(reading(unread=(locked,)), second(letter(), body="Gửi thêm cam kết."))

    assert [one.at.file for one in found.unread] == ["Ho so.rar"]


# The unit


def test_the_unit_is_who_signs_the_cover_letter() -> None:
    mail = envelope(sender=Address("ketoan@gmail.com", "Nguyễn Thị Hà"))
    found = assembled(reading(cover(issuer="CÔNG TY CỔ PHẦN DỆT MAY HƯNG THỊNH"), mail=mail))

    assert found.unit.name == "Công ty cổ phần Dệt May Hưng Thịnh"
    assert found.unit.kind is UnitKind.ENTERPRISE
    assert found.unit.addresses == ("ketoan@gmail.com",)


def test_an_invited_unit_is_known_by_any_of_its_names() -> None:
    found = assembled(reading(cover(issuer="ỦY BAN NHÂN DÂN XÃ MỸ HÀ")))

    assert (found.unit.name, found.unit.register_id) == ("UBND xã Mỹ Hà", "xa-my-ha")


def test_without_a_letter_the_forms_proposer_is_the_unit() -> None:
    mail = envelope(sender=Address("a@gmail.com", "Trần Văn B"), body="Gửi hồ sơ.")
    found = assembled(reading(form(proposer="HTX Nông nghiệp Mỹ Tân"), mail=mail))

    assert (found.unit.name, found.unit.kind) == ("HTX Nông nghiệp Mỹ Tân", UnitKind.COOPERATIVE)


def test_without_papers_the_mails_own_words_name_the_unit() -> None:
    mail = envelope(
        sender=Address("a@gmail.com", "Trần Văn B"), body="Hội Nông dân huyện xin gửi hồ sơ."
    )

    assert assembled(reading(mail=mail)).unit.name == "Hội Nông dân huyện Mỹ Lộc"


def test_nobody_is_made_up_for_an_unknown_sender() -> None:
    mail = envelope(sender=Address("a@gmail.com", "abc"), body="Gửi hồ sơ.")

    assert assembled(reading(mail=mail)).unit.name == ""


def test_a_firms_name_of_which_only_the_end_was_read_is_made_whole() -> None:
    sender = Address("info@truonggiang.vn", "Công ty TNHH MTV Nông sản Trường Giang")
    found = assembled(reading(cover(issuer="Trường Giang"), mail=envelope(sender=sender)))

    assert found.unit.name == "Công ty TNHH MTV Nông sản Trường Giang"
    assert found.units_seen == ()


def test_two_units_letters_in_one_mail_are_seen() -> None:
    found = assembled(reading(cover(), cover("CV2.pdf", issuer="UBND xã Mỹ Thắng", number="3/UB")))

    assert found.units_seen == ("UBND xã Mỹ Thắng",)


def test_a_commune_that_forwards_its_firms_letters_keeps_one_dossier() -> None:
    firm = cover("CV Song Chau.pdf", issuer="Công ty TNHH Sông Châu", number="4/CV")
    found = assembled(reading(firm, cover(), table(FIVE_S), form(FIVE_S)))

    assert found.unit.name == "UBND xã Mỹ Hà"
    assert found.units_seen == ()


def test_a_department_that_forwards_whole_dossiers_in_folders_is_seen_to() -> None:
    firm = cover("hs.zip/Song Chau/CV.pdf", issuer="Công ty TNHH Sông Châu", number="4/CV")
    found = assembled(
        reading(cover(issuer="Phòng Tư pháp"), firm, table(ISO, file="hs.zip/Song Chau/B.xlsx"))
    )

    assert found.units_seen == ("Công ty TNHH Sông Châu",)


# The rest


def test_nothing_to_propose_is_taken_from_the_letter() -> None:
    found = assembled(reading(cover(says_nothing_to_propose=True)))

    assert found.nothing_to_propose
    assert found.nil_words is not None


def test_a_task_anywhere_outweighs_words_of_nothing() -> None:
    mail = envelope(body="Ngoài ra không có đề xuất nhiệm vụ nào.")

    assert not assembled(reading(form(ISO), mail=mail)).nothing_to_propose


def test_a_unit_that_first_proposes_and_then_does_not_is_asked_by_a_person() -> None:
    nil = cover("CV 30.pdf", number="30/UB", says_nothing_to_propose=True)
    found = assembled(reading(cover(), form(ISO)), second(nil))

    assert not found.nothing_to_propose
    assert len(found.doubts) == 1


def test_parts_are_counted() -> None:
    found = assembled(
        reading(cover(), mail=envelope(subject="Hồ sơ (phần 1/3)")),
        second(form(ISO), subject="Hồ sơ (phần 2/3)"),
    )

    assert (found.parts_announced, found.parts_received) == (3, 2)


def test_doubts_of_the_joining_reach_the_dossier() -> None:
    assert assembled(reading(cover()), doubts=("Địa chỉ lạ.",)).doubts == ("Địa chỉ lạ.",)


def test_the_call_sent_back_is_no_cover_letter() -> None:
    call_letter = OtherPaper(at=Place("CV moi.pdf"), role=Role.CALL_LETTER)
    found = assembled(reading(call_letter, table(ISO), form()))

    assert found.cover_letters == ()
    assert found.other_papers == (call_letter,)


def test_a_telephone_is_unknown_while_a_file_is_unread() -> None:
    assert assembled(reading(cover(), unread=(unread("x.pdf"),))).contact is None
    assert assembled(reading(cover())).contact == ""
    assert assembled(reading(cover(), contact="0228 3811 204")).contact == "0228 3811 204"


def test_a_firms_letter_that_may_be_its_commitment_is_for_a_person() -> None:
    firm = cover("VB Song Chau.pdf", issuer="Công ty TNHH Sông Châu", number="4/CV")
    found = assembled(reading(cover(), firm, table(FIVE_S), form(FIVE_S)))

    assert any("VB Song Chau.pdf" in doubt for doubt in found.doubts)


def test_a_file_called_commitment_that_reads_as_a_letter_is_for_a_person() -> None:
    found = assembled(reading(cover("Cam ket.pdf"), table(ISO), form(ISO)))

    assert any("Cam ket.pdf" in doubt for doubt in found.doubts)


def test_without_a_table_the_letters_list_gives_the_order() -> None:
    found = assembled(reading(cover(titles=(FIVE_S, ISO)), form(ISO), form(FIVE_S, "2.docx")))

    assert [(task.title, task.priority) for task in found.tasks] == [(FIVE_S, 1), (ISO, 2)]


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Hồ sơ đề xuất xã Mỹ Thắng", "UBND xã Mỹ Thắng"),
        ("Hồ sơ đề xuất xã Mỹ Thắng và xã Mỹ Hà", ""),
        ("Hồ sơ đề xuất", ""),
    ],
)
def test_a_subject_names_the_unit_only_where_nothing_else_does(subject: str, name: str) -> None:
    sender = Address("xa.nao.do@gmail.com", "Văn thư")
    mail = envelope(subject=subject, sender=sender, body="Gửi hồ sơ.")

    assert assembled(reading(table(FIVE_S), mail=mail)).unit.name == name
