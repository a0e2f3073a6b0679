"""Mails that bring no dossier: machines, questions, thanks, other people's matters, and answers “no”."""

# ruff: noqa: E501 -- a sentence of a letter stays whole, to be read and searched as one

import base64
from dataclasses import replace
from datetime import timedelta

from service.demo import mails, pages
from service.demo.blocks import Para, centered
from service.demo.draw import Draw
from service.demo.facts import HouseKind
from service.demo.gold import Answer, Json, Said, expected
from service.demo.letters import nil_letter, nil_words
from service.demo.mails import OFFICE, Client, Letter, Part, text_part
from service.demo.papers import COVER, Format, Paper
from service.demo.recipes.carriage import call_letter
from service.demo.scene import CODE, Case, Recipe, Scene, a_case, a_scene

_MACHINE = Said(triage="automatic", reply="none")
_OTHER = Said(triage="other", reply="none")
_QUERY = Said(triage="query", reply="none")


def _nothing(said: Said) -> Json:
    return expected((said,), ())


def _only(scene: Scene, recipe: Recipe, letter: Letter, said: Said, tolerant: str = "") -> Case:
    """One mail that opens no dossier."""
    mail = scene.sent(letter)
    return a_case(recipe, scene.plan.house.name, (mail,), _nothing(said), tolerant=tolerant)


def _our_id(draw: Draw) -> str:
    return f"<hs.{CODE}.1.{draw.hexes(16)}@namdinh.gov.vn>"


_ACKNOWLEDGED = f"[{CODE}] Xác nhận đã nhận hồ sơ đề xuất nhiệm vụ KH&CN"


def absent_exchange(draw: Draw) -> Case:
    """Out of office, by Exchange, in English or Vietnamese."""
    scene = a_scene(draw, HouseKind.COMPANY, client=Client.OUTLOOK)
    subject = draw.one((f"Automatic reply: {_ACKNOWLEDGED}", f"Trả lời tự động: {_ACKNOWLEDGED}"))
    text = draw.one(
        (
            "Thank you for your email. I am out of office from 19 March to 25 March 2024 with limited access to email.\n",
            "Tôi đi công tác từ 19/3 đến hết 24/3/2024, sẽ trả lời thư sau. Việc gấp xin gọi văn phòng.\n",
        )
    )
    headers = (
        "X-Auto-Response-Suppress: All",
        "Auto-Submitted: auto-generated",
        f"X-MS-Exchange-Inbox-Rules-Loop: {scene.plan.house.mailbox}",
    )
    letter = scene.letter(
        subject=subject, text=text, headers=headers, return_path="", replies_to=(_our_id(draw),)
    )
    return _only(scene, absent_exchange, letter, _MACHINE)


def absent_gmail(draw: Draw) -> Case:
    """Out of office, by Gmail."""
    scene = a_scene(draw, HouseKind.MASS, client=Client.GMAIL)
    headers = ("Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes")
    letter = scene.letter(
        subject=f"Vắng mặt Re: {_ACKNOWLEDGED}",
        text="Hiện tôi đang nghỉ phép, sẽ phản hồi sau ngày 25/3.\n",
        headers=headers,
        replies_to=(_our_id(draw),),
    )
    return _only(scene, absent_gmail, letter, _MACHINE)


def absent_zimbra(draw: Draw) -> Case:
    """Out of office, by Zimbra: only Auto-Submitted and Precedence tell."""
    scene = a_scene(draw, HouseKind.COMMUNE, client=Client.ZIMBRA)
    headers = ("Auto-Submitted: auto-replied (zimbra; vacation)", "Precedence: bulk")
    letter = scene.letter(
        subject=f"Re: {_ACKNOWLEDGED}",
        text="Đồng chí đi học tập trung đến hết tháng 3. Thư sẽ được xem sau.\n",
        headers=headers,
        return_path="",
        replies_to=(_our_id(draw),),
    )
    return _only(scene, absent_zimbra, letter, _MACHINE)


