"""The verbs of the command line, each as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OFFICERS_PASSWORD = "một hai ba bốn năm"  # noqa: S105 -- of an office that lives for one test
INIT = (
    "init",
    "--imap-host=mail.example.gov.vn",
    "--user=phong@example.gov.vn",
    "--officer=lan",
)


def vanthu(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a folder."""
    return subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-m", "service.cli", *words],
        cwd=ROOT,
        env={
            **os.environ,
            "VANTHU_CONFIG": str(folder / "vanthu.toml"),
            "PYTHONPATH": str(ROOT),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def secrets(mailbox: str, officer: str) -> dict[str, str]:
    """The two passwords that `init` asks for."""
    return {"VANTHU_INIT_PASSWORD": mailbox, "VANTHU_INIT_OFFICER_PASSWORD": officer}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    made = vanthu(
        tmp_path,
        *INIT,
        **secrets('mật "khẩu"', OFFICERS_PASSWORD),
    )
    assert made.returncode == 0, made.stderr
    return tmp_path


def test_init_writes_a_file_only_its_owner_reads_and_the_comments_stay(office: Path) -> None:
    path = office / "vanthu.toml"
    text = path.read_text(encoding="utf-8")

    assert path.stat().st_mode & 0o077 == 0
    assert 'password = "mật \\"khẩu\\""' in text
    assert "# Hộp thư nhận hồ sơ" in text


def test_init_leaves_a_file_that_stands(office: Path) -> None:
    path = office / "vanthu.toml"
    path.write_text("quiet_seconds = 5\n", encoding="utf-8")

    again = vanthu(office, *INIT, **secrets("x", OFFICERS_PASSWORD))

    assert again.returncode == 0
    assert path.read_text(encoding="utf-8") == "quiet_seconds = 5\n"


def test_an_officers_password_that_is_easy_to_guess_is_refused(tmp_path: Path) -> None:
    refused = vanthu(tmp_path, *INIT, **secrets("x", "12345"))

    assert refused.returncode == 1
    assert "Mật khẩu của cán bộ chưa dùng được" in refused.stderr


def test_doctor_finds_an_empty_house_in_order(office: Path) -> None:
    seen = vanthu(office, "doctor", "--offline", "--whole")

    assert (seen.returncode, seen.stderr) == (0, "")
    assert "Sổ có 0 thư" in seen.stdout
    assert "Không có lỗi." in seen.stdout


def test_doctor_says_that_the_mailbox_cannot_be_reached(office: Path) -> None:
    nobody = '[{"name": "x", "host": "127.0.0.1", "port": 1, "user": "x", "password": "x"}]'

    seen = vanthu(office, "doctor", VANTHU_MAILBOXES=nobody, VANTHU_SMTP__HOST="127.0.0.1")

    assert seen.returncode == 1
    assert "[LỖI] Hộp thư x (127.0.0.1:1) không kết nối được" in seen.stdout


def test_doctor_names_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "vanthu.toml").write_text("pol_seconds = 5\n", encoding="utf-8")

    seen = vanthu(tmp_path, "doctor")

    assert seen.returncode == 1
    assert "pol_seconds" in seen.stderr


def test_retry_lists_nothing_when_nothing_waits(office: Path) -> None:
    assert vanthu(office, "retry").stdout == "0 việc bị tạm dừng.\n"
    assert vanthu(office, "retry", "read:1").returncode == 1


def test_the_register_goes_out_and_in_and_a_file_that_is_none_is_refused(office: Path) -> None:
    out = vanthu(office, "units", "export", str(office / "don-vi.xlsx"))
    back = vanthu(office, "units", "import", str(office / "don-vi.xlsx"))
    wrong = vanthu(office, "units", "import", str(office / "vanthu.toml"))

    assert (out.returncode, back.returncode, wrong.returncode) == (0, 0, 1)
    assert back.stdout == "Đã nhập: thêm 0, sửa 0, bỏ 0 đơn vị.\n"
    assert "tệp không phải bảng tính .xlsx" in wrong.stderr


def test_rules_are_counted_in_json_too(office: Path) -> None:
    assert vanthu(office, "rules", "stats", "--json").stdout == "[]\n"


def test_rejudging_an_empty_ledger_finds_no_difference(office: Path) -> None:
    assert vanthu(office, "rejudge", "--dry-run").stdout == "0 hồ sơ có kết luận khác.\n"
