"""A backup made while the office works, restored on another machine, even into another database."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from config.settings import Settings
from ledger import archive, invariants, watch
from ledger.models import Incoming, Outgoing
from ledger.store import Store
from service import exporting, keeping
from tests.ledgers import POSTGRESQL, SQLITE, fresh_ledger
from tests.service.house import a_nil_return
from tests.service.office import Office, letters


def quietly(_line: str) -> None:
    """Nobody watches."""


def an_old_house(folder: Path) -> Office:
    """An office with one letter sent and one on its way."""
    folder.mkdir(exist_ok=True)
    office = Office(folder)
    office.receive(a_nil_return(1))
    office.judge()
    return office


def a_new_house(folder: Path) -> Settings:
    """Settings of a machine on which nothing happened yet."""
    (folder / "var").mkdir(parents=True)
    return Settings(data_folder=folder / "var")


def lines() -> list[dict[str, object]]:
    """The ledger, as JSON lines tell it."""
    out = io.StringIO()
    archive.write(out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("old", "new"), [(SQLITE, SQLITE), (SQLITE, POSTGRESQL), (POSTGRESQL, SQLITE)]
)
def test_what_is_restored_is_what_was_there_but_no_letter_goes(
    old: str, new: str, tmp_path: Path
) -> None:
    saved = tmp_path / "sao-luu.tar"
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    with fresh_ledger(tmp_path / "old", old):
        office = an_old_house(tmp_path / "old")
        secret = (tmp_path / "old" / "var" / "secret.key").read_bytes()
        keeping.back_up(office.wired.settings, saved, office.hands.now(), quietly)
        before = lines()
    with fresh_ledger(tmp_path / "new", new):
        settings = a_new_house(tmp_path / "new")

        kept = keeping.restore(settings, saved, office.hands.now(), quietly)

        after = lines()
        store = Store(settings.data_folder / "store")
        assert list(invariants.broken(store, whole=True)) == []
        assert (kept.rows, (settings.data_folder / "secret.key").read_bytes()) == (
            len(before),
            secret,
        )
        assert [one for one in after if one["model"] == "ledger.incoming"] == [
            one for one in before if one["model"] == "ledger.incoming"
        ]
        assert letters() == [("nil_return", "held")]
        assert [pause.rule for pause in watch.active("1322-2025")] == [""]


@pytest.mark.usefixtures("ledger")
def test_a_backup_is_the_owners_alone_and_stands_under_its_name_when_it_is_whole(
    tmp_path: Path,
) -> None:
    office = an_old_house(tmp_path)
    saved = tmp_path / "sao-luu.tar"

    keeping.back_up(office.wired.settings, saved, office.hands.now(), quietly)

    assert saved.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*.part")) == []
    with tarfile.open(saved) as tar:
        names = tar.getnames()
    assert {"ledger.jsonl", "secret.key", "MANIFEST.json"} <= set(names)


@pytest.mark.usefixtures("ledger")
def test_a_house_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    office = an_old_house(tmp_path)
    saved = tmp_path / "sao-luu.tar"
    keeping.back_up(office.wired.settings, saved, office.hands.now(), quietly)
    before = lines()

    with pytest.raises(keeping.RestoreError, match="không trống"):
        keeping.restore(office.wired.settings, saved, office.hands.now(), quietly)

    assert lines() == before


def test_changed_bytes_are_refused_and_no_row_comes_in(tmp_path: Path) -> None:
    saved = tmp_path / "sao-luu.tar"
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    with fresh_ledger(tmp_path / "old", SQLITE):
        office = an_old_house(tmp_path / "old")
        keeping.back_up(office.wired.settings, saved, office.hands.now(), quietly)
    raw = saved.read_bytes()
    saved.write_bytes(raw.replace(b"xa1@xa.example", b"xa2@xa.example"))

    with fresh_ledger(tmp_path / "new", SQLITE):
        settings = a_new_house(tmp_path / "new")
        with pytest.raises(keeping.RestoreError):
            keeping.restore(settings, saved, office.hands.now(), quietly)

        assert Incoming.objects.count() == 0


@pytest.mark.usefixtures("ledger")
def test_what_is_gone_from_the_store_is_named_and_not_passed_over(tmp_path: Path) -> None:
    office = an_old_house(tmp_path)
    office.wired.store.path(Incoming.objects.get().digest).unlink()

    done = exporting.export(office.wired.store, tmp_path / "xuat")

    assert [path.suffix for path in done.missing] == [".eml"]
    assert done.files == Outgoing.objects.count()


@pytest.mark.usefixtures("ledger")
def test_everything_goes_out_in_plain_files_with_their_sums(tmp_path: Path) -> None:
    office = an_old_house(tmp_path)
    folder = tmp_path / "xuat"

    exporting.export(office.wired.store, folder)

    [dossier] = (folder / "ho-so").iterdir()
    mail = next((dossier / "thu-den").glob("*.eml"))
    assert mail.read_bytes() == office.wired.store.get(Incoming.objects.get().digest)
    assert len(list((dossier / "thu-di").glob("*.eml"))) == Outgoing.objects.count()
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert all((folder / line.split("  ", 1)[1]).is_file() for line in sums)
    assert '"model": "ledger.incoming"' in (folder / "so.jsonl").read_text(encoding="utf-8")
