"""From the mails of one unit to one dossier: the newest papers, each with its task.

Pure. The readings come in order of receipt; a later paper replaces an earlier one of the same
thing, and what could not be tied together stays loose or becomes a doubt for a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier import Call, CoverLetter, Dossier, Link, OtherPaper, Place, Reading
from ingest.assemble.copies import newest_covers, newest_forms, newest_letters, newest_tables
from ingest.assemble.doubts import contradictions, parts_missing, sender_doubts, unclear_letters
from ingest.assemble.letters import with_letters
from ingest.assemble.sent import sent_papers
from ingest.assemble.tasks import tasks_of
from ingest.assemble.unit import other_units, proposing_unit
from ingest.assemble.unread import still_unread
from ingest.join import part_of
from ingest.triage import body_is_letter, says_nothing_to_propose

__all__ = ["BODY", "assemble"]

BODY = "(nội dung thư)"
"""What stands for a file where the mail's own text is meant."""


def assemble(
    code: str,
    readings: Sequence[Reading],
    call: Call,
    *,
    doubts: Sequence[str] = (),
) -> Dossier:
    """Build the dossier from the mails that were placed in it, oldest first.

    `doubts` are the reasons of placements that were not certain. Raises `ValueError` when there is
    no mail at all.
    """
    if not readings:
        message = f"dossier {code} has no mail"
        raise ValueError(message)
    sent = tuple(sent_papers(readings))
    covers = newest_covers([one for one in sent if isinstance(one.paper, CoverLetter)])
    tables, table_doubts = newest_tables(sent, readings)
    forms, form_doubts = newest_forms(sent)
    unit = proposing_unit(readings, covers, forms, call)
    tasks = tasks_of(tables, forms, covers, call)
    letters = newest_letters(sent)
    tasks, loose, carried = with_letters(tasks, letters, unit, call)
    others = tuple(one.paper for one in sent if isinstance(one.paper, OtherPaper))
    nil_words = _nil_words(readings, covers) if not tasks else None
    announced, received = _parts(readings)
    return Dossier(
        code=code,
        unit=unit,
        received_at=min(reading.envelope.received_at for reading in readings),
        supplemented_at=(
            max(reading.envelope.received_at for reading in readings) if readings[1:] else None
        ),
        sent_at=readings[0].envelope.sent_at,
        tasks=tasks,
        cover_letters=covers,
        summary_tables=tables,
        loose_letters=loose,
        other_papers=others,
        unread=tuple(still_unread(readings)),
        links=_links(readings),
        body_reads_as_letter=(
            not covers and any(body_is_letter(reading.envelope.body) for reading in readings)
        ),
        nothing_to_propose=nil_words is not None,
        nil_words=nil_words,
        units_seen=other_units(readings, unit, call),
        parts_announced=announced,
        parts_received=received,
        duplicates=tuple(_duplicates(readings)),
        legacy=tuple(
            Place(file.name) for reading in readings for file in reading.files if file.legacy
        ),
        signatures=tuple(one for reading in readings for one in reading.signatures),
        inks=tuple(one for reading in readings for one in reading.inks),
        macros=tuple(place for reading in readings for place in reading.macros),
        contact=_contact(readings, covers),
        doubts=tuple(
            dict.fromkeys(
                (
                    *doubts,
                    *table_doubts,
                    *form_doubts,
                    *carried,
                    *unclear_letters(covers, letters, tasks, unit, call),
                    *contradictions(readings, tasks),
                    *parts_missing(announced, received),
                    *sender_doubts(readings, unit, call),
                )
            )
        ),
        files=sum(not file.minor for reading in readings for file in reading.files),
    )


def _nil_words(readings: Sequence[Reading], covers: Sequence[CoverLetter]) -> Place | None:
    """Where the unit says that it proposes nothing."""
    for cover in covers:
        if cover.says_nothing_to_propose:
            return replace(cover.at, words=cover.subject or cover.at.words)
    if any(cover.titles or cover.tasks_stated for cover in covers):
        return None
    for reading in readings:
        envelope = reading.envelope
        if words := says_nothing_to_propose(f"{envelope.subject}\n{envelope.body}"):
            return Place(BODY, "", words)
    return None


def _parts(readings: Sequence[Reading]) -> tuple[int, int]:
    """How many mails were announced, how many of them came."""
    parts = [part for reading in readings if (part := part_of(reading))]
    if not parts:
        return (1, 1)
    announced = max(max(part.of, part.number) for part in parts)
    received = len({part.number for part in parts})
    return (max(announced, 1), min(max(received, 1), max(announced, 1)))


def _duplicates(readings: Sequence[Reading]) -> Iterator[Place]:
    """Files that came again byte for byte."""
    met: set[str] = set()
    for reading in readings:
        for file in reading.files:
            if file.digest in met and not file.minor:
                yield Place(file.name)
            met.add(file.digest)


def _contact(readings: Sequence[Reading], covers: Sequence[CoverLetter]) -> str | None:
    """Whom to phone; None when an unread file may say it."""
    said = (*(cover.contact for cover in covers), *(reading.contact for reading in readings))
    found = next(filter(None, said), "")
    if not found and any(reading.unread for reading in readings):
        return None
    return found


def _links(readings: Sequence[Reading]) -> tuple[Link, ...]:
    met: dict[str, Link] = {}
    for reading in readings:
        for link in reading.links:
            met.setdefault(link.url, link)
    return tuple(met.values())
