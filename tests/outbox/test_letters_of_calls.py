"""Every call's letters speak of that call alone."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from config.load import load_call
from dossier import Call, Dossier, Envelope, ReceivedSource, Reply, ReplyKind
from ingest.assemble import assemble
from ingest.cage import Cage
from ingest.message import parse
from ingest.reading import read_mail
from outbox.compose import compose
from outbox.grounds import grounds_of
from outbox.render import render
from rules import judge, rules_of
from tests.outbox.office import LETTERS

CALLS = Path(__file__).parents[1] / "office" / "calls"
OF_THE_FIRST = (
    "Mỹ Lộc", "1322", "03/2017", "06/2023", "15/2022", "cấp quốc gia", "Nam Định", "KTHT",
    "mô hình điểm", "năng suất", "công văn nêu trên",
)  # fmt: skip
CASES = [
    ("tuyen-quang-2026", "06-cong-ty-du-an-du", ReplyKind.COMPLETE),
    ("tuyen-quang-2026", "07-cong-ty-thieu-ba-thu", ReplyKind.GAPS),
    ("tuyen-quang-2026", "03-trong-san-pham-sai-linh-vuc", ReplyKind.GAPS),
    ("tuyen-quang-2026", "05-tep-nen-khong-mo-duoc", ReplyKind.RESEND),
    ("quy-ninh-binh-2026", "02-truong-co-phoi-hop-du", ReplyKind.COMPLETE),
    ("quy-ninh-binh-2026", "03-thieu-bm-12", ReplyKind.GAPS),
    ("quy-ninh-binh-2026", "06-vuot-kinh-phi-va-thoi-gian", ReplyKind.GAPS),
    ("quy-ninh-binh-2026", "07-cong-ty-thieu-bao-cao-tai-chinh-nop-muon", ReplyKind.GAPS),
]
every_letter = pytest.mark.parametrize(("call_id", "case", "kind"), CASES, ids=str)


@cache
def assembled(call_id: str, case: str) -> tuple[Call, Dossier, Envelope]:
    call = load_call(call_id)
    folder = CALLS / call_id / case
    at = datetime.fromisoformat((folder / "01.received").read_text(encoding="utf-8").strip())
    message = parse((folder / "01.eml").read_bytes(), received_at=at, source=ReceivedSource.GIVEN)
    with Cage() as cage:
        reading = read_mail(message, "0" * 64, call, cage)
    return call, assemble(f"{call_id}-0001", [reading], call), message.envelope


def written(call_id: str, case: str, kind: ReplyKind) -> Reply:
    call, dossier, envelope = assembled(call_id, case)
    letter = compose(
        dossier,
        judge(dossier, call),
        call,
        kind=kind,
        answering=envelope,
        written_at=datetime(2026, 3, 1, tzinfo=UTC),
        grounds=grounds_of(rules_of(call)),
    )
    return render(letter, call, LETTERS)


@every_letter
def test_no_word_of_another_call_stands_in_a_letter(
    call_id: str, case: str, kind: ReplyKind
) -> None:
    reply = written(call_id, case, kind)

    whole = f"{reply.subject}\n{reply.text}\n{reply.html}".lower()
    assert [word for word in OF_THE_FIRST if word.lower() in whole] == []


@every_letter
def test_a_letter_names_its_own_office_and_call(call_id: str, case: str, kind: ReplyKind) -> None:
    call = load_call(call_id)

    reply = written(call_id, case, kind)

    plain = " ".join(reply.text.split())
    assert call.office.name.upper() in plain
    assert f"[{call_id}-0001]" in reply.subject
    assert kind is ReplyKind.RESEND or call.basis in plain


def test_a_gap_of_the_calls_own_is_told_with_its_ground() -> None:
    reply = written("tuyen-quang-2026", "07-cong-ty-thieu-ba-thu", ReplyKind.GAPS)

    plain = " ".join(reply.text.split())
    assert "chưa gửi giấy chứng nhận đăng ký doanh nghiệp." in plain
    assert (
        "Căn cứ: điểm e mục 2 Công văn số 412/SKHCN-QLKH: “bản sao giấy chứng nhận đăng ký doanh "
        "nghiệp”." in plain
    )


def test_papers_of_the_calls_own_are_listed_by_their_names() -> None:
    reply = written("quy-ninh-binh-2026", "02-truong-co-phoi-hop-du", ReplyKind.COMPLETE)

    plain = " ".join(reply.text.split())
    assert "Đơn đăng ký nhiệm vụ (BM-09): 01 đơn" in plain
    assert "Văn bản cam kết phối hợp, đồng tài trợ (BM-12): 01 văn bản" in plain
    assert "Thuyết minh nhiệm vụ – tệp “Thuyet minh.docx”" in plain
    assert "Trân trọng cảm ơn sự phối hợp của Quý Trường" in plain
