"""Mails whose content no page shows: a state-secret marking, or a file that is dangerous."""

from collections.abc import Iterable

from dossier import Triage
from ledger.models import Incoming


def sealed_among(mails: Iterable[Incoming]) -> frozenset[int]:
    """Ids of those to keep shut: isolated, marked as secret, or a copy of such a mail.

    A machine's mail may bear the marking too, and one just read is not yet sorted: what reading
    saw decides before what the mail was taken for.
    """
    ids = {mail.pk: mail.duplicate_of_id or mail.pk for mail in mails}
    rows = Incoming.objects.filter(pk__in={*ids, *ids.values()})
    shut = {
        *rows.filter(triage=Triage.QUARANTINED.value).values_list("pk", flat=True),
        *rows.filter(reading__secret=True).values_list("pk", flat=True),
    }
    return frozenset(pk for pk, first in ids.items() if {pk, first} & shut)


def is_sealed(mail: Incoming) -> bool:
    """Tell whether one mail is to be kept shut."""
    return bool(sealed_among((mail,)))
