"""The forty-five cases where an automatic decision would be wrong or harmful (domain.md §7).

One test a case, through every stage, with the state that is safe and no gap that is none. The
number in a test's name is the number of the case; those about times, loops and letters that only
a ledger can tell are in `test_edges_in_the_ledger.py`.
"""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from service.demo import pages
from service.demo.draw import Draw
from service.demo.facts import HouseKind
from service.demo.papers import PDF, ZIP, Format, Paper, renamed
from service.demo.recipes import carriage, complete, edges, gaps, posts, threads, unread
from service.demo.recipes.carriage import call_letter
from service.demo.scans import photographed
from service.demo.scene import CODE, a_scene, at
from service.demo.tasks import with_fields
from tests.office.builders.dossiers import (
    commune,
    company,
    lasting,
    model,
    sent,
    without_cached_values,
)
from tests.office.builders.judged import judged
from tests.office.builders.played import CALL, handed_in, play, play_recipe


def test_01_a_scan_nobody_can_read_is_no_missing_letter(tmp_path: Path) -> None:
    scene = commune("edge 1")
    blurred = photographed(Draw("edge 1"), scene.desk.cover_blocks(), dpi=24, quality=10)
    cover = Paper(name="CV.pdf", raw=pages.pictures_only(blurred), media=PDF, roles=())

    papers = (cover, scene.desk.table(), *scene.desk.forms())
    played = play(tmp_path, sent(scene, scene.letter(*papers)))

    assert played.answers == [("submission", "held")]
    assert (played.states, played.gaps) == (["officer"], [])


def test_02_the_form_of_the_law_in_force_is_no_wrong_form(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, complete.form_of_2023, "edge 2")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())
    assert {"fail", "info"} == {word for one in played.outcomes("F02") for word in one}


def test_03_each_form_keeps_its_own_circular(tmp_path: Path) -> None:
    scene = company("edge 3", count=2)
    newer = replace(scene.plan.tasks[1], form="A1/2023")
    scene = scene.with_tasks(scene.plan.tasks[0], newer)

    played = play(tmp_path, sent(scene, scene.letter(*scene.desk.all())))

    assert (played.states, played.gaps) == (["complete"], [])
    [noted] = played.messages("F02")
    assert newer.title in noted


def test_04_nothing_to_propose_is_an_answer_and_no_three_gaps(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, posts.nil_above_our_letter, "edge 4")

    assert played.answers == [("nil_return", "nil_return")]
    assert (played.states, played.gaps, played.differences) == (["nil_return"], [], ())


def test_05_a_commune_may_send_for_its_enterprise(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, threads.commune_for_its_enterprise, "edge 5")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())
    assert played.outcomes("N09") == [("unknown", "officer")]


def test_06_one_letter_may_be_cover_letter_and_commitment(tmp_path: Path) -> None:
    played = judged(tmp_path, "k05-cong-van-kiem-cam-ket")

    assert (played.gaps, played.differences) == ([], ())
    assert played.roles("CV08") == {"cover_letter", "commitment_letter"}


def test_07_our_own_call_is_neither_cover_letter_nor_commitment(tmp_path: Path) -> None:
    scene = commune("edge 7")
    scene = scene.with_tasks(model("edge 7", scene.plan.house, 1))
    papers = (call_letter(), scene.desk.table(), *scene.desk.forms())

    played = play(tmp_path, sent(scene, scene.letter(*papers)))

    assert played.roles("CV 285") == {"call_letter"}
    assert (played.states, played.gaps) == (["gaps"], ["C01", "C07"])


def test_08_a_blank_template_is_no_form(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, gaps.downloaded_form, "edge 8")

    assert (played.states, played.differences) == (["gaps"], ())
    assert "S16" in played.gaps


def test_09_a_provincial_form_is_no_form_of_this_call(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, gaps.provincial_form, "edge 9")

    assert (played.states, played.differences) == (["gaps"], ())
    assert set(played.gaps) <= {"C03", "C04"}


def test_10_a_model_of_something_else_asks_for_no_letters(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.loose_model, "edge 10")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())
    assert played.outcomes("C07") == []


