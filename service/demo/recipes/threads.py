"""Several mails of one unit, several units in one mail, and the minutes around the deadline."""

# ruff: noqa: E501 -- a sentence of a letter stays whole, to be read and searched as one

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from service.demo import mails
from service.demo.containers import zipped
from service.demo.draw import Draw
from service.demo.facts import HouseKind
from service.demo.gold import Answer, Said, expected
from service.demo.mails import Letter
from service.demo.papers import Desk, Paper, renamed
from service.demo.scene import CODE, Case, Recipe, Scene, a_case, a_scene, at
from service.demo.tasks import spoken_budget, with_fields

_MAY = ("C13", "N07")
_DAY = date(2024, 3, 22)
_NEXT = date(2024, 3, 23)
_GAPS = Said(triage="submission", reply="gaps")


def _early(scene: Scene) -> datetime:
    draw = scene.draw.branch("early")
    return at(scene.plan.signed, draw.number(8, 11), draw.number(0, 59), draw.number(0, 59))


def _our_id(scene: Scene) -> str:
    return f"<hs.{CODE}.2.{scene.draw.branch('ours').hexes(16)}@namdinh.gov.vn>"


def three_parts(draw: Draw) -> Case:
    """One dossier over three mails, “phần 1/3” to “3/3”."""
    scene = a_scene(draw, HouseKind.COMPANY, count=2)
    desk, start = scene.desk, _early(scene)
    way = draw.one(("(phần {n}/3)", "- Phần {n}/3", "({n}/3)", "thư {n}/3"))
    loads = ((desk.cover(), desk.table()), (desk.form(1),), (desk.form(2),))
    letters = tuple(
        scene.letter(
            *papers,
            at=start + timedelta(minutes=4 * n),
            subject=f"Hồ sơ 1322 {scene.plan.house.aliases[0]} {way.format(n=n + 1)}",
            text=scene.words(f"Phần {n + 1} của hồ sơ."),
        )
        for n, papers in enumerate(loads)
    )
    part = Said(triage="submission", reply="partial", reply_also=("none",))
    second = replace(part, triage="supplement", triage_also=("submission",))
    last = Said(triage="supplement", reply="complete", triage_also=("submission",))
    answer = Answer(state="complete", papers=desk.all(), may_fail=_MAY)
    return scene.case(three_parts, letters, (part, second, last), answer)


def two_mails_unmarked(draw: Draw) -> Case:
    """The second half follows after three minutes, without a word about parts."""
    scene = a_scene(draw, count=2)
    desk, start = scene.desk, _early(scene)
    first = scene.letter(desk.cover(), desk.table(), at=start)
    second = scene.letter(
        *desk.forms(),
        *desk.pledges(),
        at=start + timedelta(minutes=3),
        subject="Gửi tiếp",
        text=scene.words("Em gửi tiếp các phiếu ạ."),
    )
    said = Said(triage="submission", reply="none", reply_also=("partial", "gaps"))
    last = Said(triage="supplement", reply="complete", triage_also=("submission",))
    answer = Answer(state="complete", papers=desk.all(), may_fail=_MAY)
    return scene.case(
        two_mails_unmarked,
        (first, second),
        (said, last),
        answer,
        tolerant="The first mail may be answered once the quiet period has passed.",
    )


def one_mail_a_task(draw: Draw) -> Case:
    """One mail brings letter, table and the first form, another the second form, minutes later."""
    scene = a_scene(draw, count=2)
    desk, start = scene.desk, _early(scene)
    first = scene.letter(
        desk.cover(), desk.table(), desk.form(1), at=start, subject="Hồ sơ nhiệm vụ 1"
    )
    second = scene.letter(
        desk.form(2),
        *desk.pledges(),
        at=start + timedelta(minutes=6),
        subject="Hồ sơ nhiệm vụ 2",
        text=scene.words("Gửi phòng phiếu của nhiệm vụ thứ hai."),
    )
    said = Said(triage="submission", reply="none", reply_also=("partial", "gaps"))
    last = Said(triage="supplement", reply="complete", triage_also=("submission",))
    answer = Answer(state="complete", papers=desk.all(), may_fail=_MAY)
    return scene.case(one_mail_a_task, (first, second), (said, last), answer)