def absent_without_headers(draw: Draw) -> Case:
    """Out of office from a program that sets no header: the words alone tell, and no answer goes out."""
    scene = a_scene(draw, HouseKind.COMPANY, client=Client.PLAIN)
    letter = scene.letter(
        subject=draw.one(
            (
                f"Out of office: {_ACKNOWLEDGED}",
                f"Trả lời tự động: {_ACKNOWLEDGED}",
                "Tự động trả lời: Đang nghỉ phép",
            )
        ),
        text="Đây là thư trả lời tự động. Tôi đang nghỉ phép, vui lòng liên hệ lại sau ngày 25/3/2024.\n",
        replies_to=(_our_id(draw),),
    )
    said = replace(_MACHINE, triage_also=("other",))
    return _only(scene, absent_without_headers, letter, said)


def shop_robot(draw: Draw) -> Case:
    """“We have received your request”: a ticket robot answers our answer."""
    scene = a_scene(draw, HouseKind.COMPANY)
    host = scene.plan.house.mailbox.partition("@")[2].replace("gmail.com", "cskh.example.vn")
    headers = ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: OOF, AutoReply")
    letter = scene.letter(
        sender=f"{draw.one(('no-reply', 'support', 'hotro'))}@{host}",
        name="Chăm sóc khách hàng",
        headers=headers,
        subject=f"[Ticket #{draw.digits(6)}] Đã tiếp nhận yêu cầu: {_ACKNOWLEDGED}",
        text="Yêu cầu của Quý khách đã được tiếp nhận. Vui lòng không trả lời thư này.\n",
    )
    return _only(scene, shop_robot, letter, _MACHINE)


def _report(kind: str, status: str, note: str, original: str) -> Part:
    told = Part(
        headers=(f"Content-Type: message/{status}".encode(),),
        body=original.replace("\n", "\r\n").encode(),
    )
    return mails.multipart(
        "report", "----report-1322", (text_part(note), told), f" report-type={kind};"
    )


def bounce_postfix(draw: Draw) -> Case:
    """Our letter could not be delivered; Postfix tells."""
    scene = a_scene(draw, HouseKind.COMPANY)
    box = scene.plan.house.mailbox
    note = f"This is the mail system at host mail.namdinh.gov.vn.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<{box}>: host mx said: 550 5.1.1 User unknown\n"
    status = f"Reporting-MTA: dns; mail.namdinh.gov.vn\nArrival-Date: Wed, 20 Mar 2024 10:00:00 +0700\n\nFinal-Recipient: rfc822; {box}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n"
    letter = scene.letter(
        sender="MAILER-DAEMON@mail.namdinh.gov.vn",
        name="Mail Delivery System",
        subject="Undelivered Mail Returned to Sender",
        return_path="",
        headers=("Auto-Submitted: auto-replied",),
        body=_report("delivery-status", "delivery-status", note, status),
    )
    return _only(scene, bounce_postfix, letter, _MACHINE)


def bounce_exchange(draw: Draw) -> Case:
    """Our letter could not be delivered; Exchange tells, in Vietnamese."""
    scene = a_scene(draw, HouseKind.COMPANY)
    box = scene.plan.house.mailbox
    note = f"Không gửi được thư của bạn tới {box}.\nHộp thư của người nhận đã đầy và hiện không thể nhận thư.\n"
    status = f"Reporting-MTA: dns;SG2PR05MB5812.apcprd05.prod.outlook.com\n\nFinal-Recipient: rfc822;{box}\nAction: failed\nStatus: 5.2.2\n"
    letter = scene.letter(
        sender=f"postmaster@{box.partition('@')[2]}",
        name="Microsoft Outlook",
        subject=f"Không thể gửi: {_ACKNOWLEDGED}",
        return_path="",
        body=_report("delivery-status", "delivery-status", note, status),
    )
    return _only(scene, bounce_exchange, letter, _MACHINE)


