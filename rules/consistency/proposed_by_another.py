"""N09: who signs the cover letter, who proposes on the form, whose dossier it is."""

from collections.abc import Iterator

from dossier import Call, Dossier
from rules.papers import bodys_key, forms, is_plain, own_words
from rules.rule import Finding, Severity, rule, unknown
from rules.wording import listed

_SHOWN = 3


@rule(
    "N09", Severity.OFFICER, title="Đơn vị ký, đơn vị đề xuất và đơn vị gửi", after=("S12", "S18")
)
def proposed_by_another(dossier: Dossier, _call: Call) -> Iterator[Finding]:
    """Một xã có thể gửi hồ sơ của doanh nghiệp trên địa bàn; đơn vị đề xuất ghi theo từng phiếu.

    Không thông báo và không đòi công văn riêng của doanh nghiệp; cán bộ biết để ghi đúng nơi đề
    xuất khi tổng hợp.
    """
    known = (dossier.unit.name, *dossier.unit.aliases)
    named = [(form.at, form.proposer) for _, form in forms(dossier) if is_plain(form)]
    named += [(letter.at, letter.issuer) for letter in dossier.cover_letters if is_plain(letter)]
    others = {name: at for at, name in reversed(named) if name and not _same(name, known)}
    if others and dossier.unit.name:
        names = tuple(reversed(others))
        yield unknown(
            at=others[names[0]],
            says=f"Hồ sơ của “{dossier.unit.name}” có văn bản của {listed(names[:_SHOWN])}.",
            remedy="Cán bộ xem ai là đơn vị đề xuất.",
        )


def _same(name: str, known: tuple[str, ...]) -> bool:
    """One name may be cut short (“UBND xã”) or leave out the kind of company."""
    mine, words = bodys_key(name), own_words(name)
    theirs = tuple(map(bodys_key, known))
    if any(mine in one or one in mine for one in theirs):
        return True
    return any(words <= own_words(one) or own_words(one) <= words for one in known if words)
