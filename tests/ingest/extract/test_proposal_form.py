"""Fields of a proposal form, by label, whatever the layout."""

from dossier import FormFamily, ProposalForm, TaskKind, Text
from ingest.content import Content
from ingest.extract.passage import Origin, passages
from ingest.extract.proposal_form import FormRead, extract
from tests.ingest.extract.contents import CALL, pdf, table, word
from tests.ingest.extract.texts import FILLED, FIRST, blank_form, form

KEYS = (
    "ten",
    "can_cu",
    "cap_thiet",
    "muc_tieu",
    "ket_qua",
    "noi_dung",
    "dia_chi",
    "thoi_gian",
    "kinh_phi",
)


def read_whole(content: Content) -> FormRead:
    lines = tuple(passages(content.items))
    return extract(lines, CALL, Origin(file="phieu.docx"), "PHIẾU ĐỀ XUẤT")


def read(content: Content) -> ProposalForm:
    return read_whole(content).form


def values(found: ProposalForm) -> dict[str, str]:
    return {key: field.value.rstrip(".") for key, field in found.fields.items()}


def answers() -> dict[str, str]:
    return {key: FILLED[key].rstrip(".") for key in KEYS}


def test_every_field_is_read_with_its_number_and_place() -> None:
    found = read(word(form()))

    assert values(found) == answers()
    assert [field.number for field in found.fields.values()] == [str(n) for n in range(1, 10)]
    assert found.fields["kinh_phi"].at.file == "phieu.docx"
    assert found.fields["kinh_phi"].at.words == FILLED["kinh_phi"]


def test_name_duration_budget_and_signature_are_understood() -> None:
    found = read(word(form()))

    assert found.task == FIRST
    assert found.duration is not None
    assert found.duration.months == 24
    assert found.duration.start_year == 2025
    assert found.budget is not None
    assert found.budget.total == 1500
    assert (found.proposer, found.signatory) == ("UBND xã Mỹ Hà", "Đặng Văn Vượng")
    assert (found.template, found.family) == ("A1", FormFamily.TT03_2017)
    assert found.text is Text.NATIVE


def test_answers_may_stand_on_the_lines_below_their_labels() -> None:
    below = {key: f"\n{FILLED[key]}" for key in KEYS if key != "cap_thiet"}

    assert values(read(word(form(**below)))) == answers()


def test_an_answer_of_several_paragraphs_is_kept_whole() -> None:
    found = read(word(form(muc_tieu="\n- Giảm 20% lãng phí\n- 10 đơn vị áp dụng")))

    assert found.value("muc_tieu") == "- Giảm 20% lãng phí\n- 10 đơn vị áp dụng"


def test_dots_underscores_and_printed_hints_are_no_answer() -> None:
    found = read_whole(word(blank_form()))

    assert set(values(found.form)) == set(KEYS)
    assert set(values(found.form).values()) == {""}
    assert found.filled == 0


def test_a_hint_before_the_answer_is_taken_off() -> None:
    hint = (
        "(giải trình căn cứ theo quy định tại Điều 3 của Thông tư 03/2017/TT-BKHCN Quy định "
        "trình tự thủ tục xác định nhiệm vụ khoa học và công nghệ cấp quốc gia sử dụng ngân sách "
        "nhà nước)"
    )

    assert read(word(form(can_cu=f"{hint} Quyết định 1322"))).value("can_cu") == "Quyết định 1322"
    assert read(word(form(can_cu=f"{hint}\nQuyết định 1322"))).value("can_cu") == "Quyết định 1322"


def test_brackets_that_are_the_answer_stay() -> None:
    found = read(word(form(noi_dung="(1) Khảo sát. (2) Áp dụng.")))

    assert found.value("noi_dung") == "(1) Khảo sát. (2) Áp dụng."


def test_what_a_template_prints_between_its_dots_is_no_answer() -> None:
    found = read(word(form(thoi_gian="… tháng, từ … đến …", kinh_phi="......... triệu đồng")))

    assert (found.value("thoi_gian"), found.value("kinh_phi")) == ("", "")
    assert found.duration is None
    assert found.budget is None


