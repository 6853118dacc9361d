"""The page over real sockets, plain and with TLS."""

import datetime
import http.server
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import daemon
from page import Page, PageError

TOKEN = "a-token-of-twenty-letters"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the daemon does."""

    answers: dict[str, tuple[int, str]] = {}

    def do_GET(self):
        code, body = self.answers.get(self.path, (404, '{"kind": "Problem", "message": "There is no such thing."}'))
        if self.path.startswith("/api/") and self.headers["Authorization"] != f"Bearer {TOKEN}":
            code, body = 401, '{"kind": "Problem", "message": "Log in first."}'
        self.send_response(code)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    Handler.answers = {
        "/api/v1/models": (200, '{"items": []}'),
        "/readyz": (503, '{"ready": false, "reasons": ["starting"]}'),
        "/api/v1/garbled": (200, "<html>"),
        "/api/v1/broken": (500, "[]"),
    }
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def plain(server) -> Page:
    return Page(TOKEN, port=server.server_port)


def certificate(*names: str) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "holdfast")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM).decode(), secret.decode()


@pytest.fixture
def secured(server, tmp_path) -> tuple[int, str]:
    cert, key = certificate("holdfast-0.example")
    (tmp_path / "crt").write_text(cert)
    (tmp_path / "key").write_text(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "crt", tmp_path / "key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server.server_port, cert


def test_data_is_read_with_the_token(plain):
    assert plain.get("/api/v1/models") == {"items": []}


def test_a_wrong_token_is_told_in_the_words_of_the_page(server):
    with pytest.raises(PageError, match="Log in first"):
        Page("another", port=server.server_port).get("/api/v1/models")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/api/v1/none", "There is no such thing."),
        ("/api/v1/garbled", "cannot be read"),
        ("/api/v1/broken", "answered with 500"),
    ],
)
def test_what_cannot_be_used_is_told(plain, path, sentence):
    with pytest.raises(PageError, match=sentence):
        plain.get(path)


def test_readiness_comes_with_its_reasons(plain):
    assert plain.readiness() == (False, ["starting"])


def test_readiness_that_makes_no_sense_is_told(plain):
    Handler.answers["/readyz"] = (200, "[]")
    with pytest.raises(PageError, match="does not tell"):
        plain.readiness()


def test_nobody_at_the_port_is_told(server):
    port = server.server_port
    server.shutdown()
    server.server_close()
    with pytest.raises(PageError, match=f"does not answer on port {port}"):
        Page(TOKEN, port=port).get("/api/v1/models")


def test_it_is_waited_for_until_it_answers(plain):
    def then_ready(_: float) -> None:
        Handler.answers["/readyz"] = (200, json.dumps({"ready": True, "reasons": []}))

    plain.wait(30, sleep=then_ready)
    assert plain.readiness() == (True, [])


def test_it_is_not_waited_for_for_ever(plain):
    naps: list[float] = []
    plain.wait(0.05, sleep=naps.append)
    assert plain.readiness()[0] is False
    assert naps


def test_over_tls_the_name_is_verified(secured):
    port, authority = secured
    tls = daemon.Tls("", "", authority)
    assert Page(TOKEN, tls, "holdfast-0.example", port).get("/api/v1/models") == {"items": []}


@pytest.mark.parametrize("host", ["another.example"])
def test_over_tls_another_name_is_refused(secured, host):
    port, authority = secured
    with pytest.raises(PageError, match="does not answer"):
        Page(TOKEN, daemon.Tls("", "", authority), host, port).get("/api/v1/models")


def test_over_tls_another_authority_is_refused(secured):
    port, _ = secured
    other, _ = certificate("holdfast-0.example")
    with pytest.raises(PageError, match="does not answer"):
        Page(TOKEN, daemon.Tls("", "", other), "holdfast-0.example", port).get("/api/v1/models")


def test_an_answer_that_never_ends_is_given_up(plain, monkeypatch):
    monkeypatch.setattr("page._MOST_BYTES", 5)
    with pytest.raises(PageError, match="too large"):
        plain.get("/api/v1/models")


__all__ = ["ipaddress"]
