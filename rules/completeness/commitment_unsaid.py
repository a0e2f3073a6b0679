"""C08 to C11: what an enterprise's commitment to a pilot model must say."""

from collections.abc import Iterator
from functools import lru_cache

from dossier import Call, Commitment, CommitmentLetter, Dossier, Element, Task
from rules.papers import is_plain, is_sure, own_words
from rules.rule import Citation, Finding, Rule, Severity, blank, rule, unknown

_REMEDY = "Bổ sung nội dung này vào văn bản, có chữ ký và dấu của doanh nghiệp."
_BY_HAND = "Cán bộ đọc văn bản cam kết."


def _unsaid(  # noqa: PLR0913 -- each is one fact of a rule, and all but two are named
    rule_id: str, element: Element, *, name: str, title: str, what: str, why: str
) -> Rule:
    @rule(
        rule_id,
        Severity.GAP,
        title=title,
        name=name,
        why=f"""
            {why}

            Chỉ xét văn bản cho nhiệm vụ xây dựng mô hình điểm; nhiều văn bản của một doanh nghiệp
            được đọc chung. Câu có ý phủ định, bản quét, hoặc văn bản máy không hiểu được nội dung
            nào thì cán bộ đọc.
        """,
        cites=(Citation("cong-van", "II.3.b", _WORDS[element]),),
    )
    def check(dossier: Dossier, call: Call) -> Iterator[Finding]:
        for task in dossier.tasks:
            if call.needs_commitment(task.kind):
                here = call.rules.get(rule_id)
                named = here.called if here and here.called else what
                for letters in _by_enterprise(dossier, task):
                    yield from _missing_from(dossier, letters, element, named)

    return check


def _missing_from(
    dossier: Dossier, letters: tuple[CommitmentLetter, ...], element: Element, what: str
) -> Iterator[Finding]:
    said = [one for letter in letters for one in letter.commitments if one.element is element]
    if said and _is_plainly_said(element, said):
        return
    whose, at = _whose(letters[0]), letters[0].at
    if said:
        says = f"{whose} có câu nói đến {what} theo ý phủ định."
        yield unknown(at=said[0].at, says=says, remedy=_BY_HAND)
    elif not any(letter.commitments for letter in letters):
        if element is Element.NEED:  # said once for all four
            says = f"{whose} chưa thấy nội dung cam kết nào."
            yield unknown(at=at, says=says, remedy=_BY_HAND)
    elif all(is_plain(letter) and letter.enterprise for letter in letters):
        yield blank(dossier, at=at, says=f"{whose} chưa nêu {what}.", remedy=_REMEDY)
    else:
        least = min(letter.confidence for letter in letters)
        says = f"{whose} chưa thấy nêu {what}."
        yield unknown(at=at, says=says, remedy=_BY_HAND, confidence=least)


def _is_plainly_said(element: Element, said: list[Commitment]) -> bool:
    """A title may say “đồng tài trợ” over a letter that refuses it: an amount settles it."""
    plain = [one for one in said if not one.negated]
    if element is Element.CO_FUND and len(plain) < len(said):
        return any(one.million for one in plain)
    return bool(plain)


def _by_enterprise(dossier: Dossier, task: Task) -> Iterator[tuple[CommitmentLetter, ...]]:
    """The letters for a task, those of one enterprise together, loose ones of it included."""
    groups: dict[str, list[CommitmentLetter]] = {}
    for letter in task.letters:
        groups.setdefault(_enterprise(letter), []).append(letter)
    for letter in dossier.loose_letters:
        if _enterprise(letter) in groups and is_sure(letter):
            groups[_enterprise(letter)].append(letter)
    yield from (tuple(letters) for letters in groups.values())


def _enterprise(letter: CommitmentLetter) -> str:
    """Whose letter it is: by its own name, however its legal form is abbreviated."""
    return _own_name(letter.enterprise) or letter.tax_code or letter.at.file


@lru_cache(maxsize=1024)
def _own_name(enterprise: str) -> str:
    """Asked of every letter by four rules."""
    return " ".join(sorted(own_words(enterprise)))


def _whose(letter: CommitmentLetter) -> str:
    if letter.enterprise:
        return f"Văn bản của {letter.enterprise} (tệp “{letter.at.file}”)"
    return f"Văn bản cam kết trong tệp “{letter.at.file}”"


_WORDS = {
    Element.NEED: "các văn bản thể hiện nhu cầu",
    Element.COOPERATE: "phối hợp thực hiện",
    Element.CO_FUND: "đối ứng kinh phí",
    Element.TAKE_UP: "tiếp nhận hoặc ứng dụng kết quả",
}

need_unsaid = _unsaid(
    "C08",
    Element.NEED,
    name="need-unsaid",
    title="Văn bản của doanh nghiệp nêu nhu cầu",
    what="nhu cầu tham gia",
    why="Nhiệm vụ phải xuất phát từ nhu cầu của doanh nghiệp.",
)
cooperation_unsaid = _unsaid(
    "C09",
    Element.COOPERATE,
    name="cooperation-unsaid",
    title="Văn bản của doanh nghiệp cam kết phối hợp thực hiện",
    what="việc phối hợp thực hiện",
    why="Mô hình điểm làm ngay tại doanh nghiệp, nên doanh nghiệp cùng thực hiện.",
)
co_funding_unsaid = _unsaid(
    "C10",
    Element.CO_FUND,
    name="co-funding-unsaid",
    title="Văn bản của doanh nghiệp cam kết đối ứng kinh phí",
    what="việc đối ứng kinh phí",
    why="Cam kết đối ứng không cần nêu số tiền; không có tỷ lệ đối ứng nào được đặt ra.",
)
taking_up_unsaid = _unsaid(
    "C11",
    Element.TAKE_UP,
    name="taking-up-unsaid",
    title="Văn bản của doanh nghiệp cam kết tiếp nhận hoặc ứng dụng kết quả",
    what="việc tiếp nhận hoặc ứng dụng kết quả",
    why="“Tiếp nhận hoặc ứng dụng”: một trong hai là đủ.",
)