def read_receipt(draw: Draw) -> Case:
    """A receipt: our letter was opened."""
    scene = a_scene(draw)
    box = scene.plan.house.mailbox
    status = f"Reporting-UA: {box.partition('@')[2]}; Outlook\nFinal-Recipient: rfc822;{box}\nDisposition: manual-action/MDN-sent-manually; displayed\n"
    letter = scene.letter(
        subject=draw.one((f"Read: {_ACKNOWLEDGED}", f"Đã đọc: {_ACKNOWLEDGED}")),
        return_path="",
        body=_report(
            "disposition-notification",
            "disposition-notification",
            "Thư của bạn đã được đọc.\n",
            status,
        ),
    )
    return _only(scene, read_receipt, letter, _MACHINE)


def mailing_list(draw: Draw) -> Case:
    """A mailing list's news about productivity, full of our words."""
    scene = a_scene(draw)
    headers = (
        "List-Id: <bantin.nangsuat.example.vn>",
        "List-Unsubscribe: <https://bantin.example.vn/huy>",
        "Precedence: list",
    )
    letter = scene.letter(
        sender="bantin@nangsuat.example.vn",
        name="Bản tin Năng suất Chất lượng",
        headers=headers,
        return_path="bounce+1322@nangsuat.example.vn",
        subject=f"Bản tin số {draw.number(3, 40)}: Chương trình 1322 và mô hình điểm năng suất chất lượng",
        text="Trong số này: đề xuất nhiệm vụ thuộc Chương trình 1322; doanh nghiệp cam kết đối ứng; phiếu đề xuất theo mẫu mới.\n",
    )
    return _only(scene, mailing_list, letter, replace(_MACHINE, triage_also=("other",)))


def advertisement(draw: Draw) -> Case:
    """Somebody sells ISO certificates, with a price list attached."""
    scene = a_scene(draw)
    blocks = (
        centered("BÁO GIÁ DỊCH VỤ CHỨNG NHẬN ISO", bold=True),
        Para(
            "Gói ISO 9001: 25.000.000 đồng. Gói ISO 14001: 28.000.000 đồng. Ưu đãi 20% trong tháng 3."
        ),
    )
    price = Paper(
        name="Bao gia ISO 2024.pdf", raw=pages.write(blocks), media="application/pdf", roles=()
    )
    letter = scene.letter(
        price,
        sender=f"sale{draw.number(1, 9)}@{draw.one(('chungnhanviet', 'isonhanh', 'tuvan9001'))}.example.vn",
        name="Tư vấn ISO giá rẻ",
        subject="Chứng nhận ISO 9001, ISO 14001 trọn gói - báo giá ưu đãi tháng 3",
        text="Kính gửi Quý khách hàng!\nBên em chuyên tư vấn ISO, HACCP, cam kết ra chứng nhận sau 10 ngày. Hotline 0900 000 000.\n",
    )
    return _only(scene, advertisement, letter, _OTHER)


def prize(draw: Draw) -> Case:
    """Spam with a link: no dossier behind it."""
    scene = a_scene(draw)
    letter = scene.letter(
        sender=f"{draw.letters(8)}@{draw.letters(6)}.example.com",
        name="Trung tam trao thuong",
        subject="Chuc mung ban da trung thuong xe SH",
        text="Bấm vào liên kết để nhận giải: http://bit.example.com/xyz\n",
    )
    return _only(scene, prize, letter, _OTHER)