def test_11_the_enterprise_that_proposes_may_commit_in_its_own_letter(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.pilot_at_its_own_house, "edge 11")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())


def test_12_a_counterpart_without_an_amount_is_a_counterpart(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.vague_counterpart, "edge 12")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())


def test_13_no_counterpart_in_plain_words_is_for_an_officer(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.denied_counterpart, "edge 13")

    assert (played.states, played.gaps, played.differences) == (["officer"], [], ())
    assert played.answers == [("submission", "held")]


def test_14_months_that_contradict_the_dates_are_for_an_officer(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.contradicting_numbers, "edge 14")

    assert (played.states, played.gaps, played.differences) == (["officer"], [], ())
    assert played.outcomes("E06") == [("unknown", "gap")]


def test_15_three_years_counted_from_both_ends_are_no_gap(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.thirty_seven_by_counting, "edge 15")

    assert (played.gaps, played.differences) == ([], ())


def test_16_four_years_are_asked_to_be_looked_over_never_refused(tmp_path: Path) -> None:
    scene = commune("edge 16")
    scene = scene.with_tasks(lasting(scene.plan.tasks[0], 48))

    played = play(tmp_path, sent(scene, scene.letter(*scene.desk.all())))

    assert (played.states, played.gaps) == (["gaps"], ["E06"])
    [said] = played.messages("E06")
    assert "Rà soát, điều chỉnh" in said
    assert "không đủ điều kiện" not in said


def test_17_a_bare_number_takes_its_unit_from_the_table_or_is_unknown(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.budget_without_unit, "edge 17")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())
    assert [task["fields"]["budget_million"] for task in played.tasks if _small(task)] == []


def _small(task: dict[str, dict[str, float | None]]) -> bool:
    """A thousand times too small: 1.500 triệu read as đồng."""
    money = task["fields"]["budget_million"]
    return money is not None and money < 1


def test_18_hidden_rows_second_sheets_and_uncalculated_sums_hide_no_task(tmp_path: Path) -> None:
    scene = company("edge 18", count=3).dressed(table_format=Format.XLSX)
    table = without_cached_values(scene.desk.table())

    papers = (scene.desk.cover(), table, *scene.desk.forms())
    played = play(tmp_path, sent(scene, scene.letter(*papers)))

    assert played.gaps == []
    assert [task["title"] for task in played.tasks] == [one.title for one in scene.plan.tasks]


def test_19_numbered_rows_left_blank_are_no_tasks(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, complete.workbook_blank_rows, "edge 19")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())


def test_20_pages_are_counted_where_there_are_pages(tmp_path: Path) -> None:
    """A Word file has none until it is printed; the same words as PDF have."""
    printed = play_recipe(tmp_path, edges.long_form, "edge 20")
    typed_in = tmp_path / "typed"
    typed_in.mkdir()
    scene = commune("edge 20")
    long = with_fields(scene.plan.tasks[0], cap_thiet=scene.plan.tasks[0].said("cap_thiet") * 12)
    scene = scene.with_tasks(long)

    typed = play(typed_in, sent(scene, scene.letter(*scene.desk.all())))

    assert (printed.states, printed.outcomes("F01")) == (["complete"], [("fail", "warning")])
    assert (typed.states, typed.outcomes("F01")) == (["complete"], [])


def test_21_a_signature_that_is_a_picture_or_not_there_is_no_gap(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.unsigned_letter, "edge 21")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())
    assert {severity for _, severity in played.outcomes("F08")} <= {"officer", "info"}


def test_22_a_certificate_we_do_not_know_is_no_gap(tmp_path: Path) -> None:
    """Papers signed by an authority nobody here trusts are read; an officer looks, if anybody."""
    signed = Path(__file__).parents[1] / "papers" / "signed"
    folder = tmp_path / "papers"
    folder.mkdir()
    scene = company("edge 22")
    for paper in scene.desk.all():
        (folder / paper.name).write_bytes(paper.raw)
    one = min(signed.glob("*.pdf"))
    (folder / "Giay gioi thieu (ky so).pdf").write_bytes(one.read_bytes())

    played = handed_in(folder)

    assert played.gaps == []
    assert played.outcomes("S03") == []