def forgotten_files(draw: Draw) -> Case:
    """“Hồ sơ đính kèm”, and nothing attached; the files follow at once."""
    scene = a_scene(draw)
    start = _early(scene)
    papers = scene.desk.all()
    first = scene.letter(at=start)
    second = scene.letter(
        *papers,
        at=start + timedelta(minutes=2),
        text=scene.words("Em xin lỗi, thư trước em quên đính kèm. Em gửi lại ạ."),
    )
    said = Said(
        triage="submission",
        reply="none",
        triage_also=("other", "query"),
        reply_also=("partial", "gaps", "held", "resend"),
    )
    last = Said(triage="submission", reply="complete", triage_also=("supplement",))
    return scene.case(
        forgotten_files,
        (first, second),
        (said, last),
        Answer(state="complete", papers=papers, may_fail=_MAY),
    )


def _mended(
    scene: Scene,
    recipe: Recipe,
    second: Letter,
    *rest: Paper,
    held: bool = False,
    tolerant: str = "",
) -> Case:
    """A dossier without its table, mended by a second mail."""
    desk = scene.desk
    first = scene.letter(desk.cover(), *desk.forms(), *desk.pledges(), at=_early(scene))
    also = ("officer",) if held else ()
    last = Said(
        triage="supplement",
        reply="complete",
        triage_also=("submission",) if held else (),
        reply_also=("held",) if held else (),
    )
    answer = Answer(
        state="complete", state_also=also, papers=(*desk.all(), *rest), may_fail=(*_MAY, "C25")
    )
    return scene.case(recipe, (first, second), (_GAPS, last), answer, tolerant=tolerant)


def _later(scene: Scene, *papers: Paper, hours: int = 5, **changed: object) -> Letter:
    return scene.letter(*papers, at=_early(scene) + timedelta(hours=hours), **changed)


def supplement_with_the_code(draw: Draw) -> Case:
    """The missing table comes as a reply to our letter, its code in the subject."""
    scene = a_scene(draw)
    opened = scene.letter(at=_early(scene)).message_id
    second = _later(
        scene,
        scene.desk.table(),
        subject=f"Re: [{CODE}] Đề nghị bổ sung, hoàn thiện hồ sơ đề xuất nhiệm vụ KH&CN",
        text=scene.words("{unit} gửi bổ sung bảng tổng hợp."),
        replies_to=(opened, _our_id(scene)),
    )
    return _mended(scene, supplement_with_the_code, second)


def supplement_with_our_letter_quoted(draw: Draw) -> Case:
    """The same, with our list of gaps quoted below: none of its words count."""
    scene = a_scene(draw)
    opened = scene.letter(at=_early(scene)).message_id
    ours = scene.letter(
        sender=mails.OFFICE,
        name=mails.OFFICE_NAME,
        to=scene.plan.house.mailbox,
        at=_early(scene) + timedelta(minutes=30),
        text="Qua kiểm tra, đề nghị Quý đơn vị bổ sung:\n1. Thiếu Bảng tổng hợp đề xuất nhiệm vụ của đơn vị.\nTrường hợp không có đề xuất, đề nghị phản hồi thư này.",
    )
    text = mails.quoted_reply(scene.words("Gửi phòng bảng tổng hợp còn thiếu."), ours)
    subject = f"RE: [{CODE}] Đề nghị bổ sung, hoàn thiện hồ sơ đề xuất nhiệm vụ KH&CN - {scene.plan.house.name}"
    second = _later(
        scene, scene.desk.table(), subject=subject, text=text, replies_to=(opened, _our_id(scene))
    )
    return _mended(scene, supplement_with_our_letter_quoted, second)


def supplement_in_the_thread(draw: Draw) -> Case:
    """The subject lost our code; the thread is there."""
    scene = a_scene(draw)
    opened = scene.letter(at=_early(scene)).message_id
    second = _later(
        scene,
        scene.desk.table(),
        subject="Bổ sung bảng tổng hợp",
        text=scene.words("Gửi bổ sung theo yêu cầu."),
        replies_to=(opened, _our_id(scene)),
    )
    return _mended(scene, supplement_in_the_thread, second, held=True)