def invitation(draw: Draw) -> Case:
    """An invitation to a meeting, with its letter attached."""
    scene = a_scene(draw, draw.one((HouseKind.DEPARTMENT, HouseKind.MASS)))
    unit = scene.plan.house
    blocks = (
        centered("GIẤY MỜI", bold=True),
        Para(
            f"{unit.name} kính mời đồng chí Trưởng phòng Kinh tế và Hạ tầng dự hội nghị sơ kết quý I năm 2024."
        ),
        Para("Thời gian: 8 giờ 00 ngày 28/3/2024. Địa điểm: Hội trường tầng 2, UBND huyện."),
        Para("Rất mong đồng chí đến dự./."),
    )
    card = scene.desk.file(blocks, "Giay moi hoi nghi.docx", (), Format.DOCX)
    letter = scene.letter(
        card, subject="Giấy mời dự hội nghị sơ kết quý I", text=f"{unit.name} gửi giấy mời.\n"
    )
    return _only(scene, invitation, letter, _OTHER)


def calendar_entry(draw: Draw) -> Case:
    """A calendar invitation."""
    scene = a_scene(draw, HouseKind.DEPARTMENT, client=Client.OUTLOOK)
    entry = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Họp giao ban\nDTSTART:20240325T010000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    part = Part(
        headers=(
            b"Content-Type: text/calendar; charset=utf-8; method=REQUEST",
            b"Content-Transfer-Encoding: base64",
        ),
        body=base64.encodebytes(entry.encode()).replace(b"\n", b"\r\n"),
    )
    letter = scene.letter(
        subject="Họp giao ban khối kinh tế", text="Mời dự họp giao ban.\n", parts=(part,)
    )
    return _only(scene, calendar_entry, letter, replace(_OTHER, triage_also=("automatic",)))


def electricity_bill(draw: Draw) -> Case:
    """A bill that went to the wrong box."""
    scene = a_scene(draw)
    letter = scene.letter(
        sender="hoadon@dienluc.example.vn",
        name="Điện lực Mỹ Lộc",
        subject="Thông báo tiền điện tháng 3/2024",
        text="Kính gửi Quý khách, tiền điện kỳ 1 tháng 3/2024 là 4.512.300 đồng. Vui lòng thanh toán trước ngày 25/3.\n",
    )
    return _only(scene, electricity_bill, letter, replace(_OTHER, triage_also=("automatic",)))


def greeting(draw: Draw) -> Case:
    """Congratulations from a company."""
    scene = a_scene(draw, HouseKind.COMPANY)
    unit = scene.plan.house
    letter = scene.letter(
        subject="Chúc mừng ngày 26/3",
        text=f"{unit.name} kính chúc tập thể Phòng Kinh tế và Hạ tầng sức khỏe, thành công!\n",
    )
    return _only(scene, greeting, letter, _OTHER)


_QUESTIONS = (
    ("Hỏi về mẫu phiếu đề xuất", "{unit} xin hỏi đề xuất về chính sách cho hợp tác xã thì dùng mẫu A1 hay A3? Bảng tổng hợp có mẫu riêng không, nhờ phòng gửi giúp."),
    ("Xin hướng dẫn hồ sơ 1322", "Cho em hỏi thời hạn nộp là hết ngày 22/3 hay trong ngày 23/3/2024? Nếu không phải mô hình điểm thì có cần văn bản cam kết của doanh nghiệp không ạ?"),
    ("Về việc đề xuất nhiệm vụ CT 1322", "{unit} muốn đề xuất 01 nhiệm vụ nhưng chưa rõ kinh phí đối ứng tối thiểu là bao nhiêu. Đề nghị phòng hướng dẫn để đơn vị chuẩn bị công văn và phiếu đề xuất."),
    ("Hỏi gia hạn", "Đơn vị đang lấy chữ ký của lãnh đạo, có thể nộp sang đầu tuần sau được không? Mong phòng trả lời sớm."),
    ("Re: V/v đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322", "Nhờ anh chị gửi lại giúp file mẫu bảng tổng hợp, em không thấy đính kèm trong công văn."),
)  # fmt: skip


def question(draw: Draw) -> Case:
    """A person asks about the call: an officer answers, no machine."""
    scene = a_scene(draw)
    subject, text = draw.one(_QUESTIONS)
    letter = scene.letter(subject=subject, text=scene.words(text))
    return _only(scene, question, letter, _QUERY)


