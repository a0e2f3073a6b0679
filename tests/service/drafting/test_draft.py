"""The draft of a call: a person fills its blanks, and it judges."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from docx import Document

from config.load import CallError, read_call
from rules.in_force import rules_of
from service.commands.call import call

FIRST = Path(__file__).parents[3] / "config" / "sources" / "cong-van.txt"


def drafted(letter: Path, folder: Path) -> Path:
    """Draft a call from a letter; gives its file."""
    ended = CliRunner().invoke(call, ["new", "--from", str(letter), "--out", str(folder)])

    assert ended.exit_code == 0, ended.output
    [file] = folder.glob("*.yaml")
    return file


@pytest.fixture
def docx_letter(tmp_path: Path) -> Path:
    """A letter as offices write it: head and signature in tables."""
    document = Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(
        0, 0
    ).text = "SỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 88/SKHCN-QLKH\nV/v đề xuất nhiệm vụ năm 2027"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHải Đông, ngày 04 tháng 8 năm 2026"
    for line in (
        "Kính gửi: Các sở, ban, ngành",
        "Sở Khoa học và Công nghệ đề nghị các đơn vị đề xuất nhiệm vụ thực hiện từ năm 2027.",
        "1. Hồ sơ đề xuất gồm:",
        "- Công văn đề xuất nhiệm vụ;",
        "- Phiếu đề xuất nhiệm vụ theo mẫu đính kèm;",
        "- Lý lịch khoa học của chủ nhiệm.",
        "2. Hồ sơ gửi về Sở Khoa học và Công nghệ trước ngày 01/10/2026.",
    ):
        document.add_paragraph(line)
    path = tmp_path / "thư mời.docx"
    document.save(str(path))
    return path


def test_a_draft_is_no_call_until_somebody_has_read_it(tmp_path: Path) -> None:
    file = drafted(FIRST, tmp_path)

    with pytest.raises(CallError, match="đợt còn là dự thảo"):
        read_call(file)


def test_the_first_letter_gives_deadline_papers_and_ground(tmp_path: Path) -> None:
    written = yaml.safe_load(drafted(FIRST, tmp_path).read_text(encoding="utf-8"))

    assert written["id"] == "1322-2025"
    assert written["deadlines"][0]["closes_at"] == "2024-03-23T00:00:00+07:00"
    assert written["deadlines"][0]["cites"][0]["clause"] == "II.4"
    assert [one["role"] for one in written["papers"]] == [
        "cover_letter",
        "summary_table",
        "proposal_form",
        "commitment_letter",
    ]
    assert {"A1", "A2", "A3"} <= {form["template"] for form in written["forms"]}
    assert written["sources"].keys() == {"cong-van-1322-2025", "tt-15-2022"}


def test_every_quotation_stands_in_the_letters_own_text_beside_the_draft(tmp_path: Path) -> None:
    file = drafted(FIRST, tmp_path)
    written = yaml.safe_load(file.read_text(encoding="utf-8"))
    text = (tmp_path / "sources" / "cong-van-1322-2025.txt").read_text(encoding="utf-8")
    grounds = [*written["rules"].values(), *written["deadlines"]]

    quoted = [cite["words"] for ground in grounds for cite in ground["cites"]]

    plain = " ".join(text.replace("*", "").split())
    assert [words for words in quoted if words not in plain] == []


def test_a_draft_whose_blanks_are_filled_is_a_call(tmp_path: Path) -> None:
    file = drafted(FIRST, tmp_path)
    text = file.read_text(encoding="utf-8").replace("draft: true\n", "")
    filled = text.replace("  # ĐIỀN district:", "  district: Mỹ Lộc\n  # ").replace(
        "  # ĐIỀN mailbox:", "  mailbox: kinhte@huyen.example\n  # "
    )
    file.write_text(filled, encoding="utf-8")

    found = read_call(file)

    assert found.closes_at.isoformat() == "2024-03-23T00:00:00+07:00"
    assert {"C01", "C02", "C03", "C06", "C07"} <= {rule.id for rule in rules_of(found)}
    assert found.letters[0].text.strip()


def test_what_the_letter_does_not_say_is_left_for_a_person(tmp_path: Path) -> None:
    text = drafted(FIRST, tmp_path).read_text(encoding="utf-8")

    assert "  # ĐIỀN mailbox: địa chỉ hộp thư nhận hồ sơ" in text
    assert "mailbox" not in yaml.safe_load(text)["office"]


def test_a_word_letter_with_its_head_in_a_table_is_read(docx_letter: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nháp"

    written = yaml.safe_load(drafted(docx_letter, folder).read_text(encoding="utf-8"))

    assert written["office"]["superior"] == "Sở Khoa học và Công nghệ"
    assert written["letters"][0]["numbers"] == ["88/SKHCN-QLKH"]
    assert written["requirements"][0]["paper"] == {"role": "ly_lich_khoa_hoc"}
    assert written["first_year"] == 2027


def test_a_draft_never_writes_over_a_file(tmp_path: Path) -> None:
    drafted(FIRST, tmp_path)

    again = CliRunner().invoke(call, ["new", "--from", str(FIRST), "--out", str(tmp_path)])

    assert again.exit_code == 1
    assert "không ghi đè" in again.output