def supplement_out_of_nowhere(draw: Draw) -> Case:
    """A new mail of the same address with the missing table, no code, no thread."""
    scene = a_scene(draw)
    second = _later(
        scene,
        scene.desk.table(),
        subject="Gửi bổ sung",
        text=scene.words("{unit} gửi bổ sung bảng tổng hợp đề xuất nhiệm vụ."),
    )
    return _mended(scene, supplement_out_of_nowhere, second, held=True)


def supplement_from_another_address(draw: Draw) -> Case:
    """The supplement names the code and comes from an address nobody knows: an officer confirms."""
    scene = a_scene(draw, HouseKind.COMMUNE)
    second = _later(
        scene,
        scene.desk.table(),
        sender=f"{draw.letters(7)}{draw.number(80, 99)}@gmail.com",
        subject=f"[{CODE}] bổ sung bảng tổng hợp",
        text=scene.words("Em gửi bổ sung bảng tổng hợp của {unit}."),
    )
    desk = scene.desk
    first = scene.letter(desk.cover(), *desk.forms(), *desk.pledges(), at=_early(scene))
    last = Said(
        triage="supplement",
        reply="held",
        triage_also=("submission",),
        reply_also=("complete", "none"),
    )
    answer = Answer(
        state="officer",
        state_also=("complete", "gaps"),
        papers=(desk.cover(), *desk.forms()),
        may_fail=(*_MAY, "C25", "C02"),
    )
    return scene.case(
        supplement_from_another_address,
        (first, second),
        (_GAPS, last),
        answer,
        tolerant="A new address never replaces silently; adding a missing paper the documents leave open.",
    )


def half_mended(draw: Draw) -> Case:
    """Two gaps, the supplement mends one: the other is named again, no third."""
    scene = a_scene(draw, count=1)
    lame = scene.with_tasks(with_fields(scene.plan.tasks[0], muc_tieu=""))
    desk = scene.desk
    first = scene.letter(desk.cover(), *lame.desk.forms(), at=_early(scene))
    opened = first.message_id
    second = _later(
        scene,
        desk.table(),
        subject=f"Re: [{CODE}] Đề nghị bổ sung",
        text=scene.words("Gửi bảng tổng hợp."),
        replies_to=(opened, _our_id(scene)),
    )
    last = Said(triage="supplement", reply="gaps")
    papers = (desk.cover(), *lame.desk.forms(), desk.table())
    answer = Answer(state="gaps", papers=papers, must_fail=("C16",), may_fail=(*_MAY, "C25"))
    return scene.case(half_mended, (first, second), (_GAPS, last), answer)


def replaced_form(draw: Draw) -> Case:
    """A form with a blank field is replaced by a better one: only the new one counts."""
    scene = a_scene(draw)
    lame = scene.with_tasks(with_fields(scene.plan.tasks[0], kinh_phi=""), *scene.plan.tasks[1:])
    desk = scene.desk
    first = scene.letter(
        desk.cover(), desk.table(), *lame.desk.forms(), *desk.pledges(), at=_early(scene)
    )
    better = desk.form(1)
    better = renamed(better, f"{better.name.rsplit('.', 1)[0]} (ban thay the).docx")
    second = _later(
        scene,
        better,
        subject=f"Re: [{CODE}] Đề nghị bổ sung",
        text=scene.words("Gửi phiếu thay thế phiếu đã gửi."),
        replies_to=(first.message_id, _our_id(scene)),
    )
    last = Said(triage="supplement", reply="complete", reply_also=("held",))
    answer = Answer(
        state="complete",
        state_also=("officer",),
        papers=(desk.cover(), desk.table()),
        may_fail=_MAY,
    )
    return scene.case(replaced_form, (first, second), (_GAPS, last), answer)


