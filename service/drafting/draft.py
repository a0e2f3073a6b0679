"""A call's YAML from what its letter says: every guess marked, every blank left for a person."""

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier import Role
from dossier.vietnamese import fold, key
from service.drafting.deadline import Deadline
from service.drafting.guess import Guess
from service.drafting.letter import CallLetter, TextCited
from service.drafting.papers import PaperAsked

_RULES = {
    Role.COVER_LETTER: (("C01", ""),),
    Role.SUMMARY_TABLE: (("C02", ""), ("C06", "thu tu uu tien")),
    Role.PROPOSAL_FORM: (("C03", ""), ("C04", "moi nhiem vu mot")),
    Role.COMMITMENT_LETTER: (
        ("C07", ""),
        ("C08", "nhu cau"),
        ("C09", "phoi hop"),
        ("C10", "doi ung|dong tai tro"),
        ("C11", "tiep nhan|ung dung"),
    ),
}
"""Rules of the catalogue that a paper of this role puts in force, and what the letter must say."""
_LIMITS = {"first_year": "E07", "max_months": "E06", "min_schools": "E12"}
_WIDTH = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the house has already: texts of law, and forms another call describes."""

    sources: tuple[tuple[str, str], ...] = ()
    """File in `config/sources/` and the number of the text: (“tt-15-2022”, “15/2022”)."""
    forms: str = ""
    """The `forms:` block of a call that uses the same forms, as its file writes it."""
    forms_of: str = ""


def draft(letter: CallLetter, name: str, known: Known) -> str:
    """Write the draft; `name` is the file the letter came in.

    The key `draft` keeps the file from being used until somebody has read it and takes it out.
    """
    parts = (
        _preface(name),
        _call(letter),
        _deadlines(letter),
        _office(letter),
        _sources(letter, known),
        _papers(letter.papers),
        _rules(letter),
        _requirements(letter),
        _forms(known),
        _aside(letter),
    )
    return "\n\n".join("\n".join(part) for part in map(tuple, parts) if part) + "\n"


def source_id(letter: CallLetter) -> str:
    """The name of the letter's own text in `config/sources/`."""
    return f"cong-van-{call_id(letter)}"


def call_id(letter: CallLetter) -> str:
    """An id from the programme and the year: “1322-2025”, “de-xuat-2026”."""
    code = re.search(r"\d+", letter.programme.value) if letter.programme else None
    year = next((one.value for limit, one in letter.limits if limit == "first_year"), letter.year)
    return f"{code[0] if code else 'de-xuat'}-{year or 'nam'}"


# ------------------------------------------------------------------ lines


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _guessed(found: Guess | Deadline | PaperAsked, words: str = "") -> str:
    said = words or getattr(found, "words", "")
    return f"  # ĐOÁN, {found.spot}: “{said}”" if said else f"  # ĐOÁN, {found.spot}"


def _line(name: str, found: Guess | None, why: str, indent: str = "") -> str:
    """One key with its guess; left out, and said so, when the letter does not tell it."""
    if found is None or not found.value:
        return f"{indent}# ĐIỀN {name}: {why}"
    return f"{indent}{name}: {_text(found.value)}{_guessed(found)}"


def _wrapped(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent="#   ", subsequent_indent="#   ")


# ------------------------------------------------------------------ sections


def _preface(name: str) -> Iterator[str]:
    yield f"# Dự thảo đợt đề xuất, máy lập từ “{name}”; chưa ai xem."
    yield "#"
    yield "# ĐOÁN: máy lấy từ công văn; sau đó là chỗ và nguyên văn. Đọc lại, sai thì sửa."
    yield "# ĐIỀN: công văn không nói; bỏ dấu # và ghi vào."
    yield "# Xem xong thì xóa dòng “draft: true” rồi chạy: vanthu call check TỆP_NÀY"
    yield ""
    yield "draft: true"


