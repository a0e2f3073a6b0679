"""A unit at work: the plan of a dossier, the desk that writes it, the mails that carry it."""

# ruff: noqa: ANN401, E501 -- keywords go on to a dataclass; a sentence of a letter stays whole

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from dossier.times import VIETNAM
from service.demo.draw import Draw
from service.demo.facts import House, HouseKind, Plan, TaskFacts
from service.demo.gold import Answer, Json, Said, expected
from service.demo.houses import ascii_only, house
from service.demo.mails import Client, Delivered, Letter, message_id, post
from service.demo.papers import Desk, Paper, look
from service.demo.tasks import curriculum, pilot, task

FIRST_DAY = date(2024, 3, 18)
LAST_DAY = date(2024, 3, 22)
CODE = "1322-2025-0001"
"""The code the first dossier of a case gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Mails as the mailbox would see them, and what is right to say about them."""

    name: str
    title: str
    why: str
    mails: tuple[Delivered, ...]
    expected: Json
    tolerant: str = ""


Recipe: TypeAlias = Callable[[Draw], Case]
"""A way of making cases; its docstring says why the case is worth having."""


def at(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """A moment in Hanoi."""
    return datetime.combine(day, time(hour, minute, second), VIETNAM)


def a_plan(
    draw: Draw,
    kind: HouseKind | None = None,
    *,
    count: int | None = None,
    first: str | None = None,
) -> Plan:
    """A unit with tasks; `first` names the kind of the first one."""
    unit = house(draw.branch("house"), kind)
    wanted = count or draw.one((1, 1, 2, 2, 3))
    tasks: list[TaskFacts] = [opening_task(draw.branch("task 1"), unit, first)]
    tries = 0
    while len(tasks) < wanted:
        tries += 1
        new = task(draw.branch(f"task {len(tasks) + 1}/{tries}"), unit)
        if all(new.title != one.title and new.short != one.short for one in tasks):
            tasks.append(new)
    signed = FIRST_DAY + timedelta(days=draw.number(0, 3))
    return Plan(house=unit, tasks=tuple(tasks), signed=signed, number=draw.number(4, 96))


def opening_task(draw: Draw, unit: House, kind: str | None) -> TaskFacts:
    """The first task of a plan."""
    if kind == "pilot_model":
        return pilot(draw, unit, draw.one((1, 2, 2, 3)))
    if kind == "curriculum":
        return curriculum(draw, unit)
    return task(draw, unit, kind)


@dataclass(frozen=True, slots=True)
class Scene:
    """One unit, its dossier and its mails."""

    draw: Draw
    plan: Plan
    desk: Desk
    client: Client

    def dressed(self, **changed: Any) -> "Scene":
        """The same with another look of the papers."""
        return replace(self, desk=replace(self.desk, look=replace(self.desk.look, **changed)))

    def with_tasks(self, *tasks: TaskFacts) -> "Scene":
        """The same with other tasks."""
        return self.planned(tasks=tasks)

    def planned(self, **changed: Any) -> "Scene":
        """The same with another plan."""
        plan = replace(self.plan, **changed)
        return replace(self, plan=plan, desk=replace(self.desk, plan=plan))

    def moment(self) -> datetime:
        """Some working hour after the letter was signed and before the deadline."""
        draw = self.draw.branch("moment")
        day = self.plan.signed + timedelta(days=draw.number(0, (LAST_DAY - self.plan.signed).days))
        return at(day, draw.number(7, 16), draw.number(0, 59), draw.number(0, 59))

    def letter(self, *papers: Paper, **changed: Any) -> Letter:
        """A mail of the unit with these papers; `changed` are fields of `Letter`."""
        draw = self.draw.branch("letter")
        unit = self.plan.house
        letter = Letter(
            sender=unit.mailbox,
            name=_sender_name(draw, unit),
            subject=draw.one(_SUBJECTS).format(unit=unit.name, n=self.plan.number),
            text=self.words(draw.one(_BODIES)),
            at=self.moment(),
            papers=papers,
            client=self.client,
            logo=self.client in (Client.OUTLOOK, Client.GMAIL) and draw.chance(40),
        )
        letter = replace(letter, **changed)
        if letter.message_id:
            return letter
        identity = message_id(self.draw.branch(f"id {letter.at}"), letter.client, letter.sender)
        return replace(letter, message_id=identity)

    def words(self, text: str) -> str:
        """The text with the unit's name filled in and its contact's signature below."""
        unit, contact = self.plan.house, self.plan.house.contact
        signature = f"{contact.name}\n{contact.post[0].upper()}{contact.post[1:]} - {unit.name}\nĐT: {contact.phone}"
        return f"{text.format(unit=unit.name, says=unit.says)}\n\n{signature}\n"

    def sent(self, letter: Letter) -> Delivered:
        """The mail as it lies in the mailbox."""
        return post(self.draw.branch(f"post {letter.at} {letter.subject}"), letter)

    def case(
        self,
        recipe: Recipe,
        letters: tuple[Letter, ...],
        messages: tuple[Said, ...],
        *answers: Answer,
        tolerant: str = "",
    ) -> Case:
        """The case of these mails with these answers about the one dossier."""
        return a_case(
            recipe,
            self.plan.house.name,
            tuple(self.sent(one) for one in letters),
            expected(messages, tuple((self.plan, answer) for answer in answers)),
            tolerant=tolerant,
        )

    def complete(self, recipe: Recipe, *papers: Paper, **more: Any) -> Case:
        """One mail with these papers, complete; `more` are fields of `Answer`."""
        answer = replace(Answer(state="complete", papers=papers), **more)
        return self.judged(recipe, answer, self.letter(*papers))

    def gaps(self, recipe: Recipe, *papers: Paper, **more: Any) -> Case:
        """One mail with these papers, with gaps; `more` are fields of `Answer`."""
        answer = replace(Answer(state="gaps", papers=papers), **more)
        return self.judged(recipe, answer, self.letter(*papers))

    def judged(self, recipe: Recipe, answer: Answer, letter: Letter, tolerant: str = "") -> Case:
        """One mail that opens the dossier the answer is about."""
        return self.case(recipe, (letter,), (said_of(answer),), answer, tolerant=tolerant)


_REPLIES = {"officer": "held"}


def said_of(answer: Answer, triage: str = "submission") -> Said:
    """What is said to the mail that made the dossier what the answer says."""
    also = tuple(_REPLIES.get(state, state) for state in answer.state_also)
    return Said(triage=triage, reply=_REPLIES.get(answer.state, answer.state), reply_also=also)


def a_case(
    recipe: Recipe, who: str, mails: tuple[Delivered, ...], right: Json, *, tolerant: str = ""
) -> Case:
    """A case named after its recipe."""
    why = " ".join((recipe.__doc__ or "").split())
    return Case(
        name=recipe.__name__.replace("_", "-"),
        title=f"{who}: {why}" if who else why,
        why=why,
        mails=mails,
        expected=right,
        tolerant=tolerant,
    )


def a_scene(
    draw: Draw,
    kind: HouseKind | None = None,
    *,
    count: int | None = None,
    first: str | None = None,
    client: Client | None = None,
) -> Scene:
    """A unit with a dossier in mind."""
    plan = a_plan(draw, kind, count=count, first=first)
    desk = Desk(draw.branch("desk"), plan, look(draw.branch("look"), plan))
    return Scene(draw, plan, desk, client or _program(draw.branch("client"), plan.house))


def _program(draw: Draw, unit: House) -> Client:
    if unit.mailbox.endswith("@gmail.com"):
        return draw.one((Client.GMAIL, Client.GMAIL, Client.GMAIL, Client.IPHONE, Client.OUTLOOK))
    if unit.mailbox.endswith(".gov.vn"):
        return draw.one((Client.ZIMBRA, Client.ZIMBRA, Client.OUTLOOK, Client.THUNDERBIRD))
    return draw.one(
        (Client.OUTLOOK, Client.OUTLOOK, Client.THUNDERBIRD, Client.APPLE, Client.GMAIL)
    )


def _sender_name(draw: Draw, unit: House) -> str:
    return draw.one(
        (
            unit.name,
            unit.name,
            ascii_only(unit.name),
            unit.contact.name,
            ascii_only(unit.contact.name),
            unit.aliases[-1],
        )
    )


_SUBJECTS = (
    "Hồ sơ đề xuất nhiệm vụ KH&CN thuộc Chương trình 1322 - {unit}",
    "{unit} gửi hồ sơ đề xuất nhiệm vụ KHCN CT1322",
    "V/v đề xuất nhiệm vụ KH&CN cấp quốc gia thực hiện từ năm 2025",
    "{unit}: CV {n} và hồ sơ đề xuất nhiệm vụ 1322",
    "Ho so de xuat nhiem vu 1322",
    "Gửi phòng KT&HT hồ sơ đề xuất CT 1322",
    "Đề xuất nhiệm vụ KH&CN năm 2025",
)
_BODIES = (
    "Kính gửi phòng Kinh tế và Hạ tầng,\n\n{unit} gửi hồ sơ đề xuất nhiệm vụ KH&CN cấp quốc gia thuộc Chương trình 1322, gồm các tệp đính kèm thư này.\n\nTrân trọng cảm ơn./.",
    "Em gửi anh/chị hồ sơ đề xuất của {says} ạ. Anh chị nhận được thì báo lại giúp em.",
    "Kính gửi Quý phòng!\n{unit} xin gửi hồ sơ theo công văn 285/UBND-KTHT của UBND huyện.\nRất mong nhận được sự quan tâm.",
    "Gửi phòng KT-HT huyện hồ sơ đề xuất nhiệm vụ khoa học thực hiện từ năm 2025. Bản giấy gửi sau qua bưu điện.",
    "Chào anh chị,\nĐính kèm là hồ sơ đề xuất nhiệm vụ 1322 của {unit}, nhờ anh chị tổng hợp.",
    "Kính chuyển phòng Kinh tế và Hạ tầng hồ sơ đề xuất.",
)  # fmt: skip