def correction_after_acceptance(draw: Draw) -> Case:
    """After “complete” a corrected form comes with another budget: the newest stands."""
    scene = a_scene(draw, count=1)
    task = scene.plan.tasks[0]
    more = replace(task.money, total=task.money.total + 200, state=task.money.state + 200)
    newer = with_fields(
        replace(task, money=more), kinh_phi=spoken_budget(draw.branch("newer"), more)
    )
    new = scene.with_tasks(newer)
    first = scene.letter(*scene.desk.all(), at=_early(scene))
    second = _later(
        scene,
        new.desk.table(),
        new.desk.form(1),
        subject=f"Re: [{CODE}] Xác nhận đã nhận hồ sơ",
        text=scene.words("Đơn vị gửi bản thay thế phiếu và bảng tổng hợp do điều chỉnh kinh phí."),
        replies_to=(first.message_id, _our_id(scene)),
    )
    said = Said(triage="submission", reply="complete")
    last = Said(triage="supplement", reply="complete", reply_also=("held",))
    answer = Answer(
        state="complete",
        state_also=("officer",),
        papers=(scene.desk.cover(),),
        may_fail=(*_MAY, "N03"),
    )
    return new.case(correction_after_acceptance, (first, second), (said, last), answer)


def thanks(draw: Draw) -> Case:
    """Thanks for our acknowledgement: nothing to answer."""
    scene = a_scene(draw)
    papers = scene.desk.all()
    first = scene.letter(*papers, at=_early(scene))
    words = draw.one(
        (
            "Cảm ơn anh chị nhiều ạ!",
            "Đã nhận được phản hồi. Trân trọng cảm ơn phòng.",
            "OK em cảm ơn.",
        )
    )
    second = _later(
        scene,
        hours=2,
        subject=f"Re: [{CODE}] Xác nhận đã nhận hồ sơ đề xuất nhiệm vụ KH&CN",
        text=scene.words(words),
        replies_to=(first.message_id, _our_id(scene)),
    )
    said = Said(triage="submission", reply="complete")
    last = Said(triage="other", reply="none", triage_also=("query", "supplement"))
    answer = Answer(state="complete", papers=papers, may_fail=_MAY)
    return scene.case(thanks, (first, second), (said, last), answer)


def already_sent(draw: Draw) -> Case:
    """“Đã gửi rồi”: a person disagrees; the same list never goes out twice, an officer looks."""
    scene = a_scene(draw)
    desk = scene.desk
    first = scene.letter(desk.cover(), *desk.forms(), at=_early(scene))
    words = draw.one(
        (
            "Bảng tổng hợp bên em đã gửi rồi mà, đề nghị phòng kiểm tra lại.",
            "Đơn vị đã gửi đủ hồ sơ qua trục liên thông, đề nghị kiểm tra lại ạ.",
            "Sao lại thiếu? Em gửi rồi, anh chị xem lại giúp.",
        )
    )
    second = _later(
        scene,
        hours=3,
        subject=f"Re: [{CODE}] Đề nghị bổ sung, hoàn thiện hồ sơ",
        text=scene.words(words),
        replies_to=(first.message_id, _our_id(scene)),
    )
    last = Said(
        triage="query", reply="none", triage_also=("supplement", "other"), reply_also=("held",)
    )
    answer = Answer(
        state="gaps",
        state_also=("officer",),
        papers=(desk.cover(), *desk.forms()),
        must_fail=("C02",),
        may_fail=(*_MAY, "C25"),
        priorities=False,
    )
    return scene.case(already_sent, (first, second), (_GAPS, last), answer)


def same_dossier_again(draw: Draw) -> Case:
    """The same files in a new mail, an hour later, to be sure."""
    scene = a_scene(draw)
    papers = scene.desk.all()
    first = scene.letter(*papers, at=_early(scene))
    second = _later(
        scene, *papers, hours=1, text=scene.words("Em gửi lại cho chắc ạ, sợ thư trước không đến.")
    )
    said = Said(triage="submission", reply="complete")
    last = Said(
        triage="supplement",
        reply="complete",
        triage_also=("submission", "other"),
        reply_also=("none", "held"),
    )
    return scene.case(
        same_dossier_again,
        (first, second),
        (said, last),
        Answer(state="complete", papers=papers, may_fail=_MAY),
    )