def question_with_the_call_attached(draw: Draw) -> Case:
    """The same, with our own letter attached."""
    scene = a_scene(draw)
    subject, text = draw.one(_QUESTIONS)
    letter = scene.letter(call_letter(), subject=subject, text=scene.words(text))
    said = replace(_QUERY, triage_also=("other",))
    return _only(scene, question_with_the_call_attached, letter, said)


def another_programme(draw: Draw) -> Case:
    """A letter to the province's department about another programme went to the wrong box."""
    scene = a_scene(draw, draw.one((HouseKind.COMMUNE, HouseKind.DEPARTMENT)), count=1)
    unit = scene.plan.house
    blocks = (
        Para(f"{unit.parent}\n{unit.title}"),
        Para(
            f"Số: {scene.plan.number:02d}/{unit.symbol}\nV/v đăng ký sản phẩm OCOP và xây dựng nông thôn mới năm 2024"
        ),
        Para("Kính gửi: Văn phòng Điều phối nông thôn mới tỉnh Nam Định"),
        Para(
            f"{unit.name} đăng ký 02 sản phẩm đánh giá, phân hạng OCOP năm 2024 gồm kẹo lạc và bánh nhãn."
        ),
        Para(f"Nơi nhận:\n- Như trên;\n- Lưu: VT.\n{unit.signatory.post}\n{unit.signatory.name}"),
    )
    paper = scene.desk.file(blocks, "CV dang ky OCOP.docx", (), Format.DOCX)
    letter = scene.letter(
        paper,
        subject="Đăng ký sản phẩm OCOP năm 2024",
        text=f"{unit.name} gửi công văn đăng ký OCOP.\n",
    )
    said = replace(_OTHER, triage_also=("submission", "query"), reply_also=("held",))
    right = expected((said,), ())
    mail = scene.sent(letter)
    return a_case(
        another_programme,
        unit.name,
        (mail,),
        right,
        tolerant="S13 asks an officer; whether a dossier is opened for it the documents leave open.",
    )


def our_own_mail(draw: Draw) -> Case:
    """A mail of our own mailbox came back to it."""
    scene = a_scene(draw)
    letter = scene.letter(
        sender=OFFICE,
        name=mails.OFFICE_NAME,
        subject=_ACKNOWLEDGED,
        text="Phòng đã nhận được hồ sơ của Quý đơn vị.\n",
    )
    return _only(scene, our_own_mail, letter, replace(_MACHINE, triage_also=("other",)))


def _nil(scene: Scene, recipe: Recipe, letter: Letter, *papers: Paper) -> Case:
    said = Said(triage="nil_return", reply="nil_return", triage_also=("submission",))
    answer = Answer(state="nil_return", papers=papers, tasks=(), may_fail=("C13", "C28"))
    return scene.case(recipe, (letter,), (said,), answer)


def nil_by_letter(draw: Draw) -> Case:
    """A letter says there is nothing to propose: an answer, not a dossier with three gaps."""
    scene = a_scene(
        draw, draw.one((HouseKind.COMMUNE, HouseKind.DEPARTMENT, HouseKind.MASS)), count=1
    )
    name = scene.desk.name(0, scene.desk.look.cover_format)
    paper = scene.desk.file(
        nil_letter(draw.branch("nil"), scene.plan), name, (COVER,), scene.desk.look.cover_format
    )
    letter = scene.letter(
        paper,
        subject=f"{scene.plan.house.name} trả lời CV 285",
        text=scene.words("Gửi phòng công văn trả lời của {unit}."),
    )
    return _nil(scene, nil_by_letter, letter, paper)


def nil_in_the_body(draw: Draw) -> Case:
    """Two lines in a mail say there is nothing to propose."""
    scene = a_scene(draw)
    words = nil_words(draw.branch("nil"), scene.plan.house)
    text = scene.words(f"Kính gửi phòng Kinh tế và Hạ tầng,\n{words}")
    return _nil(
        scene, nil_in_the_body, scene.letter(subject="Trả lời công văn 285/UBND-KTHT", text=text)
    )


