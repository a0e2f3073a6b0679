"""Signing in by OAuth2: a provider on loopback, and a Dovecot that asks it about every token."""

import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest

from ingest import oauth
from ingest.mailbox import Account, LoginRefusedError, connect
from ingest.oauth import SignIn, SignInError
from tests.ingest.provider import Provider, provider
from tests.servers import ImapServer, dovecot

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        """Stand at nine."""
        self.at = NOW

    def now(self) -> datetime:
        """Where the hands stand."""
        return self.at


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Provider]:
    with provider(tmp_path) as running:
        yield running


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def permission(known: Provider, tmp_path: Path, hands: Hands) -> SignIn:
    """A mailbox somebody gave the permission for."""
    signed_in = SignIn(known.application, tmp_path / "in" / "hop.json", hands.now, "hop")
    signed_in.keep(known.new_tokens())
    return signed_in


def test_a_token_is_asked_for_again_only_when_it_runs_out(
    permission: SignIn, known: Provider, hands: Hands
) -> None:
    early = [permission.token(), permission.token()]
    hands.at += timedelta(minutes=56)

    late = permission.token()

    assert (early, late, known.given) == (["a1", "a1"], "a2", 2)


def test_a_rotated_refresh_token_is_on_disk_for_the_next_life(
    permission: SignIn, known: Provider, tmp_path: Path, hands: Hands
) -> None:
    permission.token(fresh=True)

    again = SignIn(known.application, tmp_path / "in" / "hop.json", hands.now, "hop")

    assert [again.token(fresh=True) for _ in range(3)] == ["a3", "a4", "a5"]
    assert known.refresh_token in (tmp_path / "in" / "hop.json").read_text()


def test_nobody_else_can_read_the_permission(permission: SignIn, tmp_path: Path) -> None:
    permission.token()

    path = tmp_path / "in" / "hop.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_threads_that_want_a_fresh_token_at_once_get_one_between_them(
    permission: SignIn, known: Provider, hands: Hands
) -> None:
    hands.at += timedelta(hours=2)
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(permission.token())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (found, known.given) == (["a2"] * 8, 2)


def test_a_revoked_permission_is_a_matter_for_a_person(permission: SignIn, known: Provider) -> None:
    known.refresh_token = "revoked"  # noqa: S105 -- of nobody

    with pytest.raises(SignInError, match="vanthu login hop") as caught:
        permission.token(fresh=True)

    assert caught.value.is_final


def test_a_provider_that_is_not_there_is_asked_again_later(
    permission: SignIn, tmp_path: Path, hands: Hands, known: Provider
) -> None:
    gone = replace(known.application, token_url="https://localhost:1/token")  # noqa: S106 -- an address
    signed_in = SignIn(gone, tmp_path / "in" / "hop.json", hands.now, "hop")

    with pytest.raises(SignInError, match="localhost") as caught:
        signed_in.token(fresh=True)

    assert not caught.value.is_final
    assert permission.token() == "a1"


def test_a_provider_whose_certificate_nobody_vouches_for_gets_no_secret(
    permission: SignIn, tmp_path: Path, hands: Hands, known: Provider
) -> None:
    untrusted = replace(known.application, ca_file="")
    signed_in = SignIn(untrusted, tmp_path / "in" / "hop.json", hands.now, "hop")

    with pytest.raises(SignInError, match="CERTIFICATE_VERIFY_FAILED"):
        signed_in.token(fresh=True)

    assert permission.token() == "a1"
    assert known.asked == []


def test_a_secret_goes_to_no_address_without_tls(known: Provider) -> None:
    with pytest.raises(ValueError, match="no https"):
        replace(known.application, token_url="http://localhost/token")  # noqa: S106 -- an address


def test_a_mailbox_nobody_gave_the_permission_for_says_what_to_run(
    known: Provider, tmp_path: Path, hands: Hands
) -> None:
    with pytest.raises(SignInError, match="vanthu login moi"):
        SignIn(known.application, tmp_path / "moi.json", hands.now, "moi").token()


def test_a_person_types_a_code_on_any_device(known: Provider, hands: Hands) -> None:
    known.pending = 2
    pauses: list[float] = []

    code = oauth.ask_on_device(known.application, hands.now())
    answer = oauth.await_permission(known.application, code, now=hands.now, sleep=pauses.append)

    assert (code.user_code, code.address) == ("ABCD-1234", "https://localhost/nhap-ma")
    assert (answer["access_token"], pauses) == ("a1", [1.0, 1.0, 1.0])


def test_a_person_who_says_no_ends_the_asking(known: Provider, hands: Hands) -> None:
    code = oauth.ask_on_device(known.application, hands.now())
    known.refuses = "access_denied"

    with pytest.raises(SignInError, match="access_denied"):
        oauth.await_permission(known.application, code, now=hands.now, sleep=lambda _s: None)


def test_a_browser_brings_the_permission_to_this_machine(known: Provider) -> None:
    shown: list[str] = []

    def browse(url: str) -> None:
        shown.append(url)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        back = asked["redirect_uri"]
        threads.append(threading.Thread(target=_visit, args=(f"{back}?code=x&state=forged",)))
        threads.append(
            threading.Thread(target=_visit, args=(f"{back}?code=c0&state={asked['state']}",))
        )
        for thread in threads:
            thread.start()

    threads: list[threading.Thread] = []
    answer = oauth.ask_in_browser(known.application, browse, seconds=20)
    for thread in threads:
        thread.join(10)

    assert answer["access_token"] == "a1"  # noqa: S105 -- of nobody
    assert "code_challenge_method=S256" in shown[0]
    assert (known.asked[-1]["code"], len(known.asked[-1]["code_verifier"])) == ("c0", 64)


def _visit(url: str) -> None:
    try:
        with urlopen(url, timeout=5) as page:  # noqa: S310 -- our own loopback
            page.read()
    except OSError:  # the other answer was the right one, and the door is closed
        return


# ------------------------------------------------------------------ a server that takes tokens


@pytest.fixture
def imap(known: Provider) -> Iterator[ImapServer]:
    with dovecot(introspection=known.introspection) as running:
        yield running


def signed_in_to(imap: ImapServer, known: Provider, permission: SignIn) -> Account:
    known.user = "hop"
    return replace(
        imap.account("hop"), password="", token=lambda fresh: permission.token(fresh=fresh)
    )


def test_a_mailbox_opens_with_a_token_and_not_with_a_wrong_one(
    imap: ImapServer, known: Provider, permission: SignIn
) -> None:
    imap.append(b"Subject: x\r\n\r\nx\r\n", "hop")
    account = signed_in_to(imap, known, permission)

    with connect(account) as box:
        there = box.new_uids(0)

    assert there == (1,)
    with (
        pytest.raises(LoginRefusedError, match="vanthu login hop"),
        connect(replace(account, token=lambda _fresh: "stolen")),
    ):
        pass


def test_a_token_withdrawn_before_its_time_is_renewed_once(
    imap: ImapServer, known: Provider, permission: SignIn
) -> None:
    account = signed_in_to(imap, known, permission)
    known.valid = set()

    with connect(account) as box:
        assert box.new_uids(0) == ()

    assert known.given == 2
