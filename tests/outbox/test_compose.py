"""What a letter says, and what it must never say."""

from dataclasses import replace

import pytest

from dossier import Address, CoverLetter, Place, ReplyKind
from outbox.compose import ContradictionError, Letter, Previous, compose
from rules import Outcome, Severity, Verdict
from tests.outbox.letters import BARE, IN_TIME, OURS, SUPPLEMENTED, ZIP
from tests.outbox.office import (
    CALL,
    DOSSIER,
    GROUNDS,
    LOCKED,
    MAIL,
    NO_SIGNATURE,
    NO_TABLE,
    NO_TIME,
    found,
    question,
    verdict,
)


def letter(kind: ReplyKind, judged: Verdict, previous: Previous | None = None) -> Letter:
    return compose(
        DOSSIER if previous is None else SUPPLEMENTED,
        judged,
        CALL,
        kind=kind,
        answering=MAIL,
        written_at=IN_TIME,
        grounds=GROUNDS,
        previous=previous,
    )


def test_a_dossier_with_a_gap_is_never_called_complete() -> None:
    with pytest.raises(ContradictionError):
        letter(ReplyKind.COMPLETE, verdict(NO_TABLE))


def test_a_supplement_is_not_asked_for_without_a_gap() -> None:
    with pytest.raises(ContradictionError):
        letter(ReplyKind.GAPS, verdict(NO_SIGNATURE))


def test_a_file_is_not_asked_for_again_when_only_we_could_not_read_it() -> None:
    with pytest.raises(ContradictionError):
        compose(
            replace(DOSSIER, unread=(OURS,)),
            verdict(),
            CALL,
            kind=ReplyKind.RESEND,
            answering=MAIL,
            written_at=IN_TIME,
            grounds=GROUNDS,
        )


def test_no_letter_is_written_when_none_is_due() -> None:
    with pytest.raises(ContradictionError):
        letter(ReplyKind.NONE, verdict())


def test_questions_errors_officer_findings_and_hints_are_not_told() -> None:
    broken = replace(NO_TABLE, finding=replace(NO_TABLE.finding, outcome=Outcome.ERROR))
    officer = replace(found("N09", "Đơn vị ký khác.", "Xem."), severity=Severity.OFFICER)
    aside = replace(found("C06", "Không có cột ưu tiên.", ""), severity=Severity.INFO)
    hint = replace(found("E14", "Không thuộc nội dung ưu tiên.", "Xem."), severity=Severity.WARNING)
    doubt = replace(question(NO_SIGNATURE), severity=Severity.WARNING)

    told = letter(
        ReplyKind.GAPS, verdict(question(NO_TABLE), broken, officer, aside, hint, doubt, NO_TIME)
    )

    assert [point.says for point in told.gaps] == [NO_TIME.finding.says]
    assert told.warnings == ()


def test_a_held_letter_judges_nothing() -> None:
    told = letter(ReplyKind.HELD, verdict(NO_TABLE, NO_SIGNATURE, LOCKED))

    assert (told.gaps, told.warnings, told.unopened) == ((), (), ())


def test_a_gap_names_what_where_how_and_the_clause_with_its_words() -> None:
    told = letter(ReplyKind.GAPS, verdict(NO_TIME))

    [point] = told.gaps
    assert point.says == NO_TIME.finding.says
    assert point.where == "tệp “Phieu 2.docx”, mục 8"
    assert point.remedy == NO_TIME.finding.remedy
    [ground] = point.grounds
    assert (ground.clause, ground.source) == ("Mục I", "cong-van")
    assert ground.words == ("trong khoảng thời gian cụ thể",)


def test_a_locked_file_is_asked_for_again_and_other_gaps_stand_apart() -> None:
    told = compose(
        replace(BARE, unread=(ZIP,)),
        verdict(LOCKED, NO_TIME),
        CALL,
        kind=ReplyKind.RESEND,
        answering=MAIL,
        written_at=IN_TIME,
        grounds=GROUNDS,
    )

    assert [point.says for point in told.unopened] == [LOCKED.finding.says]
    assert [point.says for point in told.gaps] == [NO_TIME.finding.says]


