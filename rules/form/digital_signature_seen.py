"""F11: a digital signature, as far as it can be told offline: who, when, whether it still holds."""

from collections.abc import Iterator

from dossier import Call, Dossier, Signature, SignatureState
from rules.rule import Citation, Finding, Severity, fail, rule, unknown

_STATE = {
    SignatureState.WHOLE: "Tệp còn nguyên vẹn từ khi ký.",
    SignatureState.CHANGED: "Nội dung đã bị sửa, chữ ký không còn đúng.",
    SignatureState.CHANGED_LATER: "Tệp đã bị sửa sau khi ký.",
    SignatureState.UNCHECKED: "Máy chưa kiểm tra được tệp còn nguyên vẹn hay không.",
}
_BY_AN_OFFICER = "Cán bộ kiểm tra chữ ký số bằng phần mềm ký số; chưa cần hỏi đơn vị."


@rule(
    "F11",
    Severity.OFFICER,
    title="Chữ ký số do cán bộ kiểm tra",
    cites=(Citation("nd-30-2020", "Điều 21 khoản 2 điểm a", "tính xác thực và toàn vẹn"),),
)
def digital_signature_seen(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Máy nêu ba điều: ai ký, ký lúc nào theo máy người ký, tệp còn nguyên vẹn hay đã bị sửa.

    Chứng thư số của ai thì máy không xác minh, vì việc đó cần nguồn tin cậy và mạng. Kết quả không
    làm thay đổi kết luận về hồ sơ.
    """
    for one in dossier.signatures:
        says = f"Tệp “{one.at.file}”: {_who(one)} {_STATE[one.state]} Người ký chưa được xác minh."
        if one.state is SignatureState.WHOLE:
            yield fail(at=one.at, says=says, remedy=_BY_AN_OFFICER, weighs=Severity.INFO)
        elif one.state is SignatureState.UNCHECKED:
            yield unknown(at=one.at, says=says, remedy=_BY_AN_OFFICER, weighs=Severity.INFO)
        else:
            yield fail(at=one.at, says=says, remedy=_BY_AN_OFFICER)


def _who(one: Signature) -> str:
    signer = f"chữ ký số của “{one.signer}”" if one.signer else "có chữ ký số"
    return f"{signer}, ghi lúc {one.signed_at}." if one.signed_at else f"{signer}."
