"""Signing in to Google, Microsoft 365 and the like by OAuth2: the only module that knows oauthlib.

A person gives the permission once (`ask_on_device`, or `ask_in_browser`); from then on access
tokens are fetched as they run out. Providers may hand out a new refresh token with every one and
forget the old: it is on disk, synced, before the access token is used.
"""

import json
import os
import secrets
import ssl
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from filelock import FileLock
from oauthlib.oauth2 import DeviceClient, OAuth2Error, WebApplicationClient

EARLY = timedelta(minutes=5)
"""A token that ends so soon is not begun with: clocks differ, and a login takes a while."""
_WITHOUT_WORD = timedelta(minutes=30)
"""How long a token is used whose answer does not say how long it holds."""
_SECONDS = 30.0
_LONGEST_ANSWER = 262_144
_SLOWER = timedelta(seconds=5)
"""RFC 8628 section 3.5: “slow_down” adds five seconds to every pause."""
_FINAL = frozenset(
    {"invalid_grant", "invalid_client", "unauthorized_client", "access_denied", "expired_token"}
)


class SignInError(Exception):
    """There is no token to be had; the message is a Vietnamese sentence for the desk."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        """Keep the sentence; `is_final` when only a person can mend it, by `vanthu login`."""
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Our application as the office registered it, and where its provider answers."""

    client_id: str
    client_secret: str = field(default="", repr=False)
    token_url: str
    device_url: str = ""
    """Where a code for a person is asked for (RFC 8628); empty where the provider has none."""
    authorization_url: str = ""
    """The page in a browser that asks the person (RFC 6749 section 4.1)."""
    scopes: tuple[str, ...] = ()
    ca_file: str = ""

    def __post_init__(self) -> None:
        """Secrets travel by TLS only."""
        for url in filter(None, (self.token_url, self.device_url, self.authorization_url)):
            if urlsplit(url).scheme != "https":
                message = f"{url} is no https address"
                raise ValueError(message)


_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/"


def google(client_id: str, client_secret: str) -> Application:
    """Gmail and Google Workspace; their mail permission is given in a browser only."""
    return Application(
        client_id=client_id,
        client_secret=client_secret,
        token_url="https://oauth2.googleapis.com/token",  # noqa: S106 -- an address
        authorization_url="https://accounts.google.com/o/oauth2/v2/auth",
        scopes=("https://mail.google.com/",),
    )


def microsoft(client_id: str, client_secret: str, tenant: str) -> Application:
    """Microsoft 365: IMAP and SMTP, by a code typed on any device."""
    base = _MICROSOFT.format(tenant=tenant)
    return Application(
        client_id=client_id,
        client_secret=client_secret,
        token_url=f"{base}token",
        device_url=f"{base}devicecode",
        authorization_url=f"{base}authorize",
        scopes=(
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access",
        ),
    )


# ------------------------------------------------------------------ tokens


