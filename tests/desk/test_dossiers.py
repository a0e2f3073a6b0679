"""Dossiers: found in the list, opened with their evidence, decided about with a reason."""

from hashlib import sha256

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossier import Triage
from ledger import filing, verdicts
from ledger.models import Dossier, Incoming, Stage, Waiver
from ledger.store import Store
from tests.desk.conftest import OFFICER
from tests.desk.rows import (
    a_file,
    a_judged_dossier,
    a_question,
    acts,
    judge,
    said,
    text,
)
from tests.ledger.rows import NOW, a_dossier, a_gap, a_mail, read

DOUBT = "Bổ sung hồ sơ: cùng đơn vị nhưng địa chỉ gửi chưa từng gửi hồ sơ này; cán bộ xác nhận."


def waive(desk: Client, dossier: Dossier, why: str) -> str:
    """Waive the first finding of the newest verdict and give what the desk says."""
    newest = dossier.newest
    assert newest is not None
    finding = newest.findings.order_by("position")[0]
    answer = desk.post(f"/ho-so/{dossier.code}/bo-qua/{finding.pk}/", {"ly-do": why})
    line = said(desk, answer)
    dossier.refresh_from_db()
    return line


def decide(desk: Client, dossier: Dossier, decision: str, why: str = "đã xem bản giấy") -> str:
    """Decide about the package and give what the desk says."""
    answer = desk.post(f"/ho-so/{dossier.code}/tong-hop/", {"quyet-dinh": decision, "ly-do": why})
    line = said(desk, answer)
    dossier.refresh_from_db()
    return line


# ------------------------------------------------------------------ looking


def test_what_waits_for_a_person_stands_first_with_its_reason(desk: Client, store: Store) -> None:
    asked = a_judged_dossier(store, 1, a_question("Không rõ loại nhiệm vụ."))
    complete = a_judged_dossier(store, 2)

    page = text(desk.get("/"))

    assert 0 < page.index(asked.code) < page.index(complete.code)
    assert "Chưa kết luận: Không rõ loại nhiệm vụ." in page
    assert "1 hồ sơ chờ kiểm tra" in page


def test_a_dossier_is_found_by_its_unit_without_marks(desk: Client, store: Store) -> None:
    first, second = a_judged_dossier(store, 1), a_judged_dossier(store, 2)
    Dossier.objects.filter(pk=second.pk).update(unit_name="Công ty CP Đúc Mỹ Lộc")

    page = text(desk.get("/?tim=duc my loc"))

    assert (first.code in page, second.code in page) == (False, True)


def test_the_list_is_narrowed_to_a_state(desk: Client, store: Store) -> None:
    gaps, complete = a_judged_dossier(store, 1, a_gap()), a_judged_dossier(store, 2)

    page = text(desk.get("/?tinh-trang=gaps"))

    assert (gaps.code in page, complete.code in page) == (True, False)


def test_the_list_says_the_point_of_a_gap_and_not_only_its_long_title(
    desk: Client, store: Store
) -> None:
    title = "Áp dụng truy xuất nguồn gốc điện tử theo TCVN 12850:2019 tại Công ty Việt Tiến Phát"
    a_judged_dossier(store, 1, a_gap(f"Nhiệm vụ “{title}” đề xuất 40 tháng."))

    page = text(desk.get("/"))

    assert "Nhiệm vụ “Áp dụng truy xuất nguồn gốc điện…” đề xuất 40 tháng." in page


def test_a_dossier_shows_what_where_why_and_what_to_do(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_question(), a_gap("Thiếu Bảng tổng hợp."))
    a_file(store, dossier.mails.get())

    page = text(desk.get(f"/ho-so/{dossier.code}/"))

    assert "Vị trí: tệp “phieu-1.docx”, mục 2" in page
    assert "<blockquote>xây dựng mô hình quản lý</blockquote>" in page
    assert "Căn cứ: điểm b khoản 3 Mục II Công văn mời đề xuất" in page
    assert "Nếu đúng như vậy: Cán bộ đọc phiếu." in page
    assert page.index("Chờ cán bộ quyết định (1)") < page.index("Đơn vị cần bổ sung (1)")
    assert "CV 25.pdf" in page


