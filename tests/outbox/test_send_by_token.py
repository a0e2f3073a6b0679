"""Letters leave by a server that wants a token instead of a password."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink as Nothing
from aiosmtpd.smtp import MISSING, SMTP, AuthResult

from outbox.send import NoTokenError, Refused, Relay, Security, Sent, Stage, send
from tests.servers import free_port

LETTER = b"Subject: x\r\n\r\nx\r\n"


class TokenServer(Nothing):
    """Takes the token it is told of, and explains a refusal as Google and Microsoft do."""

    good = "a1"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> Any:  # noqa: ANN401, N802 -- aiosmtpd's name and result
        """RFC-less, but what everybody speaks."""
        said = base64.b64decode(args[1]).decode()
        if said == f"user=hop@x.vn\x01auth=Bearer {self.good}\x01\x01":
            return AuthResult(success=True)
        explained = await server.challenge_auth(b'{"status":"401"}', encode_to_b64=True)
        assert explained in (MISSING, b"")
        return AuthResult(success=False, handled=False)


@pytest.fixture
def server() -> Iterator[tuple[TokenServer, int]]:
    handler, port = TokenServer(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, auth_require_tls=False)
    controller.start()
    yield handler, port
    controller.stop()


def by_token(port: int, *tokens: str) -> Relay:
    """A relay whose tokens are these, the first one known, the others fresh."""
    left = list(tokens)
    return Relay(
        host="127.0.0.1",
        port=port,
        user="hop@x.vn",
        security=Security.NONE,
        token=lambda _fresh: left.pop(0),
    )


def test_a_letter_leaves_by_token(server: tuple[TokenServer, int]) -> None:
    _handler, port = server

    outcome = send(
        LETTER, sender="a@x.vn", to="b@x.vn", self_copy_to="a@x.vn", relay=by_token(port, "a1")
    )

    assert outcome == Sent(copied=True)


def test_a_token_that_is_refused_is_renewed_once(server: tuple[TokenServer, int]) -> None:
    _handler, port = server

    tries = [
        send(LETTER, sender="a@x.vn", to="b@x.vn", self_copy_to="a@x.vn", relay=by_token(port, *of))
        for of in (("old", "a1"), ("old", "old", "a1"))
    ]

    assert tries[0] == Sent(copied=True)
    assert isinstance(tries[1], Refused)
    assert (tries[1].stage, tries[1].permanent) == (Stage.LOG_IN, False)


def test_without_a_permission_the_letter_waits(server: tuple[TokenServer, int]) -> None:
    def none(_fresh: bool) -> str:  # noqa: FBT001 -- as it is called
        message = "Hộp thư hop chưa được cho phép."
        raise NoTokenError(message)

    _handler, port = server
    relay = Relay(host="127.0.0.1", port=port, user="hop", security=Security.NONE, token=none)

    outcome = send(LETTER, sender="a@x.vn", to="b@x.vn", self_copy_to="a@x.vn", relay=relay)

    assert outcome == Refused(
        stage=Stage.LOG_IN, code=0, text="Hộp thư hop chưa được cho phép.", permanent=False
    )
