"""C14 to C23: the fields of a proposal form are filled in."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from dossier import Call, Dossier, FieldAsked, FormAsked, ProposalForm, Role, Task
from dossier.vietnamese import fold
from dossier.vietnamese import key as key_of
from rules.answers import enough_labels
from rules.papers import forms, is_plain
from rules.rule import Citation, Finding, Rule, Severity, blank, fail, rule, unknown

_ENOUGH_WORDS = 3
_ENOUGH_WORDS_FOR_A_NAME = 2
_TOO_MANY_TO_SAY_NOTHING = 6
_IN_FIGURES = frozenset({"thoi_gian", "kinh_phi"})
"""Fields that “24 tháng” answers."""
_IN_WORDS = {
    "thoi_gian": re.compile(r"\b(thang|nam|quy)\b"),
    "kinh_phi": re.compile(
        r"\b(mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|tram|ruoi) (\w+ )*"
        r"(ty|trieu|nghin|ngan|dong)\b"
    ),
}
"""What answers such a field without a figure: “Hai năm”, “Một tỷ đồng”."""
_DOTS = ("…", "..", "__")
_WORD = re.compile(r"[^\W_]+")
_PRINTED = frozenset(
    key_of(
        "Từ tháng, năm, ngày, quý, đến, trong, khoảng thời gian, bắt đầu, kết thúc, 20, dự kiến, "
        "tổng số, tổng kinh phí, triệu đồng, tỷ, VNĐ, nguồn ngân sách nhà nước, NSNN, đối ứng, "
        "vốn khác, do, là, trong đó"
    ).split()
)
"""Words a form prints around its dots."""
_NO_ANSWER = re.compile(
    r"\W*(nhu tren|theo (tham dinh|quy dinh|du toan)"
    r"|((dang|se) )?(duoc )?(cap nhat|xay dung|bo sung|hoan thien)( (sau|them|tiep)){0,2}"
    r"|((noi dung )?chi tiet )?(xem|theo|tai|co|trong|nhu|o)"
    r"( (tai|o|trong|chi tiet|theo|cac|ban)){0,2}"
    r" (phu luc|tai lieu|thuyet minh|de cuong|tep|file)( so)?( \w{1,3})?"
    r"( (duoc )?(gui |dinh )?kem( theo)?| sau)?"
    r"|(nhu|xem) (muc|phan|diem)( so)? \w{1,4}( (o )?(tren|duoi))?"
    r"|(dang |con )?cho (y kien|huong dan|phe duyet|tham dinh|thong nhat)\b.{0,60}"
    r"|(dang|se) (duoc )?(lien he|soan thao|thong bao|bo sung|cap nhat)((,| sau\b)[^.;\d]{0,60})?"
    r"|(\w+ ){0,3}chua (xac dinh|co so lieu|thong nhat)( duoc)?( cu the)?"
    r"|khong( co)?|chua( co)?|co)\W*"
)
"""What postpones or points elsewhere, too: whether “Xem phụ lục” is answered, a person sees."""
_LABEL_WORDS = 4
_LONGEST_LABEL = 200
_LONGEST_WORD = 24
_SHOWN = 80
_BY_HAND = "Cán bộ đọc phiếu."


def _blank(  # noqa: PLR0913 -- each is one fact of a rule, and all but two are named
    rule_id: str,
    severity: Severity,
    keys: tuple[str, ...],
    *,
    name: str,
    title: str,
    why: str,
    remedy: str,
    cites: tuple[Citation, ...],
) -> Rule:
    @rule(
        rule_id,
        severity,
        title=title,
        name=name,
        why=f"""
            {why}

            Dấu chấm, gạch dưới và lời dẫn in sẵn của mẫu không phải là nội dung. Câu trả lời quá
            ngắn hoặc chưa ra nội dung (“theo thẩm định”) thì cán bộ đọc. Mẫu của Thông tư số
            06/2023/TT-BKHCN không có đủ nhãn để đối chiếu, nên mục không tìm thấy trên mẫu đó
            không bao giờ bị báo thiếu.
        """,
        cites=cites,
        after=("C03",),
        holds=False,
    )
    def check(dossier: Dossier, call: Call) -> Iterator[Finding]:
        for task, form in forms(dossier):
            template = _template(call, form)
            for key in keys:
                asked = _asked(template, key)
                if asked or key in form.fields or (template is None and len(keys) == 1):
                    words = _remedy(call, rule_id, remedy)
                    yield from _field(dossier, call, task, form, key, asked, words)

    return check


def _field(  # noqa: PLR0913, PLR0917 -- one field of one form of one task, and what is asked of it
    dossier: Dossier,
    call: Call,
    task: Task,
    form: ProposalForm,
    key: str,
    asked: FieldAsked | None,
    remedy: str,
) -> Iterator[Finding]:
    found = form.fields.get(key)
    if found is None:
        if key != "ten" or not form.task.strip():
            yield _not_found(dossier, call, task, form, asked, key, remedy)
        return
    said = found.value.strip()
    is_blank = _is_blank(said)
    if is_blank and found.pictured:
        fault = "không có chữ, chỉ có ảnh."
    elif is_blank:
        fault = "còn để trống."
    elif _begins_with_another_label(call, form, key, said):
        fault = f"ghi lẫn sang mục khác: “{said[:_SHOWN]}”."
    elif not _answers(key, said):
        fault = f"chỉ ghi “{said}”."
    else:
        return
    label = _label(call, asked, key, found.number, found.label)
    says = f"{_form_named(call, task, form)}: mục {label} {fault}"
    if is_blank and is_plain(form) and not found.pictured:
        yield blank(dossier, at=found.at, says=says, remedy=remedy)
    else:
        confidence = form.confidence if is_blank else 1.0
        yield unknown(at=found.at, says=says, remedy=_BY_HAND, confidence=confidence)


def _not_found(  # noqa: PLR0913, PLR0917 -- one field of one form of one task, and what is asked
    dossier: Dossier,
    call: Call,
    task: Task,
    form: ProposalForm,
    asked: FieldAsked | None,
    key: str,
    remedy: str,
) -> Finding:
    if not call.knows_whole(form.family):  # its own numbers and labels are not known
        says = f"{_form_named(call, task, form)}: không tìm thấy mục “{call.field_name(key)}”."
        return fail(at=form.at, says=says, remedy=_BY_HAND, weighs=Severity.OFFICER)
    says = f"{_form_named(call, task, form)}: không tìm thấy mục {_label(call, asked, key)}."
    if is_plain(form) and len(form.fields) >= enough_labels(call, form):
        return blank(dossier, at=form.at, says=says, remedy=remedy)
    return unknown(at=form.at, says=says, remedy=_BY_HAND, confidence=form.confidence)


def _begins_with_another_label(call: Call, form: ProposalForm, key: str, said: str) -> bool:
    """A field left blank may have swallowed the next one: what stands there is not its answer."""
    labels = _labels(call).get((form.template, form.family))
    if not labels or key_of(said[:_LONGEST_WORD]).partition(" ")[0] not in _first_words(call):
        return False
    start = key_of(said[:_LONGEST_LABEL])
    return any(start.startswith(those) for other, those in labels.items() if other != key)


@cache
def _first_words(call: Call) -> frozenset[str]:
    """How a label may begin: hardly any answer begins like one."""
    every = (those for labels in _labels(call).values() for those in labels.values())
    return frozenset(label.partition(" ")[0] for those in every for label in those)


@cache
def _labels(call: Call) -> Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]:
    """For each form of the call, its fields' labels long enough to be nothing but labels."""
    return {
        (template.template, template.family): {
            one.key: tuple(
                label for label in map(key_of, one.labels) if label.count(" ") >= _LABEL_WORDS - 1
            )
            for one in template.fields
        }
        for template in reversed(call.forms)
        if template.template
    }


