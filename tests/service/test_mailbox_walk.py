"""A short walk through a mailbox to which anything happens; the long ones are a command."""

from pathlib import Path

import pytest

from tests.servers import ImapServer
from tests.service.walking import WalkError, walk


@pytest.mark.xdist_group("walk")
def test_no_mail_is_lost_or_taken_twice_whatever_happens_to_the_mailbox(
    imap: ImapServer, tmp_path: Path
) -> None:
    done = walk(imap, tmp_path, seed=7, steps=150)

    assert {"deliver", "move", "delete", "number_anew", "line lost", "died"} <= set(done)


@pytest.mark.xdist_group("walk")
def test_a_collector_that_leaves_a_mail_out_is_found_out(
    imap: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.intake.unseen", lambda _a, _f, _v, uids: tuple(sorted(uids)[1:]))

    with pytest.raises(WalkError):
        walk(imap, tmp_path, seed=8, steps=60)
