"""F08: what may be a seal or a signature is shown to the officer, and never decided."""

from collections.abc import Iterator

from dossier import Call, Dossier, InkKind
from rules.rule import Finding, Severity, fail, rule

_NAMED = {InkKind.SEAL: "dấu đỏ", InkKind.PEN: "chữ ký bằng bút mực xanh"}


@rule("F08", Severity.OFFICER, title="Chữ ký, dấu do cán bộ xem")
def signature_or_seal_seen(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Máy chỉ gợi ý chỗ có thể có dấu hoặc chữ ký trên trang quét, không kết luận đã ký hay chưa.

    Chữ ký và dấu có thể là ảnh, mực hoặc chữ ký số; không thấy không có nghĩa là không có.
    """
    for file in dict.fromkeys(ink.at.file for ink in dossier.inks):
        inks = [ink for ink in dossier.inks if ink.at.file == file]
        seen = " và ".join(name for kind, name in _NAMED.items() if kind in {i.kind for i in inks})
        spots = ", ".join(dict.fromkeys(ink.at.spot for ink in inks if ink.at.spot))
        where = f" ({spots})" if spots else ""
        yield fail(
            at=inks[0].at,
            says=f"Tệp “{file}” có thể có {seen}{where}.",
            remedy="Cán bộ xem trang quét; máy không xác nhận chữ ký, con dấu.",
            weighs=Severity.INFO,
        )
