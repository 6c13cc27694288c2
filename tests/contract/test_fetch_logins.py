"""User names and passwords go to the site they are for, and nowhere else."""

import hashlib
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from fetching import MakeClient, failure, text
from servers.scenario import Exchange, ScenarioServer, scenario_server

CERTIFICATE = Path(__file__).parent.parent / "samples" / "tls" / "scenario.pem"
LOGIN = ("réader", "open: sesame")


def sent(server: ScenarioServer) -> list[str]:
    return [asked.headers.get("authorization", "") for asked in server.asked]


def test_a_login_goes_along_with_the_first_request(server: ScenarioServer, client: MakeClient) -> None:
    client().get(server.on("/feed", text()), login=LOGIN)
    assert b64decode(sent(server)[0].removeprefix("Basic ")).decode() == "réader:open: sesame"


def test_a_login_written_into_the_address_counts_and_is_not_shown(server: ScenarioServer, client: MakeClient) -> None:
    page = client().get(server.on("/feed", text()).replace("//", "//reader:open%3A%20sesame@"))
    assert b64decode(sent(server)[0].removeprefix("Basic ")).decode() == "reader:open: sesame"
    assert page.url == server.url("/feed")


def test_a_login_follows_to_the_same_site_alone(server: ScenarioServer, client: MakeClient) -> None:
    with scenario_server() as other_port:
        server.on("/a", lambda exchange: exchange.redirect("/b"))
        server.on("/b", lambda exchange: exchange.redirect(server.url("/c", host="127.0.0.2")))
        server.on("/c", lambda exchange: exchange.redirect(other_port.url("/d")))
        other_port.on("/d", lambda exchange: exchange.redirect(server.url("/e")))
        server.on("/e", text())
        client().get(server.url("/a"), login=LOGIN)
        assert [bool(one) for one in sent(server)] == [True, True, False, True]
        assert sent(other_port) == [""]


def test_a_login_in_the_target_of_a_redirect_is_not_used(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/a", lambda exchange: exchange.redirect(server.url("/b", host="trap:door@127.0.0.2")))
    server.on("/b", text())
    client().get(server.url("/a"))
    assert sent(server) == ["", ""]


def test_a_login_does_not_leave_what_is_encrypted(server: ScenarioServer, client: MakeClient) -> None:
    with scenario_server(CERTIFICATE) as secure:
        secure.on("/a", lambda exchange: exchange.redirect(server.url("/b", host="scenario.test")))
        server.on("/b", text())
        asking = client(ca_file=CERTIFICATE, resolve=lambda host, port: ["127.0.0.1"])
        asking.get(secure.url("/a", host="scenario.test"), login=LOGIN)
        assert [bool(one) for one in (*sent(secure), *sent(server))] == [True, False]


def test_cookies_are_never_sent_back(server: ScenarioServer, client: MakeClient) -> None:
    def baking(exchange: Exchange) -> None:
        exchange.answer(status=302, location="/b", set_cookie="id=1; Path=/")

    server.on("/a", baking)
    server.on("/b", text(set_cookie="id=2; Path=/"))
    asking = client()
    for _ in range(2):
        asking.get(server.url("/a"), login=LOGIN)
    assert not any({"cookie", "referer"} & set(asked.headers) for asked in server.asked)


def digest(exchange: Exchange, algorithm: str, nonce: str = "n1") -> None:
    """Answers 401 with a challenge unless the request answers one with this nonce."""
    method = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}[algorithm]

    def hashed(words: str) -> str:
        return method(words.encode()).hexdigest()

    said = dict(re.findall(r'(\w+)="?([^",]*)"?', exchange.headers.get("authorization", "").removeprefix("Digest ")))
    if said.get("nonce") == nonce:
        one, two = hashed(":".join((LOGIN[0], "mill", LOGIN[1]))), hashed(f"GET:{exchange.path}")
        if said["response"] == hashed(":".join((one, nonce, said["nc"], said["cnonce"], "auth", two))):
            exchange.answer(b"let in")
            return
    challenge = f'Digest realm="mill", nonce="{nonce}", qop="auth", algorithm={algorithm}'
    exchange.answer(b"who?", 401, www_authenticate=challenge)


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_digest_is_answered_and_the_password_is_shown_no_more(
    server: ScenarioServer, client: MakeClient, algorithm: str
) -> None:
    nonces = ["n1"]
    url = server.on("/feed?a=b", lambda exchange: digest(exchange, algorithm, nonces[-1]))
    asking = client()
    for _ in range(2):
        assert asking.get(url, login=LOGIN).body == b"let in"
    assert [one.partition(" ")[0] for one in sent(server)] == ["Basic", "Digest", "Digest"]
    nonces.append("n2")  # the server has forgotten the first
    assert asking.get(url, login=LOGIN).body == b"let in"
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    "challenge",
    ['Basic realm="x"', "Digest", "Digest realm", 'Digest realm="x", nonce="1", algorithm=ROT13', "Negotiate"],
)
def test_a_login_that_is_refused_is_a_failure_and_not_tried_for_ever(
    server: ScenarioServer, client: MakeClient, challenge: str
) -> None:
    scenarios: list[Callable[[Exchange], None]] = [
        lambda exchange: exchange.answer(b"no", 401, www_authenticate=challenge),
        lambda exchange: digest(exchange, "MD5"),
    ]
    for scenario, asked in zip(scenarios, (1, 2), strict=True):
        server.asked.clear()
        error = failure(client(), server.on("/feed", scenario), login=("reader", "wrong"))
        assert (error.status, error.retry) == (401, False)
        assert "wrong" not in str(error)
        assert len(server.asked) == asked