def _call(letter: CallLetter) -> Iterator[str]:
    yield f"id: {_text(call_id(letter))}  # ĐOÁN; phải trùng tên tệp"
    yield _line("title", letter.subject, "tên đợt đề xuất, như trích yếu của công văn")
    programme = letter.programme or letter.subject
    yield _line("programme", programme, "tên chương trình hoặc loại nhiệm vụ")
    if programme:
        yield f"programme_cues: [{_text(programme.value)}]  # ĐOÁN; thêm các cách gọi khác"
    yield f"basis: {_text(_named(letter))}  # ĐOÁN; nơi mọi thư trả lời viện dẫn, thêm điều khoản"
    if letter.issued:
        yield f'announced: "{letter.issued.isoformat()}"  # ĐOÁN, ngày của công văn'
    for name, found in letter.limits:
        yield f"{name}: {found.value}{_guessed(found)}"
    if "first_year" not in dict(letter.limits):
        yield "# ĐIỀN first_year: năm sớm nhất được bắt đầu, ví dụ 2027"
    yield "mode: approve  # mọi thư chờ cán bộ duyệt"


def _deadlines(letter: CallLetter) -> Iterator[str]:
    found = letter.deadline
    if found is None:
        yield "# ĐIỀN closes_at: thời điểm đầu tiên bị coi là trễ: “2026-04-01T00:00:00+07:00”"
        yield "# ĐIỀN closes_in_words: hạn nộp như công văn viết"
        return
    yield "deadlines:"
    yield f"  - closes_at: {_text(found.closes_at.isoformat())}{_guessed(found)}"
    yield "    # Thời điểm đầu tiên bị coi là trễ: “trước ngày 23” là 0 giờ ngày 23."
    if found.note:
        yield f"    # Lưu ý: {found.note}."
    yield f"    in_words: {_text(found.words)}"
    yield f"    letter: {_text(_named(letter))}"
    yield f"    cites: [{_cite(letter, found.clause, found.words)}]"
    yield from (
        f"# Mốc khác trong công văn, không phải hạn nộp: “{one.words}” ({one.spot})."
        for one in letter.other_dates
    )


def _office(letter: CallLetter) -> Iterator[str]:
    yield "office:"
    yield _line("name", letter.through or letter.receiver, "bộ phận nhận hồ sơ", "  ")
    yield _line("superior", letter.issuer or letter.receiver, "cơ quan ban hành", "  ")
    yield "  # ĐIỀN district: địa danh như trong địa chỉ, ví dụ “Hải Đông”"
    yield _line("mailbox", letter.mailbox, "địa chỉ hộp thư nhận hồ sơ", "  ")
    yield _line("phone", letter.phone, "điện thoại liên hệ (có thể bỏ)", "  ")
    yield _line("forwards_to", letter.forwards_to, "nơi nhận hồ sơ tổng hợp (có thể bỏ)", "  ")


def _sources(letter: CallLetter, known: Known) -> Iterator[str]:
    number = letter.number.value.lstrip("./… ") if letter.number else ""
    issuer = letter.issuer.value if letter.issuer else ""
    if number:
        yield "letters:"
        yield f"  - numbers: [{_text(number)}]{_guessed(letter.number) if letter.number else ''}"
        yield f"    issuer: {_text(issuer)}" if issuer else "    # ĐIỀN issuer: cơ quan ban hành"
        yield f"    source: {source_id(letter)}"
    yield "sources:"
    yield f"  {source_id(letter)}: {_text(_named(letter))}"
    for source, number in known.sources:
        found = next((one for one in letter.cited if number and _is_numbered(one, number)), None)
        if found:
            yield f"  {source}: {_text(f'{found.kind} số {found.number}')}  # ĐOÁN, {found.spot}"


def _is_numbered(cited: TextCited, number: str) -> bool:
    return cited.number.startswith(f"{number}/")


def _papers(papers: Sequence[PaperAsked]) -> Iterator[str]:
    if not papers:
        yield "# ĐIỀN papers: máy không tìm thấy danh mục hồ sơ trong công văn"
        return
    yield "papers:"
    for paper in papers:
        yield f"  - role: {paper.role or _own_role(paper)}{_guessed(paper, paper.name)}"
        yield f"    name: {_text(paper.name[:1].lower() + paper.name[1:])}"
        if not paper.role:
            yield f"    titles: [{_text(paper.name)}]  # ĐOÁN; tiêu đề giấy tờ này tự ghi"
        for label, said in (("mẫu", paper.form), ("điều kiện", paper.when), ("lưu ý", paper.note)):
            if said:
                yield f"    # Công văn nêu {label}: “{said}”"