def test_a_supplement_says_what_it_settled_and_what_is_left() -> None:
    before = Previous(dossier=BARE, verdict=verdict(NO_TABLE, NO_TIME))

    told = letter(ReplyKind.GAPS, verdict(NO_TIME), before)

    assert told.supplement
    assert told.settled == ("Thiếu Bảng tổng hợp đề xuất nhiệm vụ của đơn vị",)
    assert [point.says for point in told.gaps] == [NO_TIME.finding.says]
    assert told.held_because == ()


def test_a_new_gap_on_an_unchanged_paper_goes_by_an_officer_first() -> None:
    before = Previous(dossier=DOSSIER, verdict=verdict(NO_TABLE))

    told = letter(ReplyKind.GAPS, verdict(NO_TIME), before)

    assert told.held_because == (
        f"Nội dung chưa nêu ở thư trước, trên tài liệu không đổi: {NO_TIME.finding.says}",
    )


def test_a_new_gap_on_a_new_paper_is_simply_told() -> None:
    before = Previous(dossier=replace(DOSSIER, tasks=DOSSIER.tasks[:1]), verdict=verdict(NO_TABLE))

    assert letter(ReplyKind.GAPS, verdict(NO_TIME), before).held_because == ()


def test_the_answer_goes_to_one_address_and_joins_the_thread() -> None:
    mail = replace(
        MAIL, reply_to=Address("vanthu@example.vn"), references=("<r1@x>", "<a1@example.vn>")
    )

    told = compose(
        DOSSIER,
        verdict(),
        CALL,
        kind=ReplyKind.COMPLETE,
        answering=mail,
        written_at=IN_TIME,
        grounds=GROUNDS,
    )

    assert told.to == Address("vanthu@example.vn")
    assert told.in_reply_to == "<a1@example.vn>"
    assert told.references == ("<r1@x>", "<a1@example.vn>")


def test_a_long_thread_keeps_its_first_and_its_last_nine() -> None:
    thread = tuple(f"<{n}@x>" for n in range(30))

    told = compose(
        DOSSIER,
        verdict(),
        CALL,
        kind=ReplyKind.COMPLETE,
        answering=replace(MAIL, references=thread),
        written_at=IN_TIME,
        grounds=GROUNDS,
    )

    assert told.references == ("<0@x>", *thread[-8:], "<a1@example.vn>")


def test_a_place_already_named_in_the_sentence_is_not_said_twice() -> None:
    gap = found("C01", "Tệp “CV.pdf” là biểu mẫu.", "Gửi lại.", Place("CV.pdf"))

    [point] = letter(ReplyKind.GAPS, verdict(gap)).gaps

    assert point.where == ""


def test_a_file_named_in_the_sentence_leaves_only_the_spot_to_say() -> None:
    gap = found(
        "C20", "Phiếu (tệp “P.docx”): mục 7 còn để trống.", "Nêu.", Place("P.docx", "đoạn 4")
    )

    [point] = letter(ReplyKind.GAPS, verdict(gap)).gaps

    assert point.where == "đoạn 4"


def test_the_mails_own_text_is_no_file() -> None:
    gap = found("S06", "Thư chứa liên kết.", "Đính kèm tệp.", Place("(nội dung thư)"))

    [point] = letter(ReplyKind.GAPS, verdict(gap)).gaps

    assert point.where == "nội dung thư"


@pytest.mark.parametrize(
    ("number", "named"),
    [
        ("14/TTr-UBND", "Tờ trình số 14/TTr-UBND"),
        ("07/BC-UBND", "Báo cáo số 07/BC-UBND"),
        ("15-CV/BCH", "Công văn số 15-CV/BCH"),
        ("", "Công văn đề xuất nhiệm vụ"),
    ],
)
def test_a_covering_letter_is_called_what_its_symbol_says(number: str, named: str) -> None:
    told = compose(
        replace(DOSSIER, cover_letters=(CoverLetter(at=Place("a.pdf"), number=number),)),
        verdict(),
        CALL,
        kind=ReplyKind.COMPLETE,
        answering=MAIL,
        written_at=IN_TIME,
        grounds=GROUNDS,
    )

    assert told.received[0].says == named