def nil_above_our_letter(draw: Draw) -> Case:
    """The same as a reply, with the whole call quoted below it."""
    scene = a_scene(draw, HouseKind.COMMUNE)
    words = nil_words(draw.branch("nil"), scene.plan.house)
    ours = scene.letter(
        sender=OFFICE,
        name=mails.OFFICE_NAME,
        to=scene.plan.house.mailbox,
        at=scene.moment() - timedelta(days=2),
        text="Kính gửi các đơn vị,\nPhòng gửi Công văn 285/UBND-KTHT về việc đề xuất nhiệm vụ thuộc Chương trình 1322.\nHồ sơ gồm: công văn, bảng tổng hợp, các phiếu đề xuất kèm văn bản cam kết của doanh nghiệp.\nTrường hợp không có đề xuất, đề nghị báo lại.",
    )
    letter = scene.letter(
        subject="Re: Công văn 285 triển khai Chương trình 1322",
        text=mails.quoted_reply(scene.words(words), ours),
    )
    return _nil(scene, nil_above_our_letter, letter)


def nil_without_marks(draw: Draw) -> Case:
    """The same, typed without any diacritic."""
    scene = a_scene(draw, HouseKind.COMMUNE)
    words = nil_words(draw.branch("nil"), scene.plan.house)
    letter = scene.letter(subject="Tra loi CV 285", text=scene.words(words))
    return _nil(scene, nil_without_marks, mails.without_marks(letter))


def not_a_nil_return(draw: Draw) -> Case:
    """The quoted call speaks of “không có đề xuất”; the unit sends a whole dossier."""
    scene = a_scene(draw, HouseKind.COMMUNE)
    ours = scene.letter(
        sender=OFFICE,
        name=mails.OFFICE_NAME,
        to=scene.plan.house.mailbox,
        text="Trường hợp không có đề xuất nhiệm vụ, đề nghị đơn vị báo lại trước ngày 23/3/2024.",
    )
    papers = scene.desk.all()
    letter = scene.letter(
        *papers,
        subject="Re: Công văn 285",
        text=mails.quoted_reply(scene.words("{unit} gửi hồ sơ đề xuất."), ours),
    )
    answer = Answer(state="complete", papers=papers, may_fail=("C13", "N07"))
    return scene.judged(not_a_nil_return, answer, letter)


def state_secret(draw: Draw) -> Case:
    """A paper with a secrecy stamp: nothing read on, nothing answered, an officer called."""
    scene = a_scene(draw, draw.one((HouseKind.COMMUNE, HouseKind.DEPARTMENT)), count=1)
    stamp = draw.one(("MẬT", "TỐI MẬT", "TUYỆT MẬT"))
    blocks = (Para(stamp, bold=True, size=16), *scene.desk.cover_blocks())
    paper = scene.desk.file(blocks, "CV.docx", (), Format.DOCX)
    said = Said(triage="quarantined", reply="none")
    return _only(
        scene,
        state_secret,
        scene.letter(paper),
        said,
        "Whether an isolated mail opens a dossier the documents leave open; none is expected.",
    )


RECIPES: tuple[Recipe, ...] = (
    absent_exchange,
    absent_gmail,
    absent_zimbra,
    absent_without_headers,
    shop_robot,
    bounce_postfix,
    bounce_exchange,
    read_receipt,
    mailing_list,
    advertisement,
    prize,
    invitation,
    calendar_entry,
    electricity_bill,
    greeting,
    question,
    question_with_the_call_attached,
    another_programme,
    our_own_mail,
    nil_by_letter,
    nil_in_the_body,
    nil_above_our_letter,
    nil_without_marks,
    not_a_nil_return,
    state_secret,
)