def test_a_short_figure_is_an_answer() -> None:
    assert read(word(form(thoi_gian="24 tháng"))).value("thoi_gian") == "24 tháng"


def test_a_field_that_is_not_on_the_paper_is_not_among_the_fields() -> None:
    lines = [line for line in form().splitlines() if not line.startswith("7.")]

    assert "dia_chi" not in read(word("\n".join(lines))).fields


def test_labels_in_capitals_or_without_accents_are_the_same_labels() -> None:
    bare = form().translate(str.maketrans("Đđ", "Dd"))

    assert set(read(word(form().upper())).fields) == set(KEYS)
    assert set(read(word(bare)).fields) == set(KEYS)


def test_labels_without_numbers_are_found() -> None:
    lines = [
        line.split(". ", 1)[1] if line[:1].isdigit() and line[1:3] == ". " else line
        for line in form().splitlines()
    ]

    assert values(read(word("\n".join(lines)))) == answers()


def test_a_numbered_list_inside_an_answer_begins_no_field() -> None:
    found = read(word(form(noi_dung="\n1. Khảo sát hiện trạng\n2. Áp dụng công cụ\n3. Đánh giá")))

    assert found.value("noi_dung") == "1. Khảo sát hiện trạng\n2. Áp dụng công cụ\n3. Đánh giá"
    assert found.value("dia_chi") == FILLED["dia_chi"]


def test_a_form_in_a_table_is_read_by_its_first_column() -> None:
    rows = [
        ("1. Tên Đề tài/Đề án", FIRST),
        ("2. Căn cứ đề xuất", "Quyết định 1322"),
        ("3. Tính cấp thiết", "Năng suất thấp, cần cải tiến"),
        ("4. Mục tiêu", "Giảm 20% lãng phí"),
        ("5. Yêu cầu các kết quả chính và các chỉ tiêu cần đạt", "…………"),
    ]

    found = read(word(table(*rows)))

    assert values(found) == {
        "ten": FIRST,
        "can_cu": "Quyết định 1322",
        "cap_thiet": "Năng suất thấp, cần cải tiến",
        "muc_tieu": "Giảm 20% lãng phí",
        "ket_qua": "",
    }
    assert found.fields["muc_tieu"].at.spot == "bảng 1, dòng 4, cột 2"


def test_a_column_of_row_numbers_is_no_answer() -> None:
    rows = [
        ("1", "Tên Đề tài/Đề án", FIRST),
        ("2", "Căn cứ đề xuất", "Quyết định 1322"),
        ("3", "Tính cấp thiết", ""),
        ("4", "Mục tiêu", "Giảm 20% lãng phí"),
    ]

    assert values(read(word(table(*rows)))) == {
        "ten": FIRST,
        "can_cu": "Quyết định 1322",
        "cap_thiet": "",
        "muc_tieu": "Giảm 20% lãng phí",
    }


def test_labels_and_answers_broken_over_the_lines_of_a_pdf_are_put_together() -> None:
    first = """
        1. Tên Đề tài/Đề án: Áp dụng 5S và Kaizen tại
        doanh nghiệp cơ khí
        3. Tính cấp thiết; tầm quan trọng phải thực hiện ở tầm quốc gia; tác động và
        ảnh hưởng đến đời sống kinh tế - xã hội của đất nước v.v...:
        Năng suất thấp.
        5. Yêu cầu các kết quả chính và các chỉ tiêu cần
        đạt: ..........
        7. Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra:
    """
    second = """
        Doanh nghiệp cơ khí
        8. Yêu cầu đối với thời gian để đạt được các kết quả: 24 tháng
        Mỹ Hà, ngày 18 tháng 3 năm 2024
        TM. ỦY BAN NHÂN DÂN
    """

    found = read(pdf(first, second))

    assert values(found) == {
        "ten": FIRST,
        "cap_thiet": "Năng suất thấp",
        "ket_qua": "",
        "dia_chi": "Doanh nghiệp cơ khí",
        "thoi_gian": "24 tháng",
    }


