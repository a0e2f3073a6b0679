"""Released dossiers with real files for the tests of the package."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dossier import OwnLetter, Unit, UnitKind
from outbox.bundle import Answer, Original, Released, Standing
from rules import Verdict
from tests.outbox.office import CALL, DOSSIER, NO_SIGNATURE, NO_TIME, verdict

CALL_WITH_LETTERS = replace(
    CALL,
    letters=(
        OwnLetter(numbers=("285/UBND-KTHT",), issuer="UBND huyện Mỹ Lộc"),
        OwnLetter(numbers=("369/SKHCN-TĐC",), issuer="Sở Khoa học và Công nghệ"),
    ),
)
NAMES = (
    "CV 25.pdf",
    "Bang tong hop.xlsx",
    "Phieu 1.docx",
    "Phieu 2.docx",
    "Cam ket.pdf",
    "Cong van 285.pdf",
)
HOSTILE_UNIT = Unit(name='=HYPERLINK("http://x.vn","Công ty A")', kind=UnitKind.ENTERPRISE)
LATE_UNIT = Unit(name="Công ty Cổ phần Dệt may Mỹ Trung", kind=UnitKind.ENTERPRISE)
NIL = Standing(
    unit=Unit(name="UBND xã Mỹ Tân"),
    answer=Answer.NIL_RETURN,
    code="1322-2025-0003",
    received_at=datetime(2024, 3, 19, 1, tzinfo=UTC),
)


def originals(folder: Path, mail: str, names: Sequence[str] = NAMES) -> tuple[Original, ...]:
    """Files as the store keeps them: named by their digest."""
    made: list[Original] = []
    for name in names:
        raw = f"nội dung của {name}".encode()
        digest = hashlib.sha256(raw).hexdigest()
        (folder / digest).write_bytes(raw)
        made.append(Original(name=name, path=folder / digest, digest=digest, mail=mail))
    return tuple(made)


def released(
    folder: Path, code: str, unit: Unit = DOSSIER.unit, judged: Verdict | None = None
) -> Released:
    """One dossier an officer let in."""
    return Released(
        dossier=replace(DOSSIER, code=code, unit=unit),
        verdict=judged or verdict(NO_SIGNATURE),
        originals=originals(folder, f"<{code}@example.vn>"),
        register_number="112",
        released_by="canbo",
        released_at=datetime(2024, 3, 23, 2, tzinfo=UTC),
        decisions={NO_SIGNATURE.key: "Cán bộ bỏ qua: đã có bản giấy."},
    )


def three(folder: Path) -> tuple[Released, ...]:
    """A commune, an enterprise with a hostile name, and a late one with a gap."""
    return (
        released(folder, "1322-2025-0007"),
        released(folder, "1322-2025-0009", HOSTILE_UNIT),
        released(folder, "1322-2025-0011", LATE_UNIT, verdict(NO_TIME, late=True)),
    )
