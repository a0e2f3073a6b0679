"""A paper with a mark of state secrecy: its mail is isolated, and no log knows a word of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from ledger.models import Dossier, Outgoing
from service import log
from tests.ingest.readers.word import docx, paragraph
from tests.service.office import Office

pytestmark = pytest.mark.usefixtures("ledger")

WORDS = "Phương án bố trí lực lượng tại kho Đông Hải"
NAME = "KH phong thu kho Dong Hai.docx"
SENDER = "xabimat@namdinh.gov.vn"


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """The service's own log, in a file."""
    file = tmp_path / "log" / "vanthu.log"
    log.set_up(file)
    yield file
    factory = structlog.get_config()["logger_factory"]
    factory._file.close()  # noqa: SLF001 -- a service never closes its log, a test must
    structlog.reset_defaults()


def a_secret_mail() -> bytes:
    from tests.ingest.hostile.mails import file_part, mixed  # noqa: PLC0415 -- only here

    paper = docx(paragraph("MẬT") + paragraph(WORDS) * 3)
    text = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}\r\n".encode()
    mail = mixed(text, file_part(NAME.encode(), paper))
    return mail.replace(b"xamyha@namdinh.gov.vn", SENDER.encode())


def test_a_secret_mail_is_isolated_and_no_log_holds_a_word_of_it(
    tmp_path: Path, written: Path
) -> None:
    office = Office(tmp_path)

    mail = office.receive(a_secret_mail())
    office.work()
    office.wired.cage.close()

    mail.refresh_from_db()
    assert mail.triage == "quarantined"
    assert (Dossier.objects.count(), Outgoing.objects.count()) == (0, 0)
    told = written.read_text(encoding="utf-8")
    assert '"stage": "read"' in told
    for word in (WORDS, "Đông Hải", "Dong Hai", NAME, SENDER, "xabimat", "1322"):
        assert word not in told