def test_a_label_without_a_colon_is_told_from_its_answer() -> None:
    found = read(
        word(
            form().replace(
                "8. Yêu cầu đối với thời gian để đạt được các kết quả:",
                "8. Yêu cầu đối với thời gian để đạt được các kết quả",
            )
        )
    )

    assert found.value("thoi_gian") == FILLED["thoi_gian"]


def test_words_after_a_label_belong_to_it_up_to_the_colon() -> None:
    found = read(
        word(
            form()
            .replace("4. Mục tiêu:", "4. Mục tiêu của nhiệm vụ đề xuất:")
            .replace(FILLED["muc_tieu"], "")
        )
    )

    assert found.value("muc_tieu") == ""


def test_a_unit_in_the_label_makes_a_bare_number_money() -> None:
    found = read(
        word(form(kinh_phi="500").replace("nhu cầu kinh phí:", "nhu cầu kinh phí (triệu đồng):"))
    )

    assert found.budget is not None
    assert found.budget.total == 500


def test_the_form_is_told_by_whom_it_is_for_not_by_its_code() -> None:
    found = read(word(form().replace("đề tài hoặc đề án)", "dự án khoa học và công nghệ)")))

    assert (found.template, found.family) == ("A3", FormFamily.TT03_2017)


def test_a_form_of_the_newer_circular_is_known_by_its_mark() -> None:
    text = """
        Mẫu A1-ĐXNV
        06/2023/TT-BKHCN
        (Dùng cho đề tài)
        1. Tên nhiệm vụ: Áp dụng 5S tại doanh nghiệp cơ khí
        4. Định hướng mục tiêu: Giảm lãng phí tại doanh nghiệp
        5. Yêu cầu đối với kết quả: 5 doanh nghiệp áp dụng
        6. Phương án tổ chức thực hiện: khảo sát, tập huấn
        8. Dự kiến thời gian thực hiện: 24 tháng từ 2025
    """

    found = read(word(text))

    assert found.family is FormFamily.TT06_2023
    assert values(found)["noi_dung"] == "khảo sát, tập huấn"


def test_contents_and_results_printed_as_one_field_answer_both() -> None:
    text = """
        (Dùng cho đề tài khoa học và công nghệ hoặc dự án SXTN)
        1. Tên nhiệm vụ KH&CN: Áp dụng 5S tại doanh nghiệp cơ khí
        2. Hình thức thực hiện (Một trong các hình thức: đề tài hoặc dự án SXTN): Đề tài
        3. Mục tiêu: Giảm lãng phí
        5. Các nội dung chính và kết quả dự kiến: Khảo sát, áp dụng
        7. Dự kiến thời gian thực hiện: 24 tháng
    """

    found = read(word(text))

    assert found.value("noi_dung") == "Khảo sát, áp dụng"
    assert found.value("ket_qua") == "Khảo sát, áp dụng"
    assert found.value("hinh_thuc") == "Đề tài"


def test_the_literal_words_settle_a_pilot_model_in_name_or_objective() -> None:
    named = read(word(form(ten="Xây dựng mô hình điểm áp dụng Lean")))
    aimed = read(word(form(muc_tieu="Hình thành 01 mô hình điểm về năng suất")))

    assert named.kind is TaskKind.PILOT_MODEL
    assert aimed.kind is TaskKind.PILOT_MODEL
    assert aimed.kind_words is not None
    assert "mô hình điểm" in aimed.kind_words.words


def test_a_ticked_box_declares_a_pilot_model() -> None:
    ticked = form(can_cu="Quyết định 1322\nNhiệm vụ xây dựng mô hình điểm: ☒ Có ☐ Không")
    unticked = form(can_cu="Quyết định 1322\nNhiệm vụ xây dựng mô hình điểm: ☐ Có ☒ Không")

    assert read(word(ticked)).kind is TaskKind.PILOT_MODEL
    assert read(word(unticked)).kind is TaskKind.APPLY


def test_schools_are_counted_for_a_curriculum() -> None:
    found = read(
        word(
            form(
                ten="Xây dựng học phần năng suất chất lượng",
                ket_qua="Áp dụng tại Trường Cao đẳng Công nghiệp và Trường Cao đẳng Xây dựng",
            )
        )
    )

    assert found.kind is TaskKind.CURRICULUM
    assert found.schools == 2
    assert found.schools_at is not None


