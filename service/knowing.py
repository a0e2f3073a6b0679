"""The open dossiers as a new mail needs to see them, gathered from the ledger."""

from dataclasses import dataclass

from dossier import Call, Triage
from dossier.sameness import only_words
from ingest.join import Known, Part, part_of, titles_of
from ledger import filing
from ledger.models import Dossier, Finding, Incoming
from rules import Outcome, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gist:
    """What placing another mail asks of a mail already placed."""

    titles: tuple[str, ...]
    files: tuple[str, ...]
    words: str
    part: Part | None


class Knowing:
    """Knows the open dossiers, and remembers what it read of each mail.

    A reading is large, and once its mail is placed it changes only with the readers: on the last
    day before a deadline every new mail would otherwise read all the others again.
    """

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._gists: dict[tuple[int, str], _Gist] = {}

    def __call__(self, call: Call) -> tuple[Known, ...]:
        """Every dossier of a call, in the order they were opened."""
        dossiers = Dossier.objects.filter(call_id=call.id, moved_into=None).order_by("number")
        return tuple(self._known(dossier) for dossier in dossiers.prefetch_related("letters"))

    def _known(self, dossier: Dossier) -> Known:
        mails = list(dossier.mails.defer("reading").order_by("received_at", "pk"))
        rested = [mail for mail in mails if _counts(mail)]
        gists = [self._gist(mail) for mail in rested]
        parts = [gist.part for gist in gists if gist.part]
        gaps = Finding.objects.filter(
            verdict__dossier=dossier,
            verdict__version=dossier.version,
            severity=Severity.GAP.value,
            outcome=Outcome.FAIL.value,
            waived=False,
        )
        return Known(
            code=dossier.code,
            unit=dossier.unit_name,
            addresses=tuple(
                dict.fromkeys(
                    mail.sender.lower() for mail in rested if mail.sender and mail.certain
                )
            ),
            message_ids=tuple(
                one
                for one in (
                    *(mail.message_id for mail in mails),
                    *(letter.message_id for letter in dossier.letters.all()),
                )
                if one
            ),
            digests=tuple(mail.digest for mail in mails),
            file_digests=tuple(file for gist in gists for file in gist.files),
            texts=tuple(dict.fromkeys(gist.words for gist in gists if gist.words)),
            titles=tuple(dict.fromkeys(title for gist in gists for title in gist.titles)),
            first_received=dossier.opened_at,
            last_received=dossier.last_mail_at,
            parts_announced=max((part.of for part in parts), default=1) or 1,
            parts_received=len({part.number for part in parts}) or 1,
            state=dossier.state,
            open_gaps=tuple(gaps.values_list("rule", flat=True)),
        )

    def _gist(self, mail: Incoming) -> _Gist:
        which = (mail.pk, mail.read_with)
        if which not in self._gists:
            reading = filing.reading_of(mail)
            self._gists[which] = _Gist(
                titles=titles_of(reading),
                files=tuple(file.digest for file in reading.files if not file.minor),
                words=only_words(reading),
                part=part_of(reading),
            )
        return self._gists[which]


def _counts(mail: Incoming) -> bool:
    """Whether a mail is part of its dossier, not only laid beside it."""
    laid_beside = mail.duplicate_of_id is not None or mail.repeats
    return not laid_beside and mail.triage not in (Triage.QUERY.value, Triage.AUTOMATIC.value)
