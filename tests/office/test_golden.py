"""The sixteen dossiers worth having from day one (domain.md §6.2), each through every stage.

Each is real mail with files written by real libraries; each has its one right state and no gap
that is none. The number in a test's name is the number of the dossier.
"""

from datetime import timedelta
from pathlib import Path

from service.demo.containers import rared
from service.demo.draw import Draw
from service.demo.papers import renamed
from service.demo.recipes import carriage, complete, edges, gaps, posts, threads, unread
from service.demo.recipes.carriage import call_letter
from service.demo.scene import CODE
from service.demo.tasks import curriculum, with_fields
from tests.office.builders.dossiers import (
    as_old_word,
    commune,
    company,
    lasting,
    sent,
    two_tasks_one_pilot,
)
from tests.office.builders.played import play, play_recipe
from tests.programs import programs


def test_01_two_tasks_and_two_commitments_are_complete(tmp_path: Path) -> None:
    scene = two_tasks_one_pilot("golden 1")
    letter = scene.letter(*scene.desk.all())

    played = play(tmp_path, sent(scene, letter))

    assert played.answers == [("submission", "complete")]
    assert (played.states, played.gaps) == (["complete"], [])
    assert [(task["kind"], len(task["letters"])) for task in played.tasks] == [
        ("pilot_model", 2),
        ("apply", 0),
    ]


def test_02_without_the_table_it_alone_is_asked_for(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, gaps.no_table)

    assert played.answers == [("submission", "gaps")]
    assert (played.states, played.gaps) == (["gaps"], ["C02"])
    assert played.differences == ()


def test_03_one_word_file_that_holds_everything_is_complete(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, complete.one_docx)

    assert (played.states, played.gaps) == (["complete"], [])
    assert played.differences == ()


def test_04_a_rar_with_folders_and_an_old_word_letter_in_tcvn3_is_read(tmp_path: Path) -> None:
    programs("soffice", "unar")
    scene, mails = company("golden 4"), tmp_path / "mails"
    mails.mkdir()
    cover = as_old_word(scene, tmp_path, "CV de xuat.doc")
    table, forms = scene.desk.table(), scene.desk.forms()
    inside = (
        renamed(cover, "Ho so 1322/1 Cong van/CV de xuat.doc"),
        renamed(table, f"Ho so 1322/2 Bang/Bang tong hop.{table.name.rpartition('.')[2]}"),
        *(
            renamed(one, f"Ho so 1322/3 Phieu/Phieu {number}.docx")
            for number, one in enumerate(forms, start=1)
        ),
    )

    played = play(mails, sent(scene, scene.letter(rared("Ho so.rar", inside))))

    assert played.answers == [("submission", "complete")]
    assert (played.states, played.gaps) == (["complete"], [])
    assert played.units == [scene.plan.house.name]
    assert played.outcomes("S09") == [("fail", "info")]


def test_05_one_scan_of_everything_says_nothing_is_missing(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, unread.scan_of_everything)

    assert (played.states, played.gaps) == (["officer"], [])
    assert played.answers == [("submission", "held")]
    assert played.differences == ()


def test_06_a_nil_return_is_an_answer(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, posts.nil_by_letter)

    assert played.answers == [("nil_return", "nil_return")]
    assert (played.states, played.gaps) == (["nil_return"], [])
    assert played.differences == ()


def test_07_a_companys_letter_may_be_its_commitment_too(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.pilot_at_its_own_house)

    assert played.gaps == []
    assert played.states == ["complete"]
    assert played.differences == ()


def test_08_forms_of_the_law_in_force_are_accepted(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, complete.form_of_2023)

    assert (played.states, played.gaps) == (["complete"], [])
    assert set(played.outcomes("F02")) == {("fail", "info")}
    assert played.differences == ()


def test_09_a_provincial_form_is_named_and_is_no_form_of_ours(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, gaps.provincial_form)

    assert played.states == ["gaps"]
    assert set(played.gaps) <= {"C03", "C04"}
    assert "CẤP TỈNH" in " ".join((*played.messages("C03"), *played.messages("C04"))).upper()
    assert played.differences == ()


def test_10_a_form_as_downloaded_is_blank(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, gaps.downloaded_form)

    assert played.states == ["gaps"]
    assert "S16" in played.gaps
    assert played.differences == ()


def test_11_three_mails_and_a_replacement_are_one_dossier(tmp_path: Path) -> None:
    scene = company("golden 11", count=2)
    desk, start = scene.desk, scene.moment()
    lame = scene.with_tasks(with_fields(scene.plan.tasks[0], muc_tieu=""), *scene.plan.tasks[1:])
    loads = ((desk.cover(), desk.table()), (lame.desk.form(1),), (desk.form(2),))
    parts = [
        scene.letter(
            *papers,
            at=start + timedelta(minutes=4 * number),
            subject=f"Hồ sơ 1322 {scene.plan.house.name} (phần {number + 1}/3)",
        )
        for number, papers in enumerate(loads)
    ]
    better = scene.letter(
        renamed(desk.form(1), "Phieu 1 (ban thay the).docx"),
        at=start + timedelta(hours=3),
        subject=f"Re: [{CODE}] Đề nghị bổ sung",
        text=scene.words("Gửi phiếu thay thế phiếu đã gửi."),
        replies_to=(parts[0].message_id,),
    )

    played = play(tmp_path, sent(scene, *parts, better))

    assert [reply for _, reply in played.answers] == ["partial", "partial", "gaps", "complete"]
    assert (played.states, played.gaps) == (["complete"], [])
    assert len(played.tasks) == len(scene.plan.tasks)


def test_12_our_call_forwarded_back_counts_for_nothing(tmp_path: Path) -> None:
    quoted = play_recipe(tmp_path, carriage.reply_to_the_call)
    scene = commune("golden 12")
    alone = tmp_path / "alone"
    alone.mkdir()

    without_cover = (call_letter(), scene.desk.table(), *scene.desk.forms())
    played = play(alone, sent(scene, scene.letter(*without_cover)))

    assert (quoted.states, quoted.gaps) == (["complete"], [])
    assert quoted.differences == ()
    assert (played.states, played.gaps) == (["gaps"], ["C01"])
    assert played.roles("CV 285") == {"call_letter"}


def test_13_four_years_and_two_schools_are_too_many_and_too_few(tmp_path: Path) -> None:
    scene = commune("golden 13")
    house = scene.plan.house
    course = curriculum(Draw("golden 13/course"), house, 2)
    scene = scene.with_tasks(lasting(scene.plan.tasks[0], 48), course)

    played = play(tmp_path, sent(scene, scene.letter(*scene.desk.all())))

    assert played.states == ["gaps"]
    assert sorted(set(played.gaps)) == ["E06", "E12"]
    assert [task["fields"]["months"] for task in played.tasks] == [48, course.period.months]


def test_14_a_late_supplement_leaves_the_dossier_in_time(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, threads.late_supplement)

    assert (played.states, played.late) == (["complete"], [False])
    assert played.outcomes("D02") == [("fail", "officer")]
    assert played.differences == ()


def test_15_two_units_in_one_mail_are_told_apart_or_held(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, threads.two_units)

    assert played.gaps == []
    assert set(played.states) == {"officer"}
    assert played.outcomes("S12") == [("fail", "officer")]
    assert played.differences == ()


def test_16_no_diacritics_anywhere_make_no_difference(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, carriage.no_diacritics)

    assert (played.states, played.gaps) == (["complete"], [])
    assert played.differences == ()
