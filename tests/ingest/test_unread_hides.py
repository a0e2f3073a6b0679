"""Whatever single file stays unread, the unit is told nothing that the file could refute.

Sample dossiers are read whole, then each of their files in turn is made unread by our own fault.
"""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest

from dossier import OtherPaper, Place, Reading, ReceivedSource, Role, Unread, UnreadCause
from ingest.assemble import assemble
from ingest.cage import Cage
from ingest.message import parse
from ingest.reading import read_mail
from rules import State, Verdict, judge
from service.demo.cases import make, recipe_named
from tests.ingest.builders import my_loc

RECIPES = (
    "loose_files",
    "pilot_with_letters",
    "zip_in_folders",
    "forwarded_as_a_mail",
    "one_docx",
    "forms_together",
    "workbook_second_sheet",
    "no_table",
    "blank_goal",
    "company_letter",
)
CALL = my_loc()


def reading_of(recipe: str, cage: Cage) -> Reading:
    [mail, *_] = make(recipe_named(recipe), "unread").mails
    message = parse(mail.raw, received_at=mail.received_at, source=ReceivedSource.GIVEN)
    return read_mail(message, digest=sha256(mail.raw).hexdigest(), call=CALL, cage=cage)


def verdict_on(reading: Reading) -> Verdict:
    return judge(assemble("1322-2025-0001", (reading,), CALL), CALL)


def gaps(verdict: Verdict) -> set[str]:
    return {judged.rule for judged in verdict.gaps}


def with_one_file_unread(reading: Reading) -> Iterator[Reading]:
    recognised = {paper.at.file for paper in reading.papers if not isinstance(paper, OtherPaper)}
    for file in reading.files:
        if file.name in recognised:
            hidden = Unread(at=Place(file.name), cause=UnreadCause.OURS, reason="máy hỏng")
            yield replace(
                reading,
                papers=tuple(one for one in reading.papers if one.at.file != file.name),
                unread=(*reading.unread, hidden),
                files=tuple(
                    replace(one, roles=(Role.UNREADABLE,)) if one is file else one
                    for one in reading.files
                ),
            )


@pytest.mark.parametrize("recipe", RECIPES)
def test_nothing_is_called_missing_and_nothing_complete_while_a_file_is_unread(recipe: str) -> None:
    with Cage() as cage:
        whole = reading_of(recipe, cage)
    told = gaps(verdict_on(whole))

    hidden = [verdict_on(one) for one in with_one_file_unread(whole)]

    assert hidden
    assert [verdict for verdict in hidden if gaps(verdict) - told] == []
    assert {verdict.state for verdict in hidden} == {State.OFFICER}
