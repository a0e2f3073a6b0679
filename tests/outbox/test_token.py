"""Our Message-IDs lead back to a dossier, and cannot be forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import ReplyKind
from outbox.token import Token, message_id, read_token

KEY = b"k" * 32
TOKEN = Token(code="1322-2025-0007", kind=ReplyKind.NIL_RETURN, n=2)


def test_an_answer_leads_back_to_the_letter() -> None:
    written = message_id(TOKEN, key=KEY, domain="namdinh.gov.vn")

    assert read_token(written, KEY) == TOKEN
    assert read_token(written.strip("<>"), KEY) == TOKEN


def test_the_same_letter_always_has_the_same_id() -> None:
    first, second = (message_id(TOKEN, key=KEY, domain="namdinh.gov.vn") for _ in range(2))

    assert first == second


@pytest.mark.parametrize("position", range(17))
def test_one_changed_letter_of_the_seal_is_a_forgery(position: int) -> None:
    written = message_id(TOKEN, key=KEY, domain="x.vn")
    seal = written.index("@") - 16
    at = min(seal + position, written.index("@") - 1)

    forged = written[:at] + ("0" if written[at] != "0" else "1") + written[at + 1 :]

    assert read_token(forged, KEY) is None


def test_another_dossiers_code_under_a_stolen_seal_is_a_forgery() -> None:
    written = message_id(TOKEN, key=KEY, domain="x.vn")

    assert read_token(written.replace("0007", "0008"), KEY) is None


def test_another_installations_key_reads_nothing() -> None:
    assert read_token(message_id(TOKEN, key=KEY, domain="x.vn"), b"other" * 8) is None


@given(st.text())
def test_a_strangers_message_id_is_never_ours(text: str) -> None:
    assert read_token(text, KEY) is None


@pytest.mark.parametrize("code", ["", "a.b", "a b", "a\r\nBcc: x", "hồ-sơ", "a" * 65])
def test_a_code_that_would_break_a_header_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        message_id(Token(code=code, kind=ReplyKind.GAPS, n=1), key=KEY, domain="x.vn")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        message_id(TOKEN, key=b"short", domain="x.vn")