class SignIn:
    """The permission of one mailbox, kept in a file only its owner can read."""

    def __init__(
        self, application: Application, path: Path, now: Callable[[], datetime], name: str
    ) -> None:
        """Use the file at `path`; `name` is the mailbox, as `vanthu login` wants it."""
        self._application = application
        self._path = path
        self._now = now
        self._name = name

    def token(self, *, fresh: bool = False) -> str:
        """Give an access token that holds for some minutes; `fresh` never gives a known one.

        Raises `SignInError`.
        """
        known = self._kept()
        if not fresh and self._holds(known):
            return str(known["access_token"])
        with FileLock(f"{self._path}.lock", timeout=2 * _SECONDS):
            kept = self._kept()
            # Somebody else may have renewed it while we waited.
            if self._holds(kept) and (not fresh or kept != known):
                return str(kept["access_token"])
            return self._renewed(kept)

    def keep(self, answer: Mapping[str, Any]) -> None:
        """Put a provider's answer on disk, whole or not at all."""
        lasts = answer.get("expires_in")
        span = timedelta(seconds=int(lasts)) if lasts else _WITHOUT_WORD
        kept = {
            "access_token": answer["access_token"],
            "refresh_token": answer.get("refresh_token", ""),
            "until": (self._now() + span).isoformat(),
        }
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent)  # readable by its owner only
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _kept(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            kept = None
        if not isinstance(kept, dict):
            reason = f"Hộp thư {self._name} chưa được cho phép: chạy vanthu login {self._name}."
            raise SignInError(reason, is_final=True)
        return kept

    def _holds(self, kept: Mapping[str, Any]) -> bool:
        return self._now() + EARLY < datetime.fromisoformat(kept["until"])

    def _renewed(self, kept: Mapping[str, Any]) -> str:
        application = self._application
        client = WebApplicationClient(application.client_id)
        body = client.prepare_refresh_body(
            refresh_token=kept["refresh_token"],
            client_id=application.client_id,
            **_secret(application),
        )
        answer = _asked(application, application.token_url, body)
        try:
            client.parse_request_body_response(json.dumps(answer))
        except OAuth2Error as error:
            raise _refusal(error.error, error.description, self._name) from error
        self.keep({"refresh_token": kept["refresh_token"], **answer})
        return str(answer["access_token"])


# ------------------------------------------------------------------ the permission


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode:
    """What a person types where, on any device with a browser."""

    user_code: str
    address: str
    device_code: str = field(repr=False)
    pause: timedelta
    until: datetime


def ask_on_device(application: Application, now: datetime) -> DeviceCode:
    """Ask for a code to show to a person (RFC 8628 section 3.2). Raises `SignInError`."""
    body = urlencode({"client_id": application.client_id, "scope": " ".join(application.scopes)})
    answer = _asked(application, application.device_url, body)
    if "error" in answer:
        raise _refusal(str(answer["error"]), str(answer.get("error_description", "")), "")
    address = answer.get("verification_uri") or answer.get("verification_url")  # Google's spelling
    return DeviceCode(
        user_code=str(answer["user_code"]),
        address=str(address),
        device_code=str(answer["device_code"]),
        pause=timedelta(seconds=int(answer.get("interval", 5))),
        until=now + timedelta(seconds=int(answer.get("expires_in", 900))),
    )


def await_permission(
    application: Application,
    code: DeviceCode,
    *,
    now: Callable[[], datetime],
    sleep: Callable[[float], object],
) -> Mapping[str, Any]:
    """Ask until the person has typed the code. Gives the tokens. Raises `SignInError`."""
    client = DeviceClient(application.client_id)
    body = client.prepare_request_body(
        code.device_code, include_client_id=True, **_secret(application)
    )
    pause = code.pause
    while now() < code.until:
        sleep(pause.total_seconds())
        answer = _asked(application, application.token_url, body)
        match answer.get("error"):
            case None:
                return answer
            case "authorization_pending":
                continue
            case "slow_down":
                pause += _SLOWER
            case error:
                raise _refusal(str(error), str(answer.get("error_description", "")), "")
    reason = "Mã đã hết hạn mà chưa ai nhập."
    raise SignInError(reason, is_final=True)


def ask_in_browser(
    application: Application, show: Callable[[str], object], *, seconds: float = 600
) -> Mapping[str, Any]:
    """Let the person's browser bring the permission to this machine (RFC 8252 section 7.3).

    `show` is given the address to open. Gives the tokens. Raises `SignInError`.
    """
    state, client = secrets.token_urlsafe(16), WebApplicationClient(application.client_id)
    verifier = client.create_code_verifier(64)
    with _Loopback(state) as loopback:
        loopback.timeout = seconds
        address = client.prepare_request_uri(
            application.authorization_url,
            redirect_uri=loopback.address,
            scope=list(application.scopes),
            state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
            access_type="offline",  # Google gives a refresh token only when asked
            prompt="consent",
        )
        show(address)
        while not loopback.has_ended:
            loopback.handle_request()
    if not loopback.code:
        raise _refusal(loopback.error or "timeout", "", "")
    body = client.prepare_request_body(
        code=loopback.code,
        redirect_uri=loopback.address,
        code_verifier=verifier,
        include_client_id=True,
        **_secret(application),
    )
    answer = _asked(application, application.token_url, body)
    if "error" in answer:
        raise _refusal(str(answer["error"]), str(answer.get("error_description", "")), "")
    return answer


class _Loopback(HTTPServer):
    """Hears one answer of the browser, on this machine only."""

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.state = state
        self.code = ""
        self.error = ""
        self.has_ended = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_timeout(self) -> None:
        self.has_ended = True


class _Answer(BaseHTTPRequestHandler):
    server: _Loopback

    def do_GET(self) -> None:
        """Take the code when the answer is to our question; anything else is ignored."""
        asked = dict(parse_qsl(urlsplit(self.path).query))
        if secrets.compare_digest(asked.get("state", ""), self.server.state):
            self.server.code = asked.get("code", "")
            self.server.error = asked.get("error", "")
            self.server.has_ended = True
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write("Văn Thư đã nhận; có thể đóng trang này.\n".encode())

    def log_message(self, *_words: object) -> None:
        """Say nothing: the line holds the code."""


# ------------------------------------------------------------------ HTTP


def _asked(application: Application, url: str, body: str) -> dict[str, Any]:
    """Post a form; give the provider's JSON, errors of RFC 6749 section 5.2 included."""
    request = urllib.request.Request(  # noqa: S310 -- https only, see `Application`
        url,
        data=body.encode("ascii"),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        },
    )
    trust = ssl.create_default_context(cafile=application.ca_file or None)
    host = urlsplit(url).hostname
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS, context=trust) as response:  # noqa: S310 -- https only
            raw = response.read(_LONGEST_ANSWER)
    except urllib.error.HTTPError as error:
        with error:
            raw = error.read(_LONGEST_ANSWER)
    except OSError as error:
        reason = f"Không hỏi được {host} để đăng nhập ({error})."
        raise SignInError(reason, is_final=False) from error
    try:
        answer = json.loads(raw)
    except ValueError as error:
        reason = f"{host} trả lời sai quy cách khi đăng nhập."
        raise SignInError(reason, is_final=False) from error
    return answer if isinstance(answer, dict) else {}


def _refusal(error: str, description: str, name: str) -> SignInError:
    said = f"{error}: {description}" if description else error
    again = f" Chạy vanthu login {name}." if name else ""
    return SignInError(
        f"Nhà cung cấp không cho phép vào hộp thư ({said[:300]}).{again}",
        is_final=error in _FINAL,
    )


def _secret(application: Application) -> dict[str, str]:
    return {"client_secret": application.client_secret} if application.client_secret else {}