@pytest.mark.parametrize("address", ["/", "/thu/", "/thu-den/", "/tong-hop/"])
def test_a_page_asks_the_database_no_more_for_fifty_than_for_five(
    desk: Client, store: Store, address: str
) -> None:
    for uid in range(1, 6):
        a_judged_dossier(store, uid, a_gap(), a_question(), held=("chờ",))
    desk.get(address)

    with CaptureQueriesContext(connection) as few:
        desk.get(address)
    for uid in range(6, 51):
        a_judged_dossier(store, uid, a_gap(), a_question(), held=("chờ",))
    with CaptureQueriesContext(connection) as many:
        answer = desk.get(address)

    assert len(many) == len(few)
    if address != "/tong-hop/":
        assert "1322-2025-0050" in text(answer)


def test_the_list_turns_pages(desk: Client, store: Store) -> None:
    for uid in range(1, 53):
        a_dossier(store, uid)

    first, second = text(desk.get("/")), text(desk.get("/?trang=2"))

    assert ("1322-2025-0052" in first, "1322-2025-0002" in first) == (True, False)
    assert ("1322-2025-0052" in second, "1322-2025-0002" in second) == (False, True)


# ------------------------------------------------------------------ waiving


def test_a_finding_is_waived_with_a_reason_and_its_dossier_judged_again(
    desk: Client, store: Store
) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())

    line = waive(desk, dossier, "đã nhận bản giấy")

    assert line == "Đã ghi nhận; hồ sơ được kiểm tra lại ngay."
    assert verdicts.waived_in(dossier) == {a_gap().key}
    assert dossier.stage == Stage.JUDGE
    assert acts() == [(OFFICER, "waive", "C02: đã nhận bản giấy")]


def test_without_a_reason_nothing_is_waived(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())

    line = waive(desk, dossier, "   ")

    assert line == "Cần ghi lý do bỏ qua."
    assert (Waiver.objects.count(), dossier.stage, acts()) == (0, "", [])


def test_what_is_waived_already_is_not_waived_twice(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())
    waive(desk, dossier, "đã nhận bản giấy")

    line = waive(desk, dossier, "đã nhận bản giấy")

    assert line == "Nội dung này đã được bỏ qua rồi."
    assert Waiver.objects.count() == 1


def test_a_finding_of_an_older_verdict_is_not_waived(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())
    newest = dossier.newest
    assert newest is not None
    old = newest.findings.get()
    Dossier.objects.update(stage=Stage.JUDGE, due_at=NOW)
    judge(store, dossier, a_gap("Thiếu phiếu."))

    answer = desk.post(f"/ho-so/{dossier.code}/bo-qua/{old.pk}/", {"ly-do": "vì thế"})

    assert said(desk, answer) == "Hồ sơ vừa được kiểm tra lại; đọc kết luận mới rồi quyết định."
    assert Waiver.objects.count() == 0


def test_a_finding_of_another_dossier_is_not_there(desk: Client, store: Store) -> None:
    one, other = a_judged_dossier(store, 1, a_gap()), a_judged_dossier(store, 2, a_gap())
    newest = other.newest
    assert newest is not None

    answer = desk.post(f"/ho-so/{one.code}/bo-qua/{newest.findings.get().pk}/", {"ly-do": "vì thế"})

    assert answer.status_code == 404
    assert Waiver.objects.count() == 0


def test_a_waiver_is_taken_back_once(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())
    waive(desk, dossier, "đã nhận bản giấy")
    address = f"/ho-so/{dossier.code}/rut-bo-qua/{Waiver.objects.get().pk}/"

    first, second = said(desk, desk.post(address)), said(desk, desk.post(address))

    assert first == "Đã rút lại; hồ sơ được kiểm tra lại ngay."
    assert second == "Việc bỏ qua này đã được rút lại."
    assert verdicts.waived_in(dossier) == frozenset()
    assert [verb for _who, verb, _why in acts()] == ["waive", "withdraw_waiver"]


# ------------------------------------------------------------------ confirming


@pytest.fixture
def doubtful(store: Store) -> Dossier:
    """A dossier that a mail from a stranger was added to."""
    dossier = a_judged_dossier(store, 1)
    mail = a_mail(store, 2)
    read(mail)
    with transaction.atomic():
        filing.put(mail, dossier, doubts=(DOUBT,), now=NOW, quiet_until=NOW, certain=False)
    Incoming.objects.filter(pk=mail.pk).update(
        stage="", triage=Triage.SUPPLEMENT.value, reason=DOUBT
    )
    judge(store, dossier, a_question(DOUBT))
    return dossier


