"""Write the sample dossiers of the calls beside this file: `python -m tests.office.calls.write`.

Every case is a mail as the server would hold it, the hour it came in, and the right answers in the
form of the first call's samples. Same cases, same bytes.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from tests.office.calls import quy_ninh_binh, tuyen_quang
from tests.office.calls.case import Case

HERE = Path(__file__).parent
CALLS: Mapping[str, Sequence[Case]] = {
    "tuyen-quang-2026": tuyen_quang.CASES,
    "quy-ninh-binh-2026": quy_ninh_binh.CASES,
}
_TYPES = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": ("application", "pdf"),
}


def main() -> None:
    """Write every case anew."""
    for call, cases in CALLS.items():
        shutil.rmtree(HERE / call, ignore_errors=True)
        for case in cases:
            _write(HERE / call / case.name, case)


def _write(folder: Path, case: Case) -> None:
    folder.mkdir(parents=True)
    at = datetime.fromisoformat(case.received)
    _put(folder / "01.eml", _mail(case, case.files, at), at)
    if case.then:
        later = at + timedelta(days=2)
        answer = _mail(case, case.then, later)
        answer["In-Reply-To"] = f"<{case.name}@example.com>"
        _put(folder / "02.eml", answer, later)
    text = json.dumps(case.gold(), ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(f"{text}\n", encoding="utf-8")


def _put(file: Path, mail: EmailMessage, at: datetime) -> None:
    file.write_bytes(bytes(mail))
    file.with_suffix(".received").write_text(f"{at.isoformat()}\n", encoding="utf-8")


def _mail(case: Case, files: Mapping[str, bytes], at: datetime) -> EmailMessage:
    first = files is case.files
    mail = EmailMessage()
    mail["From"] = f"{case.sender_name} <{case.sender}>"
    mail["To"] = case.to
    mail["Subject"] = case.subject if first else f"Re: {case.subject}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{case.name}{'' if first else '-bs'}@example.com>"
    mail.set_content(case.body, cte="base64")
    for name, raw in files.items():
        kind, subtype = _TYPES.get(name.rpartition(".")[2], ("application", "octet-stream"))
        mail.add_attachment(raw, maintype=kind, subtype=subtype, filename=name)
    if mail.is_multipart():
        mail.set_boundary(f"=={case.name}==")
    return mail


if __name__ == "__main__":
    main()