def nil_then_a_dossier(draw: Draw) -> Case:
    """“No proposal” on Monday, a dossier on Thursday: the dossier stands."""
    scene = a_scene(draw, HouseKind.COMMUNE)
    papers = scene.desk.all()
    first = scene.letter(
        at=at(date(2024, 3, 18), 7, 40),
        subject="Trả lời CV 285",
        text=scene.words("{unit} không có đề xuất nhiệm vụ thuộc Chương trình 1322."),
    )
    second = scene.letter(
        *papers,
        at=at(_DAY, 9, 12),
        text=scene.words(
            "Sau khi rà soát lại, {unit} gửi hồ sơ đề xuất, thay cho văn bản trả lời trước."
        ),
    )
    said = Said(triage="nil_return", reply="nil_return", triage_also=("submission",))
    last = Said(
        triage="submission", reply="complete", triage_also=("supplement",), reply_also=("held",)
    )
    answer = Answer(state="complete", state_also=("officer",), papers=papers, may_fail=_MAY)
    return scene.case(nil_then_a_dossier, (first, second), (said, last), answer)


def _timed(
    scene: Scene, recipe: Recipe, when: datetime, *, late: bool, sent: datetime | None = None
) -> Case:
    papers = scene.desk.all()
    answer = Answer(
        state="complete",
        state_also=("officer",) if late else (),
        papers=papers,
        late=late,
        may_fail=_MAY,
    )
    if late:
        answer = replace(answer, must_be_officer=("D01",))
    return scene.judged(recipe, answer, scene.letter(*papers, at=when, sent_at=sent))


def last_second(draw: Draw) -> Case:
    """Received at 23:59:59 on 22 March: in time."""
    return _timed(a_scene(draw), last_second, at(_DAY, 23, 59, 59), late=False)


def first_late_second(draw: Draw) -> Case:
    """Received at 00:00:00 on 23 March: late, and an officer's matter."""
    return _timed(a_scene(draw), first_late_second, at(_NEXT, 0, 0), late=True)


def saturday_morning(draw: Draw) -> Case:
    """Sent on Saturday morning, the day of the deadline."""
    return _timed(
        a_scene(draw),
        saturday_morning,
        at(_NEXT, draw.number(7, 11), draw.number(0, 59)),
        late=True,
    )


def in_time_by_another_clock(draw: Draw) -> Case:
    """The server writes its times in UTC: 16:59:59 there is 23:59:59 here."""
    when = at(_DAY, 23, 59, 59).astimezone(timezone.utc)  # noqa: UP017 -- the point is the zone
    return _timed(a_scene(draw), in_time_by_another_clock, when, late=False)


def late_by_another_clock(draw: Draw) -> Case:
    """17:00:00 UTC is midnight here."""
    when = at(_NEXT, 0, 0).astimezone(timezone.utc)  # noqa: UP017 -- the point is the zone
    return _timed(a_scene(draw), late_by_another_clock, when, late=True)


def date_header_in_time(draw: Draw) -> Case:
    """`Date:` says 22 March, the server took it on the 23rd: the server's time counts, an officer sees both."""
    return _timed(
        a_scene(draw),
        date_header_in_time,
        at(_NEXT, 1, draw.number(0, 50)),
        late=True,
        sent=at(_DAY, 21, 14),
    )


def date_header_ahead(draw: Draw) -> Case:
    """The sender's clock is a day ahead; the mail came in time."""
    return _timed(
        a_scene(draw),
        date_header_ahead,
        at(_DAY, 15, draw.number(0, 59)),
        late=False,
        sent=at(_NEXT, 15, 0),
    )


def late_with_a_gap(draw: Draw) -> Case:
    """Late, and without its table: both are said, nothing is refused."""
    scene = a_scene(draw)
    desk = scene.desk
    papers = (desk.cover(), *desk.forms())
    answer = Answer(
        state="gaps",
        state_also=("officer",),
        papers=papers,
        late=True,
        must_fail=("C02",),
        must_be_officer=("D01",),
        may_fail=(*_MAY, "C25"),
        priorities=False,
    )
    return scene.judged(late_with_a_gap, answer, scene.letter(*papers, at=at(_NEXT, 9, 30)))