def confirm(desk: Client, dossier: Dossier, seen: int) -> str:
    """Say that the doubt is none and give what the desk says."""
    asked = sha256(DOUBT.encode()).hexdigest()
    answer = desk.post(
        f"/ho-so/{dossier.code}/xac-nhan/",
        {"dieu": asked, "thu-moi-nhat": str(seen), "ly-do": "đã gọi điện"},
    )
    line = said(desk, answer)
    dossier.refresh_from_db()
    return line


def test_a_doubt_is_asked_once_and_not_again_among_the_questions(
    desk: Client, doubtful: Dossier
) -> None:
    page = text(desk.get(f"/ho-so/{doubtful.code}/"))

    assert "Cần cán bộ xác nhận (1)" in page
    assert "Đúng là của hồ sơ này" in page
    assert "Chờ cán bộ quyết định" not in page


def test_a_confirmed_mail_belongs_to_its_dossier_and_its_sender_speaks_for_it(
    desk: Client, doubtful: Dossier
) -> None:
    newest = Incoming.objects.latest("pk")

    line = confirm(desk, doubtful, newest.pk)

    newest.refresh_from_db()
    assert line == "Đã xác nhận; hồ sơ được kiểm tra lại ngay."
    assert (doubtful.doubts, doubtful.stage, newest.certain) == ([], Stage.JUDGE, True)
    assert acts() == [(OFFICER, "confirm_doubt", f"{DOUBT} — đã gọi điện")]


def test_a_doubt_is_confirmed_once(desk: Client, doubtful: Dossier) -> None:
    seen = Incoming.objects.latest("pk").pk
    confirm(desk, doubtful, seen)

    assert confirm(desk, doubtful, seen) == "Điều này đã được xác nhận rồi."
    assert len(acts()) == 1


def test_a_mail_that_came_after_the_page_was_opened_is_not_confirmed_unseen(
    desk: Client, doubtful: Dossier, store: Store
) -> None:
    seen = Incoming.objects.latest("pk").pk
    late = a_mail(store, 3)
    read(late)
    with transaction.atomic():
        filing.put(late, doubtful, doubts=(DOUBT,), now=NOW, quiet_until=NOW, certain=False)

    line = confirm(desk, doubtful, seen)

    assert line == "Hồ sơ vừa có thư mới; đọc thư đó rồi xác nhận."
    assert (doubtful.doubts, acts()) == ([DOUBT], [])


def test_a_dossier_is_judged_at_once_when_asked(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())

    answer = desk.post(f"/ho-so/{dossier.code}/kiem-tra-lai/")

    dossier.refresh_from_db()
    assert said(desk, answer) == "Hồ sơ được kiểm tra lại ngay."
    assert dossier.stage == Stage.JUDGE
    assert [verb for _who, verb, _why in acts()] == ["judge_now"]


# ------------------------------------------------------------------ into the package or not


def test_a_dossier_with_a_gap_is_let_in_and_taken_back(desk: Client, store: Store) -> None:
    dossier = a_judged_dossier(store, 1, a_gap())

    decide(desk, dossier, "dua-vao")
    inside = (dossier.released_by, dossier.code in text(desk.get("/tong-hop/")))
    decide(desk, dossier, "rut-lai")

    assert inside == (OFFICER, True)
    assert (dossier.released_at, dossier.released_by) == (None, "")
    assert [verb for _who, verb, _why in acts()] == ["release_dossier", "hold_dossier"]


def test_a_complete_dossier_is_kept_out_until_an_officer_lets_go(
    desk: Client, store: Store
) -> None:
    dossier = a_judged_dossier(store, 1)

    decide(desk, dossier, "giu-lai", "hỏi lại đơn vị")
    kept = text(desk.get("/tong-hop/"))
    decide(desk, dossier, "thoi-giu")
    free = text(desk.get("/tong-hop/"))

    assert "Gồm <b>0</b> hồ sơ" in kept
    assert "Gồm <b>1</b> hồ sơ" in free
    assert [verb for _who, verb, _why in acts()] == ["keep_out", "stop_keeping_out"]


@pytest.mark.parametrize("decision", ["dua-vao", "rut-lai", "giu-lai", "thoi-giu"])
def test_the_package_is_decided_about_with_a_reason_only(
    desk: Client, store: Store, decision: str
) -> None:
    dossier = a_judged_dossier(store, 1)

    assert decide(desk, dossier, decision, " ") == "Cần ghi lý do."
    assert acts() == []
