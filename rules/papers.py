"""What of the asked papers a dossier holds: what several rules need to see the same way."""

import re
import threading
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import PurePosixPath

from dossier import (
    CERTAIN,
    Call,
    Dossier,
    FormFamily,
    Paper,
    ProposalForm,
    Role,
    SummaryRow,
    SummaryTable,
    Task,
    Text,
    UnitKind,
    Unread,
)
from dossier.vietnamese import fold, key

SELF_PROPOSERS = frozenset({UnitKind.ENTERPRISE, UnitKind.COOPERATIVE})
"""Units that may themselves be the enterprise a pilot model is built in."""
_COPY_WORDS = re.compile(r"\b(da ky|ky so|co dau|dong dau|signed|ban scan|scan|ban ky|ban mem)\b")
_LEGAL_FORM = re.compile(
    r"\b(?:c(?:ong ty|ty|tcp|o phan|p)|t(?:nhh|rach nhiem huu han|huong mai|m)"
    r"|(?:mot|1) thanh vien|mtv|d(?:oanh nghiep tu nhan|ntn|ich vu|v|au tu)|h(?:op tac xa|tx)"
    r"|s(?:an xuat|x)|x(?:uat nhap khau|nk)|va)\b"
)
_SHORT_FORMS = {
    "uy ban nhan dan": "ubnd",
    "khoa hoc va cong nghe": "kh cn",
    "kh va cn": "kh cn",
    "mat tran to quoc": "mttq",
    "lien doan lao dong": "ldld",
    "lien hiep phu nu": "lhpn",
    "cuu chien binh": "ccb",
}
_SHORT = re.compile(rf"\b({'|'.join(_SHORT_FORMS)})\b")
_NOT_OURS = ("phieu", "thuyet minh", "don dang ky", "mau")


def is_sure(paper: Paper) -> bool:
    """Tell whether the paper is what we took it for."""
    return paper.confidence >= CERTAIN


def is_plain(paper: Paper) -> bool:
    """Tell whether what the paper does not say is really not said: typed words, a sure role."""
    return is_sure(paper) and paper.text is Text.NATIVE


def form_of(task: Task) -> ProposalForm | None:
    """The form to judge, another procedure's form left out."""
    for form in task.forms:
        if form.family is not FormFamily.LOOK_ALIKE:
            return form
    return None


class _Paired(threading.local):
    """What was last asked, a thread its own: thirty rules ask it of one dossier in a row."""

    tasks: tuple[Task, ...] | None = None
    forms: tuple[tuple[Task, ProposalForm], ...] = ()


_PAIRED = _Paired()


def forms(dossier: Dossier) -> tuple[tuple[Task, ProposalForm], ...]:
    """Every task that has a form of an accepted family, with the form to judge."""
    if _PAIRED.tasks is not dossier.tasks:
        found = ((task, form_of(task)) for task in dossier.tasks)
        _PAIRED.forms = tuple((task, form) for task, form in found if form)
        _PAIRED.tasks = dossier.tasks
    return _PAIRED.forms


def look_alikes(dossier: Dossier) -> tuple[str, ...]:
    """What papers call themselves that look like a proposal form and are another procedure's."""
    named = [
        form.title_line or form.at.file
        for form in dossier.proposal_forms
        if form.family is FormFamily.LOOK_ALIKE
    ]
    named += (
        paper.title
        for paper in dossier.other_papers
        if paper.role is Role.OTHER and not paper.paper and fold(paper.title).startswith(_NOT_OURS)
    )
    return tuple(dict.fromkeys(named))


def filled_tables(dossier: Dossier) -> tuple[SummaryTable, ...]:
    """Summary tables with at least one task."""
    return tuple(table for table in dossier.summary_tables if table.rows)


def table_of(dossier: Dossier, row: SummaryRow) -> SummaryTable | None:
    """The summary table a row stands in."""
    return next(
        (one for one in dossier.summary_tables if any(_is_same(row, of) for of in one.rows)), None
    )


def _is_same(row: SummaryRow, other: SummaryRow) -> bool:
    """Equal, asked of what differs first: a table of twenty rows is looked through often."""
    return row is other or (row.order == other.order and row == other)


def both_plain(dossier: Dossier, task: Task) -> tuple[SummaryRow, ProposalForm] | None:
    """Row and form of a task, when both are read well enough to be compared."""
    row, form = task.row, form_of(task)
    if row is None or form is None or not is_plain(form) or task.likeness < CERTAIN:
        return None
    table = table_of(dossier, row)
    return None if table and not is_plain(table) else (row, form)


def rows_without_form(dossier: Dossier) -> tuple[Task, ...]:
    """Tasks the table names and no form describes."""
    return tuple(task for task in dossier.tasks if task.row and not form_of(task))


def proposes_nothing(dossier: Dossier) -> bool:
    """Tell whether the unit says it has nothing to propose, and sends no task."""
    return dossier.nothing_to_propose and not dossier.tasks


def lacks(dossier: Dossier, call: Call) -> frozenset[Role]:
    """The kinds of paper the call asks for that the dossier does not (wholly) hold."""
    needing = (task for task in dossier.tasks if call.needs_commitment(task.kind))
    asked = {one.role for one in call.papers}
    found = {
        Role.COVER_LETTER: not dossier.cover_letters,
        Role.SUMMARY_TABLE: not filled_tables(dossier),
        Role.PROPOSAL_FORM: not forms(dossier) or bool(rows_without_form(dossier)),
        Role.COMMITMENT_LETTER: not all(task.letters for task in needing),
    }
    return frozenset(role for role, absent in found.items() if absent and role in asked)


def read_twin(dossier: Dossier, unread: Unread) -> str:
    """The file we did read that bears the same name in the same folder; empty when there is none.

    “CV 25.pdf” scanned beside “CV 25.docx”: the words are not lost.
    """
    mine = _bare_name(unread.at.file)
    if not mine[1]:
        return ""
    read = (paper.at.file for paper in dossier.papers())
    return next((one for one in read if one != unread.at.file and _bare_name(one) == mine), "")


def _bare_name(file: str) -> tuple[str, str]:
    path = PurePosixPath(file)
    return str(path.parent), " ".join(_COPY_WORDS.sub(" ", key(path.stem)).split())


def alike(one: str, other: str) -> float:
    """How alike two names of tasks are, 0 to 1, whatever their accents, case and word order."""
    first, second = key(one).split(), key(other).split()
    in_order = SequenceMatcher(None, first, second, autojunk=False).ratio()
    sorted_words = SequenceMatcher(None, sorted(first), sorted(second), autojunk=False).ratio()
    return max(in_order, sorted_words)


def bodys_key(name: str) -> str:
    """The key of a public body's name, in the short forms its letters use."""
    return _SHORT.sub(lambda found: _SHORT_FORMS[found[0]], key(name))


@lru_cache(maxsize=1024)
def own_words(enterprise: str) -> frozenset[str]:
    """The words of a name that are its own: “Công ty TNHH Minh An” is Minh An."""
    return frozenset(_LEGAL_FORM.sub(" ", key(enterprise)).split())


def has_capital(enterprise: str) -> bool:
    """Tell a proper name from “các công ty may”: one of its own words begins with a capital."""
    own = own_words(enterprise)
    capitals = (word for word in enterprise.split() if word[0].isupper())
    return any(key(word) in own for word in capitals)