def _is_blank(said: str) -> bool:
    """Nothing but dots, or dots among the words a form prints: “Từ tháng …/20… đến …”."""
    if not _WORD.search(said):
        return True
    return any(dots in said for dots in _DOTS) and set(key_of(said).split()) <= _PRINTED


def _answers(key: str, said: str) -> bool:
    """Tell whether the words say something, as far as counting them can tell."""
    folded = fold(said[:_LONGEST_LABEL])
    if len(said) <= _LONGEST_LABEL and _NO_ANSWER.fullmatch(folded):
        return False
    if key in _IN_FIGURES and re.search(r"\d", said):
        return True
    words = tuple(islice(_WORD.finditer(said), _TOO_MANY_TO_SAY_NOTHING + 1))
    if key != "kinh_phi" and len(words) > _TOO_MANY_TO_SAY_NOTHING:
        return True
    in_words = _IN_WORDS.get(key)
    if in_words and in_words.search(folded):
        return True
    least = _ENOUGH_WORDS_FOR_A_NAME if key == "ten" else _ENOUGH_WORDS
    return key != "kinh_phi" and len(words) >= least


def _template(call: Call, form: ProposalForm) -> FormAsked | None:
    """The form as the call asks for it; None when the paper does not say which one it is."""
    return next(
        (
            asked
            for asked in call.forms
            if form.template and (asked.template, asked.family) == (form.template, form.family)
        ),
        None,
    )


