"""The register in the ledger: the call's file first, then what the office edits."""

from dataclasses import replace
from pathlib import Path

import pytest

from config.load import load_call
from dossier import Triage, Unit
from ledger import acts, register, standings
from ledger.models import Act, Dossier, Incoming
from ledger.standings import Standing
from ledger.store import Store
from tests.ledger.rows import NOW, a_mail, open_dossier, read

pytestmark = pytest.mark.usefixtures("ledger")
CALL = load_call("1322-2025")
MY_HA = "xa-my-ha"


def of(unit: str) -> standings.Listed:
    return next(one for one in standings.standings(CALL) if one.unit.register_id == unit)


def test_until_somebody_edits_it_the_calls_file_names_the_units() -> None:
    assert (register.version(CALL.id), register.units_of(CALL)) == (0, CALL.units)


def test_what_was_put_is_what_steps_see() -> None:
    units = (Unit(register_id="a", name="Hội A", phone="0228", group="Đoàn thể"), *CALL.units[:2])

    register.put(CALL, units, "lan", NOW, seen=0)

    assert register.with_units(CALL) == replace(CALL, units=units)
    assert list(Act.objects.values_list("who", "verb", "what")) == [
        ("lan", "import_units", CALL.id)
    ]


def test_who_did_not_see_the_last_edit_does_not_undo_it() -> None:
    register.put(CALL, CALL.units[:2], "lan", NOW, seen=0)

    with pytest.raises(acts.RefusedError):
        register.put(CALL, CALL.units[:1], "mai", NOW, seen=0)

    assert register.units_of(CALL) == CALL.units[:2]


def test_an_address_added_to_a_unit_of_the_file_keeps_all_the_others() -> None:
    register.add_address(CALL, MY_HA, "moi@xa.example", "lan", NOW)

    after = {unit.register_id: unit.addresses for unit in register.units_of(CALL)}
    assert (after[MY_HA], len(after)) == (("moi@xa.example",), len(CALL.units))


def test_an_address_is_one_units() -> None:
    register.add_address(CALL, MY_HA, "moi@xa.example", "lan", NOW)

    with pytest.raises(acts.RefusedError, match="đã là địa chỉ của UBND xã Mỹ Hà"):
        register.add_address(CALL, "xa-my-tan", "MOI@xa.example", "lan", NOW)


@pytest.fixture
def store(ledger: Path) -> Store:
    return Store(ledger.parent / "store")


def a_dossier_of(store: Store, name: str, state: str, uid: int = 1) -> Dossier:
    mail = a_mail(store, uid)
    read(mail)
    dossier = open_dossier(mail)
    Dossier.objects.filter(pk=dossier.pk).update(
        unit_name=name, state=state, version=1, stage="", due_at=None
    )
    return dossier


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        ("complete", Standing.COMPLETE),
        ("gaps", Standing.GAPS),
        ("resend", Standing.GAPS),
        ("nil_return", Standing.NIL_RETURN),
        ("officer", Standing.WAITING),
        ("", Standing.WAITING),
    ],
)
def test_a_unit_stands_as_its_dossier_does(store: Store, state: str, standing: Standing) -> None:
    a_dossier_of(store, "Xã Mỹ Hà", state)

    assert of(MY_HA).standing is standing


def test_a_unit_of_several_dossiers_stands_where_it_needs_most_looking_after(store: Store) -> None:
    a_dossier_of(store, "UBND xã Mỹ Hà", "complete")
    a_dossier_of(store, "UBND xã Mỹ Hà", "gaps", uid=2)

    assert (of(MY_HA).standing, len(of(MY_HA).dossiers)) == (Standing.GAPS, 2)


def test_who_asks_a_question_has_answered_and_who_gets_a_machines_mail_has_not(
    store: Store,
) -> None:
    register.add_address(CALL, MY_HA, "vanthu@xa.example", "lan", NOW)
    mail = a_mail(store)
    read(mail)
    found = []
    for triage in (Triage.AUTOMATIC, Triage.OTHER, Triage.QUERY):
        Incoming.objects.filter(pk=mail.pk).update(triage=triage.value)
        found.append(of(MY_HA).standing)

    assert found == [Standing.SILENT, Standing.SILENT, Standing.WAITING]


def test_a_dossier_of_nobody_invited_is_listed_apart(store: Store) -> None:
    stranger = a_dossier_of(store, "Công ty TNHH Lạ", "complete")

    assert standings.uninvited(CALL) == (stranger,)
    assert {one.standing for one in standings.standings(CALL)} == {Standing.SILENT}