def test_other_tasks_count_no_schools() -> None:
    assert read(word(form(dia_chi="Trường Cao đẳng Công nghiệp Nam Định"))).schools is None


def test_the_heading_of_a_column_is_no_field() -> None:
    rows = [
        ("STT", "Nội dung", "Thông tin đề xuất"),
        ("1", "Tên Đề tài/Đề án", FIRST),
        ("4", "Mục tiêu", "Giảm 20% lãng phí"),
        ("5", "Yêu cầu các kết quả chính và các chỉ tiêu cần đạt", ""),
        ("6", "Kiến nghị các nội dung cần thực hiện để đạt kết quả", "Khảo sát, áp dụng"),
    ]

    found = read(word(table(*rows)))

    assert found.value("noi_dung") == "Khảo sát, áp dụng"
    assert found.value("ket_qua") == ""


def test_the_place_for_a_signature_is_known() -> None:
    found = read(word(form(ky="")))

    assert found.signature_block is not None
    assert found.signature_block.words == "TỔ CHỨC, CÁ NHÂN ĐỀ XUẤT"
    assert found.signatory == ""


def test_a_unit_without_its_number_and_a_hint_in_brackets_are_no_answers() -> None:
    hint = "(nêu rõ tính cấp thiết)"

    found = read(word(form(thoi_gian="\n...... tháng", cap_thiet=hint, ten="\n- Áp dụng 5S")))

    assert (found.value("thoi_gian"), found.value("cap_thiet")) == ("", "")
    assert found.task == "Áp dụng 5S"


def test_an_answer_that_begins_like_a_place_holder_but_for_its_accents_is_an_answer() -> None:
    answers = ("Nhân rộng mô hình ra năm xã", "Điện năng tiêu thụ giảm 20%", "Nhập khẩu giảm 5%")

    read_back = [read(word(form(muc_tieu=one))).value("muc_tieu") for one in answers]

    assert read_back == list(answers)


def test_a_place_holder_is_no_answer() -> None:
    holders = ("Nhấn vào đây để nhập văn bản", "[Nhập mục tiêu]", "Điền mục tiêu", "nhap muc tieu")

    read_back = [read(word(form(muc_tieu=one))).value("muc_tieu") for one in holders]

    assert read_back == [""] * 4


def test_the_century_a_template_prints_beside_its_dots_is_no_answer() -> None:
    printed = "… tháng, từ tháng …/20… đến tháng …/20…"
    begun = "24 tháng, từ tháng 01/2025 đến tháng …/20…"

    blank = read(word(form(thoi_gian=printed)))
    half = read(word(form(thoi_gian=begun)))

    assert blank.fields["thoi_gian"].value == ""
    assert half.duration is not None
    assert half.duration.stated_months == 24


def test_a_blank_field_with_a_picture_below_it_may_be_answered_by_the_picture() -> None:
    content = word(form(muc_tieu="", kinh_phi=""))
    label = next(line.spot for line in content.lines() if line.text.startswith("4. "))
    lines = tuple(passages(content.items))
    origin = Origin(file="phieu.docx", pictured=frozenset({label, "đoạn 1"}))

    found = extract(lines, CALL, origin, "PHIẾU ĐỀ XUẤT").form

    assert {key for key, field in found.fields.items() if not field.value} == {
        "muc_tieu",
        "kinh_phi",
    }
    assert {key for key, field in found.fields.items() if field.pictured} == {"muc_tieu"}


def test_labels_within_a_field_with_nothing_behind_them_are_no_answer() -> None:
    found = read(
        word(
            form(
                muc_tieu="\n- Mục tiêu chung: ……\n- Mục tiêu cụ thể: ……",
                dia_chi="\nTên tổ chức:\nĐịa chỉ:",
                noi_dung="\nNội dung 1:\nKhảo sát hiện trạng tại doanh nghiệp",
            )
        )
    )

    assert [found.value(key) for key in ("muc_tieu", "dia_chi")] == ["", ""]
    assert found.value("noi_dung") == "Nội dung 1:\nKhảo sát hiện trạng tại doanh nghiệp"