def _asked(template: FormAsked | None, key: str) -> FieldAsked | None:
    """The field of that key, or the one that answers it too."""
    asked = template.fields if template else ()
    return next((one for one in asked if key == one.key or key in one.also), None)


def _label(
    call: Call, asked: FieldAsked | None, key: str, number: str = "", label: str = ""
) -> str:
    """“8 “Yêu cầu đối với thời gian thực hiện””, as the paper or the call prints it."""
    label = label or (asked.labels[0] if asked else call.field_name(key))
    number = (number or (str(asked.number) if asked else "")).rstrip(".) ")
    short = label.split(";")[0].split("(")[0].strip(" :.")
    return f"{number} “{short}”".strip()


def _form_named(call: Call, task: Task, form: ProposalForm) -> str:
    title = form.task.strip() or task.title.strip()
    noun = call.paper(Role.PROPOSAL_FORM).one_called
    return f"{noun} “{title}” (tệp “{form.at.file}”)" if title else f"{noun} “{form.at.file}”"


def _remedy(call: Call, rule_id: str, remedy: str) -> str:
    here = call.rules.get(rule_id)
    words = here.remedy if here and here.remedy else remedy
    return words.format(first_year=call.first_year, max_months=call.max_months)


_CLEARLY = Citation(
    "cong-van",
    "I",
    "phải trình bày cụ thể, rõ ràng về mục tiêu, nội dung và kết quả dự kiến đạt được trong khoảng "
    "thời gian cụ thể",
)

