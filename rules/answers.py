"""What stands in a field of a form: whether it answers what a call asks of it."""

import re
from decimal import Decimal, InvalidOperation

from dossier import Call, FieldNeeded, ProposalForm
from dossier.vietnamese import fold
from dossier.vietnamese import key as key_of

_ENOUGH_LABELS = 6
"""With so many labels found, one that was not found is not on the form."""
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w]|[.,]\d)")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")


def enough_labels(call: Call, form: ProposalForm) -> int:
    """How many labels must be found before one that was not found is not on the form."""
    same = (
        len(asked.fields)
        for asked in call.forms
        if form.template and (asked.template, asked.family) == (form.template, form.family)
    )
    most = next(same, None)
    return _ENOUGH_LABELS if most is None else min(_ENOUGH_LABELS, max(1, most * 2 // 3))


def answer_fails(asked: FieldNeeded, said: str) -> bool | None:
    """Tell whether a filled field says something else than asked; None when nobody can tell."""
    if asked.one_of and (accepted := _accepted(asked.one_of, said)) is not True:
        return None if accepted is None else True
    if asked.matches and not re.search(asked.matches, fold(said)):
        return True
    if asked.at_least is None and asked.at_most is None:
        return False
    number = number_in(said)
    if number is None:
        return None
    short = asked.at_least is not None and number < asked.at_least
    return short or (asked.at_most is not None and number > asked.at_most)


def _accepted(answers: tuple[str, ...], said: str) -> bool | None:
    """Tell whether an answer is one of those accepted; None when it only holds one of them."""
    given, known = key_of(said), {key_of(one) for one in answers}
    if given in known:
        return True
    return None if any(f" {one} " in f" {given} " for one in known) else False


def number_in(said: str) -> Decimal | None:
    """The only number in an answer: “1.500”, “1.500,5”; None when there is none or several."""
    found = _NUMBER.findall(said)
    if len(found) != 1:
        return None
    number: str = found[0]
    if _GROUPED.fullmatch(number):
        number = re.sub(r"[.,]", "", number)
    try:
        return Decimal(re.sub(r"[.,](?=.*[.,])", "", number).replace(",", "."))
    except InvalidOperation:
        return None