def test_23_the_unit_is_whom_the_letter_names_not_the_address(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, complete.private_address, "edge 23")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())


def test_24_a_stranger_replaces_nothing_in_silence(tmp_path: Path) -> None:
    scene = commune("edge 24", count=2)
    first = scene.letter(*scene.desk.all(), at=at(date(2024, 3, 19), 9, 0))
    other = with_fields(scene.plan.tasks[0], muc_tieu="Thay bằng nội dung khác.")
    forged = scene.letter(
        renamed(scene.with_tasks(other, scene.plan.tasks[1]).desk.form(1), "Phieu thay the.docx"),
        at=at(date(2024, 3, 20), 9, 0),
        sender="someone.else@gmail.com",
        name=scene.plan.house.name,
        subject=f"[{CODE}] Gửi phiếu thay thế",
        text="Gửi phiếu thay thế.",
    )

    played = play(tmp_path, sent(scene, first, forged))

    assert [reply for _, reply in played.answers] == ["complete", "held"]
    assert (played.states, played.gaps) == (["officer"], [])


def test_25_a_mail_delayed_on_its_way_is_shown_with_both_times(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, threads.date_header_in_time, "edge 25")

    assert (played.late, played.gaps, played.differences) == ([True], [], ())
    assert played.outcomes("D03") == [("fail", "officer")]


def test_28_what_a_gateway_took_away_is_not_called_missing(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, unread.stripped_by_a_gateway, "edge 28")

    assert played.differences == ()
    assert {"C02", "C03", "C04"} & set(played.gaps) == set()


def test_29_two_versions_in_one_mail_are_for_an_officer_in_two_the_newest(tmp_path: Path) -> None:
    scene = company("edge 29")
    other = with_fields(scene.plan.tasks[0], muc_tieu="Giảm 35% thời gian chờ, tăng 12% sản lượng.")
    newer = renamed(scene.with_tasks(other).desk.form(1), "Phieu so 1 moi.docx")
    older = renamed(scene.desk.form(1), "Phieu so 1.docx")
    papers = (scene.desk.cover(), scene.desk.table(), older)
    first = scene.letter(*papers, at=at(date(2024, 3, 19), 9, 0))
    second = scene.letter(
        newer,
        at=at(date(2024, 3, 20), 9, 0),
        subject=f"Re: [{CODE}] Xác nhận",
        text=scene.words("Gửi phiếu thay thế."),
        replies_to=(first.message_id,),
    )
    together, apart = tmp_path / "together", tmp_path / "apart"
    together.mkdir()
    apart.mkdir()

    in_one = play(together, sent(scene, scene.letter(*papers, newer)))
    in_two = play(apart, sent(scene, first, second))

    assert in_one.gaps == []
    assert in_one.states == ["officer"] or in_one.outcomes("N14") == [("unknown", "officer")]
    assert (in_two.states, in_two.gaps) == (["complete"], [])
    assert [task["form"] for task in in_two.tasks] == ["Phieu so 1 moi.docx"]


def test_30_a_correction_after_acceptance_judges_the_new_papers_only(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, threads.correction_after_acceptance, "edge 30")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())


def test_31_saturday_morning_is_late_and_never_refused(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, threads.saturday_morning, "edge 31")

    assert (played.late, played.gaps, played.differences) == ([True], [], ())
    assert played.outcomes("D01") == [("fail", "officer")]


def test_32_a_deadline_moved_by_a_new_letter_counts_from_then_on(tmp_path: Path) -> None:
    scene = commune("edge 32")
    letter = scene.letter(*scene.desk.all(), at=at(date(2024, 3, 25), 9, 0))
    longer = replace(CALL, closes_at=CALL.closes_at + timedelta(days=7))
    again = tmp_path / "again"
    again.mkdir()

    before = play(tmp_path, sent(scene, letter))
    after = play(again, sent(scene, letter), longer)

    assert (before.late, after.late) == ([True], [False])
    assert after.outcomes("D01") == []


