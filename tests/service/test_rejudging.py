"""Judging again what was judged: told by dossier and rule, and nothing said without leave."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier import Envelope
from ledger import values
from ledger.models import Act, Dossier, Incoming, Outgoing
from rules import State
from service.registers import Registers
from service.rejudging import (
    WAITS,
    Difference,
    RuleChange,
    Said,
    by_rule,
    differences,
    judged_before,
)
from tests.servers import Sink, smtp_sink
from tests.service.house import a_nil_return
from tests.service.office import Office, letters

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def office(tmp_path: Path, sink: Sink) -> Office:
    """One dossier was judged: a unit has nothing to propose."""
    office = Office(tmp_path, sink)
    office.receive(a_nil_return(1))
    office.judge()
    return office


def weighing(office: Office, **weights: str) -> Office:
    """The same office after its call was changed."""
    calls = {
        name: dataclasses.replace(call, weights={**call.weights, **weights})
        for name, call in office.wired.calls.items()
    }
    office.wired = dataclasses.replace(office.wired, calls=Registers(calls))
    return office


def again(office: Office, *, for_good: bool = False) -> tuple[Difference, ...]:
    rows = judged_before(office.wired)
    return tuple(differences(office.wired, rows, for_good=for_good, who="vanthu rejudge"))


def test_what_did_not_change_is_not_told(office: Office) -> None:
    assert again(office) == ()


def test_a_rule_weighed_otherwise_is_told_by_dossier_and_rule_and_nothing_is_written(
    office: Office,
) -> None:
    before = Dossier.objects.get().newest
    assert before is not None
    rule = before.findings.first()
    assert rule is not None

    found = again(weighing(office, **{rule.rule: "officer"}))

    assert [(one.code, one.before) for one in found] == [("1322-2025-0001", "nil_return")]
    assert (found[0].gone[0].rule, found[0].new[0].rule) == (rule.rule, rule.rule)
    assert by_rule(found) == (RuleChange(rule=rule.rule, gone=1, new=1),)
    assert (Dossier.objects.get().version, Dossier.objects.get().stage) == (1, "")


def test_applied_it_is_judged_again_and_its_letter_waits_even_in_automatic_mode(
    office: Office, sink: Sink
) -> None:
    rule = Dossier.objects.get().newest.findings.first().rule  # type: ignore[union-attr]  # -- it was judged
    weighing(office, **{rule: "officer"})

    again(office, for_good=True)
    office.work()

    assert letters()[0] == ("nil_return", "sent")
    assert [state for _kind, state in letters()[1:]] == ["held"]
    assert WAITS in Outgoing.objects.latest("pk").held_because
    assert len(sink.mails) == 1
    assert list(Act.objects.values_list("who", "verb")) == [("vanthu rejudge", "judge_now")]


def test_what_the_readers_read_otherwise_is_read_again_from_the_stored_bytes(
    office: Office,
) -> None:
    mail = Incoming.objects.get()
    assert mail.reading is not None
    reading = {**mail.reading, "envelope": {**mail.reading["envelope"], "body": "Trống."}}
    Incoming.objects.update(reading=reading, read_with="older")

    found = again(office, for_good=True)

    mail.refresh_from_db()
    assert found == ()
    assert mail.read_with not in {"", "older"}
    assert "không có đề xuất" in values.load(Envelope, mail.reading["envelope"]).body


def test_a_better_reading_of_the_same_words_is_told(office: Office) -> None:
    row = Dossier.objects.get().newest
    assert row is not None
    row.assembled = {**row.assembled, "files": 9}
    row.save()

    [found] = again(office)

    assert (found.reads_otherwise, found.before, found.gone, found.new) == (
        True,
        State.NIL_RETURN.value,
        (),
        (),
    )


def test_bytes_that_are_gone_leave_the_old_reading_and_are_told(office: Office) -> None:
    mail = Incoming.objects.get()
    Incoming.objects.update(read_with="older")
    Path(office.wired.store.path(mail.digest)).unlink()

    [found] = again(office)

    assert (found.before, found.after, len(found.unreadable)) == ("nil_return", "nil_return", 1)


def test_only_the_calls_asked_for_are_looked_at(office: Office) -> None:
    assert judged_before(office.wired, ["1322-2025"]) == judged_before(office.wired)
    assert judged_before(office.wired, ["khac"]) == ()


def test_a_rule_is_counted_once_a_dossier() -> None:
    said = Said(rule="C02", label="phải bổ sung", says="Thiếu.")
    one = Difference(dossier=1, code="a", before="gaps", after="complete", gone=(said, said))

    assert by_rule([one, one]) == (RuleChange(rule="C02", gone=2, new=0),)
