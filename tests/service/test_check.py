"""`vanthu check`, over mails of the demonstration's own making and over small files by hand."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from config.load import load_call
from service.check import examine, table
from service.cli import main
from service.demo.draw import Draw
from service.demo.facts import HouseKind
from service.demo.forms import Layout
from service.demo.mails import Letter
from service.demo.scene import Scene, a_scene, at

CALL = "1322-2025"
OURS = f"<hs.{CALL}-0001.2.0123456789abcdef@namdinh.gov.vn>"


@pytest.fixture
def unit() -> Scene:
    """A commune with one pilot model and the letters for it."""
    return a_scene(Draw("check"), HouseKind.COMMUNE, count=1, first="pilot_model")


def lay(folder: Path, scene: Scene, *letters: Letter) -> Path:
    """Put mails into a folder as the mailbox would hold them."""
    for number, letter in enumerate(letters, start=1):
        mail = scene.sent(letter)
        (folder / f"{number:02d}.eml").write_bytes(mail.raw)
        (folder / f"{number:02d}.received").write_text(mail.received_at.isoformat())
    return folder


def judged(folder: Path) -> dict[str, Any]:
    return examine([folder], load_call(CALL))


def answers(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(mail["triage"], mail["reply"]) for mail in report["messages"]]


def states(report: dict[str, Any]) -> list[str]:
    return [dossier["state"] for dossier in report["dossiers"]]


def test_a_complete_dossier_is_complete(unit: Scene, tmp_path: Path) -> None:
    report = judged(lay(tmp_path, unit, unit.letter(*unit.desk.all())))

    assert answers(report) == [("submission", "complete")]
    assert [(one["code"], one["state"], one["late"]) for one in report["dossiers"]] == [
        (f"{CALL}-0001", "complete", False)
    ]


def test_parts_are_judged_once_when_the_last_has_come(unit: Scene, tmp_path: Path) -> None:
    papers, start = unit.desk.all(), unit.moment()
    letters = [
        unit.letter(*papers[:2], subject="Hồ sơ 1322 (phần 1/3)", at=start),
        unit.letter(papers[2], subject="Hồ sơ 1322 (phần 2/3)", at=start + timedelta(minutes=4)),
        unit.letter(*papers[3:], subject="Hồ sơ 1322 (phần 3/3)", at=start + timedelta(minutes=9)),
    ]

    report = judged(lay(tmp_path, unit, *letters))

    assert [reply for _, reply in answers(report)] == ["partial", "partial", "complete"]
    assert states(report) == ["complete"]


def test_a_part_that_never_comes_is_not_called_missing(unit: Scene, tmp_path: Path) -> None:
    letter = unit.letter(*unit.desk.all()[:2], subject="Hồ sơ 1322 (phần 1/3)")

    report = judged(lay(tmp_path, unit, letter))

    assert answers(report) == [("submission", "partial")]
    assert states(report) == ["officer"]


def test_two_mails_within_the_quiet_period_get_one_answer(unit: Scene, tmp_path: Path) -> None:
    papers, start = unit.desk.all(), unit.moment()
    first = unit.letter(*papers[:2], at=start)
    second = unit.letter(*papers[2:], at=start + timedelta(minutes=15))

    report = judged(lay(tmp_path, unit, first, second))

    assert [reply for _, reply in answers(report)] == ["none", "complete"]


def test_a_supplement_after_the_quiet_period_is_answered_on_its_own(
    unit: Scene, tmp_path: Path
) -> None:
    papers, start = unit.desk.all(), unit.moment()
    first = unit.letter(papers[0], *unit.desk.forms(), at=start)
    second = unit.letter(*papers, at=start + timedelta(hours=3), replies_to=(OURS,))

    report = judged(lay(tmp_path, unit, first, second))

    assert answers(report) == [("submission", "gaps"), ("supplement", "complete")]
    assert len(report["dossiers"]) == 1


def test_the_same_mail_delivered_twice_is_answered_once(unit: Scene, tmp_path: Path) -> None:
    letter = unit.letter(*unit.desk.all())

    report = judged(lay(tmp_path, unit, letter, letter))

    assert [reply for _, reply in answers(report)] == ["complete", "none"]
    assert states(report) == ["complete"]


def test_a_complaint_gets_no_second_list(unit: Scene, tmp_path: Path) -> None:
    start = unit.moment()
    papers = unit.letter(unit.desk.all()[0], *unit.desk.forms(), at=start)
    complaint = unit.letter(
        subject=f"Re: [{CALL}-0001] Đề nghị bổ sung",
        text="Đơn vị đã gửi rồi, đề nghị kiểm tra lại.",
        at=start + timedelta(hours=2),
        replies_to=(OURS,),
    )

    report = judged(lay(tmp_path, unit, papers, complaint))

    assert answers(report) == [("submission", "gaps"), ("query", "none")]


def test_a_stranger_changes_no_dossier_in_silence(unit: Scene, tmp_path: Path) -> None:
    start = unit.moment()
    altered = unit.dressed(form=replace(unit.desk.look.form, layout=Layout.BULLETS))
    own = unit.letter(*unit.desk.all(), at=start)
    forged = unit.letter(
        *unit.desk.forms(),
        sender="nguoila@gmail.com",
        name="Trần Văn B",
        subject=f"[{CALL}-0001] Bản thay thế",
        at=start + timedelta(hours=2),
    )
    forged = replace(forged, papers=tuple(altered.desk.forms()))

    report = judged(lay(tmp_path, unit, own, forged))

    assert answers(report) == [("submission", "complete"), ("supplement", "held")]
    assert states(report) == ["officer"]


@pytest.mark.parametrize(("second", "late"), [(59, False), (60, True)])
def test_the_deadline_is_an_instant(
    unit: Scene, tmp_path: Path, second: int, *, late: bool
) -> None:
    closes = load_call(CALL).closes_at
    moment = closes - timedelta(seconds=60 - second)

    report = judged(lay(tmp_path, unit, unit.letter(*unit.desk.all(), at=moment)))

    assert [dossier["late"] for dossier in report["dossiers"]] == [late]


def test_without_a_received_file_the_top_received_line_decides(unit: Scene, tmp_path: Path) -> None:
    moment = at(unit.plan.signed, 9, 30)
    mail = unit.sent(unit.letter(*unit.desk.all(), at=moment))
    (tmp_path / "01.eml").write_bytes(mail.raw)

    (message,) = judged(tmp_path)["messages"]

    assert message["received_at"].startswith(moment.isoformat()[:16])


def test_papers_handed_in_are_one_dossier_and_no_mail(unit: Scene, tmp_path: Path) -> None:
    for paper in unit.desk.all():
        (tmp_path / paper.name).write_bytes(paper.raw)

    report = judged(tmp_path)

    assert report["messages"] == []
    assert [(one["state"], one["late"]) for one in report["dossiers"]] == [("complete", False)]


def plain(subject: str, body: str, *files: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"] = "UBND xã Mỹ Hà <xamyha@gmail.com>"
    mail["To"] = "phongkthtmyloc@namdinh.gov.vn"
    mail["Subject"] = subject
    mail["Message-ID"] = "<1@gmail.com>"
    mail.set_content(body)
    for name, raw in files:
        mail.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 5000,
        b"From: a\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 50,
        "Chủ đề: không phải thư".encode(),
    ],
    ids=["empty", "zeros", "bare", "nested", "no header"],
)
def test_a_mail_that_makes_no_sense_is_a_row(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "01.eml").write_bytes(raw)

    report = judged(tmp_path)

    assert [(mail["file"], mail["reply"]) for mail in report["messages"]] == [("01.eml", "none")]


def test_a_broken_paper_is_asked_for_again(tmp_path: Path) -> None:
    raw = plain("Hồ sơ đề xuất nhiệm vụ 1322", "Xã gửi hồ sơ.", ("Phieu 1.docx", b"PK\3\4 junk"))
    (tmp_path / "01.eml").write_bytes(raw)

    report = judged(tmp_path)

    assert answers(report) == [("submission", "resend")]


def test_the_command_prints_one_json_document(unit: Scene, tmp_path: Path) -> None:
    lay(tmp_path, unit, unit.letter(*unit.desk.all()))

    result = CliRunner().invoke(main, ["check", str(tmp_path), "--call", CALL, "--json", "--all"])

    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["call"] == CALL
    outcomes = {finding["outcome"] for finding in report["dossiers"][0]["findings"]}
    assert "pass" in outcomes
    assert "01.eml" in result.stderr


def test_without_json_a_person_can_read_it(unit: Scene, tmp_path: Path) -> None:
    lay(tmp_path, unit, unit.letter(*unit.desk.all()))

    text = table(judged(tmp_path))

    assert "xác nhận đủ" in text
    assert unit.plan.house.name in text


def test_a_call_nobody_knows_is_said_plainly(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--call", "khong-co"])

    assert result.exit_code == 1
    assert "khong-co" in result.stderr


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """Names of modules a fresh process has loaded once it can check."""
    code = "import sys, service.cli, service.check; print('\\n'.join(sys.modules))"
    printed = subprocess.run(  # noqa: S603 -- our own interpreter and modules
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(printed.stdout.split())


@pytest.mark.parametrize("heavy", ["django", "apscheduler", "openpyxl", "docx"])
def test_the_command_starts_light(heavy: str, loaded: set[str]) -> None:
    assert heavy not in loaded
    assert "service.check" in loaded
