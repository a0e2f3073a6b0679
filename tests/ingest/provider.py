"""An OAuth2 provider on loopback: tokens by HTTPS, their introspection for Dovecot by HTTP."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

from ingest.oauth import Application
from tests.servers import make_certificate

CLIENT, SECRET = "van-thu-test", "bi-mat"


@dataclass(slots=True)
class Provider:
    """What it knows; change it while it runs."""

    ca_file: str
    port: int = 0
    introspection: str = ""
    user: str = ""
    """Whose mailbox the permission is for."""
    refresh_token: str = "r0"  # noqa: S105 -- of nobody
    """The only one that holds: each answer gives a new one and forgets the old."""
    valid: set[str] = field(default_factory=set)
    """Access tokens that hold."""
    lasts: int = 3_600
    given: int = 0
    pending: int = 0
    """How often a device hears that nobody has typed the code yet."""
    refuses: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def application(self) -> Application:
        """Our application, registered here."""
        base = f"https://localhost:{self.port}"
        return Application(
            client_id=CLIENT,
            client_secret=SECRET,
            token_url=f"{base}/token",
            device_url=f"{base}/device",
            authorization_url=f"{base}/authorize",
            scopes=("mail",),
            ca_file=self.ca_file,
        )

    def answer(self, path: str, form: dict[str, str]) -> dict[str, object]:
        """What the provider says."""
        self.asked.append({"path": path, **form})
        if path == "/introspect":
            held = form.get("token", "") in self.valid
            return {"active": held, "username": self.user} if held else {"active": False}
        if path == "/device":
            there = {"verification_uri": "https://localhost/nhap-ma", "interval": 1}
            return {"user_code": "ABCD-1234", "device_code": "d0", "expires_in": 900, **there}
        if self.refuses:
            return {"error": self.refuses}
        if form.get("grant_type", "").endswith("device_code") and self.pending:
            self.pending -= 1
            return {"error": "authorization_pending"}
        if (
            form.get("grant_type") == "refresh_token"
            and form["refresh_token"] != self.refresh_token
        ):
            return {"error": "invalid_grant", "error_description": "token was revoked"}
        return self.new_tokens()

    def new_tokens(self) -> dict[str, object]:
        """A new pair; only these hold from now on."""
        self.given += 1
        access, self.refresh_token = f"a{self.given}", f"r{self.given}"
        self.valid = {access}
        return {
            "access_token": access,
            "refresh_token": self.refresh_token,
            "token_type": "Bearer",
            "expires_in": self.lasts,
        }


@contextmanager
def provider(place: Path) -> Iterator[Provider]:
    """Run one."""
    make_certificate(place)
    known = Provider(ca_file=str(place / "cert.pem"))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Answer a form."""
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found = known.answer(self.path, dict(parse_qsl(form)))
            raw = json.dumps(found).encode()
            self.send_response(400 if "error" in found else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place / "cert.pem", place / "key.pem")
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), Answers) as secure,
        ThreadingHTTPServer(("127.0.0.1", 0), Answers) as plain,
    ):
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        known.port = secure.server_address[1]
        known.introspection = f"http://127.0.0.1:{plain.server_address[1]}/introspect"
        threads = [threading.Thread(target=one.serve_forever) for one in (secure, plain)]
        for thread in threads:
            thread.start()
        try:
            yield known
        finally:
            for one in (secure, plain):
                one.shutdown()
            for thread in threads:
                thread.join(10)