def late_supplement(draw: Draw) -> Case:
    """The dossier came in time, its missing table on Saturday: the first receipt stands."""
    scene = a_scene(draw)
    desk = scene.desk
    first = scene.letter(desk.cover(), *desk.forms(), *desk.pledges(), at=_early(scene))
    second = scene.letter(
        desk.table(),
        at=at(_NEXT, 8, 30),
        subject=f"Re: [{CODE}] Đề nghị bổ sung",
        text=scene.words("Gửi bổ sung bảng tổng hợp."),
        replies_to=(first.message_id, _our_id(scene)),
    )
    last = Said(triage="supplement", reply="complete", reply_also=("held",))
    answer = Answer(
        state="complete",
        state_also=("officer",),
        papers=desk.all(),
        may_fail=(*_MAY, "C25", "D01"),
        must_be_officer=("D02",),
    )
    return scene.case(late_supplement, (first, second), (_GAPS, last), answer)


def two_units(draw: Draw) -> Case:
    """A department sends the dossiers of two companies in one mail, a folder each."""
    one = a_scene(draw.branch("one"), HouseKind.COMPANY, count=1)
    two = a_scene(draw.branch("two"), HouseKind.COMPANY, count=1)
    if two.plan.house.aliases[0].split()[-2:] == one.plan.house.aliases[0].split()[-2:]:
        two = a_scene(draw.branch("three"), HouseKind.COMPANY, count=1)
    boxes = tuple(
        zipped(f"{scene.plan.house.aliases[0]}.zip", scene.desk.all()) for scene in (one, two)
    )
    host = a_scene(draw.branch("host"), HouseKind.DEPARTMENT)
    letter = host.letter(
        *boxes,
        subject="Chuyển hồ sơ của 02 doanh nghiệp",
        text=host.words("{unit} chuyển hồ sơ đề xuất của hai doanh nghiệp."),
    )
    said = Said(triage="submission", reply="held", reply_also=("none", "complete"))
    answers = tuple(
        (
            scene.plan,
            Answer(
                state="officer",
                state_also=("complete",),
                merge_ok=True,
                may_fail=(*_MAY, "N02", "C05"),
                priorities=False,
                without_fields=True,
            ),
        )
        for scene in (one, two)
    )
    return a_case(
        two_units,
        host.plan.house.name,
        (host.sent(letter),),
        expected((said,), answers),
        tolerant="Split or held together: both are right, complete only when split.",
    )


def commune_for_its_enterprise(draw: Draw) -> Case:
    """A commune's covering letter brings the form of a company: no letter of the company is asked for."""
    scene = a_scene(draw, HouseKind.COMMUNE, count=1)
    firm = a_scene(draw.branch("firm"), HouseKind.COMPANY, count=1)
    host = scene.with_tasks(*firm.plan.tasks)
    written = Desk(scene.draw.branch("firm's desk"), firm.plan, scene.desk.look)
    papers = (host.desk.cover(), host.desk.table(), written.form(1))
    answer = Answer(state="complete", state_also=("officer",), papers=papers, may_fail=_MAY)
    return host.judged(commune_for_its_enterprise, answer, host.letter(*papers))


RECIPES: tuple[Recipe, ...] = (
    three_parts,
    two_mails_unmarked,
    one_mail_a_task,
    forgotten_files,
    supplement_with_the_code,
    supplement_with_our_letter_quoted,
    supplement_in_the_thread,
    supplement_out_of_nowhere,
    supplement_from_another_address,
    half_mended,
    replaced_form,
    correction_after_acceptance,
    thanks,
    already_sent,
    same_dossier_again,
    nil_then_a_dossier,
    last_second,
    first_late_second,
    saturday_morning,
    in_time_by_another_clock,
    late_by_another_clock,
    date_header_in_time,
    date_header_ahead,
    late_with_a_gap,
    late_supplement,
    two_units,
    commune_for_its_enterprise,
)