def test_33_a_robots_thanks_for_our_letter_is_never_answered(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, posts.shop_robot, "edge 33")

    assert played.answers == [("automatic", "none")]
    assert (played.states, played.differences) == ([], ())


def test_34_secret_words_in_running_text_are_words(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.secret_words_in_the_text, "edge 34")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())


def test_35_a_secret_paper_is_set_apart_and_nothing_of_it_told(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, posts.state_secret, "edge 35")

    assert played.answers == [("quarantined", "none")]
    assert (played.states, played.differences) == ([], ())


def test_37_a_hostile_archive_harms_nobody(tmp_path: Path) -> None:
    scene, mails = commune("edge 37"), tmp_path / "mails"
    mails.mkdir()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("../../../thoat.docx", scene.desk.form(1).raw)
        archive.writestr("Phieu 1.docx", scene.desk.form(1).raw)
        archive.writestr("bom.xlsx", bytes(300_000_000))
    bomb = Paper(name="Ho so.zip", raw=out.getvalue(), media=ZIP, roles=())
    letter = scene.letter(scene.desk.cover(), scene.desk.table(), bomb)

    played = play(mails, sent(scene, letter))

    assert played.states in (["resend"], ["officer"])
    assert [rule for rule in played.gaps if rule.startswith("C")] == []
    assert list(tmp_path.parent.rglob("thoat.docx")) == []


def test_38_a_single_scientist_is_for_an_officer_never_refused(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, edges.a_scientist_proposes, "edge 38")

    assert (played.gaps, played.differences) == ([], ())
    assert played.outcomes("E21") == [("fail", "officer")]


def test_39_an_enterprise_registered_elsewhere_may_have_its_factory_here(tmp_path: Path) -> None:
    scene = company("edge 39")
    here = with_fields(scene.plan.tasks[0], dia_chi="Nhà máy của Công ty tại xã Mỹ Thắng.")
    away = with_fields(
        replace(scene.plan.tasks[0], title="Áp dụng TPM cho dây chuyền đúc tại nhà máy"),
        dia_chi="Nhà máy của Công ty.",
        cap_thiet="Thời gian dừng máy còn 14%, chi phí sửa chữa mỗi năm trên 900 triệu đồng.",
    )
    there = tmp_path / "there"
    there.mkdir()

    near = play(tmp_path, sent(scene, scene.letter(*scene.with_tasks(here).desk.all())))
    far = play(there, sent(scene, scene.letter(*scene.with_tasks(away).desk.all())))

    assert (near.states, near.outcomes("E02")) == (["complete"], [])
    assert (far.states, far.outcomes("E02")) == (["complete"], [("unknown", "officer")])


def test_40_a_party_letter_without_the_national_heading_is_a_letter(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, complete.party_heading, "edge 40")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())
    assert played.warnings == []


def test_41_a_legacy_font_is_converted_before_any_field_is_called_blank(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, carriage.typed_in_tcvn3, "edge 41")

    assert (played.states, played.gaps, played.differences) == (["complete"], [], ())
    assert {severity for _, severity in played.outcomes("S09")} == {"info"}


def test_42_the_same_task_of_two_units_is_kept_twice(tmp_path: Path) -> None:
    firm = company("edge 42")
    host = a_scene(Draw("edge 42/commune"), HouseKind.COMMUNE, count=1)
    host = host.with_tasks(*firm.plan.tasks)

    mails = (
        *sent(firm, firm.letter(*firm.desk.all(), at=at(date(2024, 3, 20), 9, 0))),
        *sent(host, host.letter(*host.desk.all(), at=at(date(2024, 3, 20), 14, 0))),
    )
    played = play(tmp_path, mails)

    assert sorted(played.units) == sorted((firm.plan.house.name, host.plan.house.name))
    assert (played.states, played.gaps) == (["complete", "complete"], [])
    assert len({task["title"] for task in played.tasks}) == 1


def test_43_whoever_disagrees_hears_from_a_person_not_the_same_list(tmp_path: Path) -> None:
    played = play_recipe(tmp_path, threads.already_sent, "edge 43")

    assert played.differences == ()
    assert [reply for _, reply in played.answers].count("gaps") == 1
