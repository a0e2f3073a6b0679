"""One file, every value also from the environment, and errors that name the spot."""

import stat
import tomllib
from pathlib import Path

import pytest

from config import settings
from config.database import database
from config.settings import EXAMPLE, Settings, SettingsError
from dossier import Mode


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "vanthu.toml"
    monkeypatch.setenv("VANTHU_CONFIG", str(path))
    return path


def test_without_a_file_the_defaults_hold(written: Path) -> None:
    loaded = settings.load()

    assert (loaded.data_folder, loaded.desk.port) == (written.parent / "var", 8322)


def test_the_data_folder_lies_beside_the_file_whoever_starts_the_service(written: Path) -> None:
    written.write_text('data_folder = "so"\n', encoding="utf-8")

    assert settings.load().data_folder == written.parent / "so"


def test_the_environment_wins_over_the_file(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written.write_text('mode = "approve"\n[desk]\nport = 1\n', encoding="utf-8")
    monkeypatch.setenv("VANTHU_MODE", "automatic")
    monkeypatch.setenv("VANTHU_DESK__PORT", "8080")

    loaded = settings.load()

    assert (loaded.mode, loaded.desk.port) == (Mode.AUTOMATIC, 8080)


def test_an_unknown_name_is_told_with_its_spot(written: Path) -> None:
    written.write_text("[desk]\nprot = 8080\n", encoding="utf-8")

    with pytest.raises(SettingsError, match=r"desk\.prot"):
        settings.load()


def test_a_wrong_value_is_told_without_quoting_it(written: Path) -> None:
    written.write_text('[smtp]\nhost = "a"\nport = "bi-mat"\n', encoding="utf-8")

    with pytest.raises(SettingsError, match=r"smtp\.port") as caught:
        settings.load()

    assert "bi-mat" not in str(caught.value)


def test_a_file_that_is_no_toml_is_named(written: Path) -> None:
    written.write_text("mode = \n", encoding="utf-8")

    with pytest.raises(SettingsError, match=r"vanthu\.toml"):
        settings.load()


def test_a_password_is_never_shown(written: Path) -> None:
    written.write_text('[smtp]\nhost = "a"\npassword = "bi-mat"\n', encoding="utf-8")

    assert "bi-mat" not in repr(settings.load())


def test_the_example_is_valid_and_explains_every_setting(written: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    written.write_text(text, encoding="utf-8")
    for name in ("mode", "quiet_seconds", "database_url", "calls_folder"):
        text = text.replace(f"# {name}", name)
    example = tomllib.loads(text)

    assert settings.load().data_folder == written.parent / "var"
    assert set(example) == set(Settings.model_fields)
    for name in ("[mailboxes.oauth]", "path ="):
        assert f"# {name}" in text
    shown = {*example["mailboxes"][0], "oauth", "path"}
    assert shown == set(settings.MailboxSettings.model_fields)
    assert set(example["smtp"]) == set(settings.SmtpSettings.model_fields)
    assert set(example["desk"]) == set(settings.DeskSettings.model_fields)
    assert set(example["caps"]) == set(settings.CapSettings.model_fields)


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = settings.secret_key(tmp_path)

    assert settings.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "url", ["mysql://a@b/c", "postgresql://a@b", "postgresql://a@b:x/c", "vanthu.sqlite3"]
)
def test_an_address_that_is_no_postgresql_database_is_refused(written: Path, url: str) -> None:
    written.write_text(f'database_url = "{url}"\n', encoding="utf-8")

    with pytest.raises(SettingsError, match="database_url"):
        settings.load()


def test_the_address_of_a_database_says_where_and_who() -> None:
    described = database(Path("/var"), "postgresql://v:m%40t@db.local:5433/so?sslmode=verify-full")

    assert [described[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")] == [
        "db.local",
        "5433",
        "so",
        "v",
        "m@t",
    ]
    assert described["OPTIONS"]["sslmode"] == "verify-full"


def test_without_an_address_the_ledger_is_a_file_in_the_data_folder() -> None:
    assert database(Path("/var"))["NAME"] == Path("/var/vanthu.sqlite3")


def test_before_the_data_folder_stands_no_secret_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "var"

    assert settings.secret_key(folder) != settings.secret_key(folder)
    assert not folder.exists()