def _own_role(paper: PaperAsked) -> str:
    return "_".join(key(paper.name).split()[:4])


def _rules(letter: CallLetter) -> Iterator[str]:
    grounded = tuple(_grounded(letter))
    if not grounded:
        return
    yield "# Quy tắc của danh mục có căn cứ trong công văn; quy tắc khác không áp dụng cho đợt này."
    yield "rules:"
    for rule, clause, words in grounded:
        yield f"  {rule}:"
        yield f"    cites: [{_cite(letter, clause, words)}]  # ĐOÁN"


def _grounded(letter: CallLetter) -> Iterator[tuple[str, str, str]]:
    for paper in letter.papers:
        for rule, cue in _RULES[paper.role] if paper.role else ():
            if re.search(cue, fold(paper.words)):
                yield rule, paper.clause, paper.words
    for name, found in letter.limits:
        yield _LIMITS[name], found.clause, found.words


def _requirements(letter: CallLetter) -> Iterator[str]:
    own = [paper for paper in letter.papers if not paper.role]
    if not own:
        return
    yield "requirements:"
    for number, paper in enumerate(own, start=1):
        name = paper.name[:1].lower() + paper.name[1:]
        yield f"  - id: X{number:02}"
        yield f"    title: {_text(f'Hồ sơ có {name}')}"
        yield f"    why: {_text('Công văn yêu cầu.')}  # ĐIỀN lý do, cho người đọc quy tắc"
        yield "    severity: gap  # ĐOÁN"
        yield f"    cites: [{_cite(letter, paper.clause, paper.words)}]"
        if paper.when:
            yield f"    # ĐIỀN when: công văn nêu điều kiện “{paper.when}”"
        yield f"    paper: {{role: {_own_role(paper)}}}  # ĐOÁN; mỗi nhiệm vụ một: thêm each: task"
        yield f"    says: {_text('Hồ sơ chưa có {paper}.')}"
        yield f"    remedy: {_text(f'Gửi bổ sung {name}.')}"


def _forms(known: Known) -> Iterator[str]:
    yield "# ĐIỀN columns: các cột của bảng tổng hợp; kinds: các loại nhiệm vụ."
    if known.forms:
        yield f"# ĐOÁN: công văn nêu cùng mẫu phiếu với đợt {known.forms_of}; chép từ đợt ấy."
        yield known.forms.rstrip()
        return
    yield "# ĐIỀN forms: mẫu phiếu và các mục của mẫu."
    yield "# Xem config/calls/tuyen-quang-2026.yaml và: vanthu call schema"


def _aside(letter: CallLetter) -> Iterator[str]:
    if letter.addressees:
        yield "# Kính gửi (đơn vị được mời; ghi vào units hoặc nhập sổ: vanthu units import):"
        yield from (f"#   - {one.value}" for one in letter.addressees)
    if letter.orientations:
        yield "# Định hướng nội dung (có thể ghi thành priorities):"
        for one in letter.orientations:
            yield from _wrapped(f"- {one.value}")
    if letter.cited:
        yield "# Văn bản được viện dẫn:"
        for cited in letter.cited:
            yield from _wrapped(f"- {cited.words} ({cited.spot})")


def _named(letter: CallLetter) -> str:
    """“Công văn số 12/SKHCN-QLKH ngày 02/3/2026 của Sở …”, as far as the letter tells."""
    number = letter.number.value.lstrip("/ .…") if letter.number else ""
    blank = letter.number is not None and not letter.number.value[:1].isdigit()
    parts = ["Công văn"]
    if number:
        parts.append(f"số {'…/' if blank else ''}{number}")
    if letter.issued:
        parts.append(f"ngày {letter.issued:%d/%m/%Y}")
    elif letter.year:
        parts.append(f"năm {letter.year}")
    if letter.issuer:
        parts.append(f"của {letter.issuer.value}")
    return " ".join(parts)


def _cite(letter: CallLetter, clause: str, words: str) -> str:
    where = _text(clause or "phần đầu")
    return f"{{source: {source_id(letter)}, clause: {where}, words: {_text(words)}}}"
