"""The reminder (T9) and the word that a mail went astray (T10), as a person proofreads them."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest

from dossier import Address, Envelope, ReceivedSource, Reply, Unit, UnitKind
from outbox.mime import to_bytes
from outbox.notices import Notice, astray, last_working_day, remind, reminder_day
from outbox.render import WIDTH, Letters, render
from tests.outbox.office import CALL, LETTERS_FOLDER
from tests.outbox.test_letters import NEVER_SAID

NOW = datetime(2024, 3, 19, 2, 0, tzinfo=UTC)
UNIT = Unit(name="UBND xã Mỹ Hà", kind=UnitKind.COMMUNE)
TO = Address("vanthu@xa.example", "UBND xã Mỹ Hà")
THEIRS = Envelope(
    message_id="<a1@xa.example>",
    sender=TO,
    subject="Hồ sơ",
    received_at=NOW,
    received_source=ReceivedSource.INTERNALDATE,
)
NOTICES = {
    "silent": remind(UNIT, CALL, to=TO, written_at=NOW),
    "gaps": remind(
        UNIT,
        CALL,
        to=TO,
        written_at=NOW,
        dossier="1322-2025-0007",
        gaps=("Thiếu Bảng tổng hợp.", "Xem www.xau.xyz"),
        answering=THEIRS,
    ),
    "astray": astray(UNIT, to=TO, answering=THEIRS, send_to="Phòng Nội vụ, nv@huyen.gov.vn."),
}
every_notice = pytest.mark.parametrize("notice", NOTICES.values(), ids=list(NOTICES))


def written(notice: Notice) -> Reply:
    return render(notice, CALL, Letters(LETTERS_FOLDER))


@every_notice
def test_no_notice_refuses_judges_or_blames(notice: Notice) -> None:
    reply = written(notice)

    said = " ".join(f"{reply.subject} {reply.text} {reply.html}".lower().split())
    assert [phrase for phrase in NEVER_SAID if phrase in said] == []
    assert max(map(len, reply.text.split("\n"))) <= WIDTH


def test_a_silent_unit_is_told_the_deadline_and_how_to_say_that_it_has_nothing() -> None:
    reply = written(NOTICES["silent"])

    said = " ".join(reply.text.split())
    assert reply.subject.startswith("Nhắc thời hạn gửi hồ sơ đề xuất nhiệm vụ KH&CN")
    assert "chậm nhất ngày 22/3/2024 (thứ Sáu)" in said
    assert "Đến 09 giờ 00 phút ngày 19/3/2024" in said
    assert "Trường hợp không có đề xuất, đề nghị Quý đơn vị trả lời thư này" in said


def test_a_unit_with_gaps_is_told_them_again_without_a_link() -> None:
    reply = written(NOTICES["gaps"])

    assert reply.subject.startswith("[1322-2025-0007] Nhắc thời hạn gửi phần bổ sung")
    assert "  - Thiếu Bảng tổng hợp;\n  - Xem www[.]xau[.]xyz.\n" in reply.text
    assert (reply.in_reply_to, reply.references) == ("<a1@xa.example>", ("<a1@xa.example>",))


def test_a_mail_that_went_astray_is_told_where_to_go_in_the_officers_words() -> None:
    said = " ".join(written(NOTICES["astray"]).text.split())

    assert "Đề nghị gửi đến Phòng Nội vụ, nv@huyen.gov.vn." in said


def test_only_a_reminder_answers_nobody() -> None:
    marks = {
        name: message_from_bytes(
            to_bytes(written(one), message_id="<x@y.vn>", sender=TO, date=NOW),
            policy=policy.default,
        )["Auto-Submitted"]
        for name, one in NOTICES.items()
    }

    assert marks == {
        "silent": "auto-generated",
        "gaps": "auto-generated",
        "astray": "auto-replied",
    }


def test_days_are_counted_back_from_the_last_working_day_in_time() -> None:
    assert last_working_day(CALL) == date(2024, 3, 22)
    assert [reminder_day(CALL, days) for days in (0, 1, 3, 5)] == [
        date(2024, 3, 22),
        date(2024, 3, 21),
        date(2024, 3, 19),
        date(2024, 3, 15),
    ]