name_blank = _blank(
    "C14",
    Severity.GAP,
    ("ten",),
    name="name-blank",
    title="Phiếu ghi tên nhiệm vụ",
    why="Không có tên thì không biết phiếu đề xuất nhiệm vụ nào.",
    remedy="Ghi tên nhiệm vụ, đúng như trong Bảng tổng hợp.",
    cites=(Citation("phieu-a1-2017", "mục 1", "Tên Đề tài/Đề án"),),
)
urgency_blank = _blank(
    "C15",
    Severity.GAP,
    ("cap_thiet",),
    name="urgency-blank",
    title="Phiếu nêu tính cấp thiết",
    why="Tính cấp thiết là yêu cầu đầu tiên đối với nhiệm vụ thuộc Chương trình.",
    remedy="Nêu tính cấp thiết của nhiệm vụ.",
    cites=(
        Citation("tt-15-2022", "Điều 5 khoản 1", "Có tính cấp thiết"),
        Citation("phieu-a1-2017", "mục 3", "Tính cấp thiết"),
    ),
)
objective_blank = _blank(
    "C16",
    Severity.GAP,
    ("muc_tieu",),
    name="objective-blank",
    title="Phiếu nêu mục tiêu",
    why="Công văn yêu cầu trình bày cụ thể, rõ ràng về mục tiêu.",
    remedy="Ghi mục tiêu của nhiệm vụ.",
    cites=(_CLEARLY,),
)
content_blank = _blank(
    "C17",
    Severity.GAP,
    ("noi_dung",),
    name="content-blank",
    title="Phiếu nêu nội dung cần thực hiện",
    why="Công văn yêu cầu trình bày cụ thể, rõ ràng về nội dung.",
    remedy="Ghi các nội dung cần thực hiện.",
    cites=(_CLEARLY,),
)
results_blank = _blank(
    "C18",
    Severity.GAP,
    ("ket_qua",),
    name="results-blank",
    title="Phiếu nêu kết quả và chỉ tiêu cần đạt",
    why="Công văn yêu cầu trình bày cụ thể, rõ ràng về kết quả dự kiến đạt được.",
    remedy="Ghi các kết quả chính và chỉ tiêu cần đạt.",
    cites=(_CLEARLY,),
)
time_blank = _blank(
    "C19",
    Severity.GAP,
    ("thoi_gian",),
    name="time-blank",
    title="Phiếu nêu thời gian thực hiện",
    why="Kết quả phải đạt được trong khoảng thời gian cụ thể.",
    remedy="Ghi rõ số tháng và thời điểm bắt đầu, kết thúc (bắt đầu từ năm {first_year}, tối đa "
    "{max_months} tháng).",
    cites=(Citation("cong-van", "I", "trong khoảng thời gian cụ thể"),),
)
user_blank = _blank(
    "C20",
    Severity.GAP,
    ("dia_chi",),
    name="user-blank",
    title="Phiếu nêu tổ chức, địa chỉ ứng dụng kết quả",
    why="Nhiệm vụ cần có nơi ứng dụng kết quả ngay từ khi đề xuất.",
    remedy="Nêu tổ chức, cơ quan hoặc địa chỉ ứng dụng kết quả.",
    cites=(
        Citation(
            "phieu-a1-2017",
            "mục 7",
            "Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra",
        ),
        Citation(
            "tt-06-2023",
            "Điều 4 khoản 1 điểm b",
            "Có dự kiến phương án ứng dụng hoặc sử dụng kết quả",
        ),
    ),
)
money_blank = _blank(
    "C21",
    Severity.GAP,
    ("kinh_phi",),
    name="money-blank",
    title="Phiếu nêu nhu cầu kinh phí",
    why="Mục cuối của phiếu hỏi dự kiến nhu cầu kinh phí; bảng tổng hợp không trả lời thay phiếu.",
    remedy="Ghi tổng kinh phí dự kiến và các nguồn (triệu đồng).",
    cites=(Citation("phieu-a1-2017", "mục 9", "Dự kiến nhu cầu kinh phí"),),
)
grounds_blank = _blank(
    "C22",
    Severity.WARNING,
    ("can_cu", "xuat_xu"),
    name="grounds-blank",
    title="Phiếu nêu căn cứ đề xuất hoặc xuất xứ hình thành",
    why="Mẫu A1 hỏi căn cứ đề xuất, mẫu A2 và A3 hỏi xuất xứ hình thành.",
    remedy="Nêu căn cứ đề xuất hoặc xuất xứ hình thành.",
    cites=(
        Citation("phieu-a1-2017", "mục 2", "Căn cứ đề xuất"),
        Citation("phieu-a2-2017", "mục 2", "Xuất xứ hình thành"),
    ),
)
others_blank = _blank(
    "C23",
    Severity.WARNING,
    ("thi_truong", "huy_dong", "nang_luc", "hieu_qua"),
    name="others-blank",
    title="Phiếu điền các mục khác của mẫu",
    why="Mẫu A2 và A3 còn hỏi thị trường, huy động nguồn lực, năng lực và hiệu quả.",
    remedy="Bổ sung nội dung của mục này.",
    cites=(
        Citation("phieu-a2-2017", "mục 7", "Nhu cầu thị trường"),
        Citation(
            "phieu-a3-2017", "mục 9", "Năng lực của tổ chức, cơ quan dự kiến ứng dụng kết quả"
        ),
    ),
)
