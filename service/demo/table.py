"""What the demo prints while the service works, read from the ledger like any page of the desk."""

import unicodedata
from collections.abc import Iterator

from django.utils.timezone import localtime

from ledger.models import Dossier, Incoming, LetterState, Outgoing

TRIAGES = {
    "submission": "hồ sơ",
    "supplement": "bổ sung",
    "nil_return": "báo cáo không",
    "query": "hỏi, trao đổi → cán bộ",
    "automatic": "thư tự động → không trả lời",
    "other": "thư khác → không trả lời",
    "quarantined": "cô lập → cán bộ",
}
STATES = {
    "complete": "đủ thành phần",
    "gaps": "cần bổ sung",
    "resend": "cần gửi lại tệp",
    "officer": "chờ cán bộ",
    "nil_return": "không có đề xuất",
}
LETTERS = {
    LetterState.SENT: "đã gửi",
    LetterState.HELD: "chờ cán bộ duyệt",
    LetterState.FAILED: "không gửi được",
    LetterState.DROPPED: "không gửi",
    LetterState.IN_DOUBT: "chưa rõ đã gửi",
}
_COLUMNS = ((16, "nhận lúc"), (34, "đơn vị"), (30, "là gì, kết luận"), (0, "nội dung"))


class Table:
    """Lines for what is new in the ledger since the last look."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._mails: set[int] = set()
        self._verdicts: set[tuple[int, int]] = set()
        self._letters: set[tuple[int, str]] = set()

    def head(self) -> Iterator[str]:
        """The heading."""
        yield _row(*(title for _width, title in _COLUMNS))
        yield "─" * 118

    def news(self) -> Iterator[str]:
        """A line for every mail read, dossier judged and letter settled since the last call."""
        for mail in Incoming.objects.exclude(triage="").filter(copy_of=None):
            if mail.pk not in self._mails:
                self._mails.add(mail.pk)
                yield _mail_line(mail)
        for dossier in Dossier.objects.exclude(state=""):
            if (dossier.pk, dossier.version) not in self._verdicts:
                self._verdicts.add((dossier.pk, dossier.version))
                yield from _dossier_lines(dossier)
        for letter in Outgoing.objects.filter(state__in=LETTERS).select_related("dossier"):
            if (letter.pk, letter.state) not in self._letters:
                self._letters.add((letter.pk, letter.state))
                said = f"thư: {letter.subject.partition('] ')[2].partition(' – ')[0]}"
                unit = letter.dossier.unit_name if letter.dossier else letter.about
                yield _row("", f"  {unit}", LETTERS[LetterState(letter.state)], said)

    def foot(self) -> Iterator[str]:
        """How much there was of everything."""
        mails = Incoming.objects.filter(copy_of=None).count()
        letters = Outgoing.objects.all()
        sent = letters.filter(state=LetterState.SENT).count()
        held = letters.filter(state=LetterState.HELD).count()
        yield "─" * 118
        yield (
            f"{mails} thư đến, {Dossier.objects.count()} hồ sơ,"
            f" {sent} thư trả lời đã gửi, {held} thư chờ cán bộ duyệt."
        )

    def is_settled(self, mails: int) -> bool:
        """Tell whether so many mails came and nothing is left to be done with any of them."""
        came = Incoming.objects.filter(copy_of=None).count()
        at_work = (
            rows.objects.exclude(stage="").filter(set_aside="").exists()
            for rows in (Incoming, Dossier, Outgoing)
        )
        return came >= mails and not any(at_work)


def _mail_line(mail: Incoming) -> str:
    who = mail.sender_name or mail.sender
    return _row(
        f"{localtime(mail.received_at):%d/%m %H:%M}",
        who,
        f"✉ {TRIAGES.get(mail.triage, '')}",
        mail.subject,
    )


def _dossier_lines(dossier: Dossier) -> Iterator[str]:
    verdict = dossier.newest
    if verdict is None:
        return
    weighty = verdict.findings.filter(waived=False)
    told = [one for one in weighty if one.severity == "gap" or one.needs_officer]
    late = ", sau thời hạn" if dossier.late else ""
    state = f"⚖ {STATES.get(dossier.state, dossier.state)}{late}"
    first, *rest = [f"{one.rule} {one.says}" for one in told] or ["mọi quy tắc đều đạt"]
    yield _row(dossier.code, f"  {dossier.unit_name}", state, first)
    for line in rest:
        yield _row("", "", "", line)


def _row(*cells: str) -> str:
    widths = [width for width, _title in _COLUMNS]
    shown = [_fit(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(shown).rstrip()


def _fit(text: str, width: int) -> str:
    """Cut or fill to so many signs; the last column may run on to the line's end."""
    line = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    indent = "  " if text.startswith("  ") else ""
    line = unicodedata.normalize("NFC", indent + line)
    longest = width or 60
    if len(line) > longest:
        line = line[: longest - 1] + "…"
    return line.ljust(width)
