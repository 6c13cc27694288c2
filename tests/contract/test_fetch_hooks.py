"""What is sent to a webhook: once, whole, to that address and no other, with a signature that anybody can check."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import pytest
from fetching import MakeClient
from servers.scenario import Exchange, ScenarioServer

from monitor.errors import FetchFailed, FetchRefused
from monitor.fetch.hooks import headers, new_secret

AT = datetime(2031, 3, 12, 9, 30, tzinfo=UTC)


def test_a_message_arrives_as_a_post_with_its_body_and_headers(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/hook?key=1", lambda exchange: exchange.answer(status=202))
    answer = client().post(url, "čaj".encode(), {"webhook-id": "dlv-1", "Content-Type": "application/json"})
    (asked,) = server.asked
    assert asked.head.startswith(b"POST /hook?key=1 HTTP/1.1\r\n")
    assert (asked.body.decode(), asked.headers["webhook-id"], answer.status) == ("čaj", "dlv-1", 202)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(server: ScenarioServer, client: MakeClient, status: int) -> None:
    url = server.on("/hook", lambda exchange: exchange.redirect("http://169.254.169.254/latest/", status))
    with pytest.raises(FetchFailed, match="redirects") as caught:
        client().post(url, b"{}", {})
    assert (caught.value.status, server.paths()) == (status, ["/hook"])


@pytest.mark.parametrize("status", [304, 400, 401, 404, 410, 429, 500, 503])
def test_what_is_no_success_is_an_error_with_its_status(server: ScenarioServer, client: MakeClient, status: int) -> None:
    url = server.on("/hook", lambda exchange: exchange.answer(b"no", status, retry_after="90"))
    with pytest.raises(FetchFailed) as caught:
        client().post(url, b"{}", {})
    assert (caught.value.status, caught.value.retry_after_seconds) == (status, 90.0)


def test_nothing_is_sent_into_a_private_network(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/hook", lambda exchange: exchange.answer())
    careful = client(allow_networks=())
    for address in (url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "2130706433")):
        with pytest.raises(FetchRefused):
            careful.post(address, b"{}", {})
    named = client(allow_networks=(), resolve=lambda host, port: ["10.0.0.7"])
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.7"):
        named.post("http://receiver.example/hook", b"{}", {})
    assert server.asked == []


@pytest.mark.parametrize("url", ["http://127.0.0.1/h", "http://[::1]/h", "http://localhost/h", "ftp://a.example/", "no"])
def test_an_address_that_shows_that_it_is_private_or_none_is_refused_without_asking(client: MakeClient, url: str) -> None:
    with pytest.raises(FetchRefused):
        client(allow_networks=()).check(url)
    client(allow_networks=()).check("https://receiver.example/hook")


def test_a_receiver_that_never_answers_is_left(server: ScenarioServer, client: MakeClient) -> None:
    def drip(exchange: Exchange) -> None:
        exchange.drip(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000, 0.05)

    with pytest.raises(FetchFailed, match="not complete"):
        client(exchange_seconds=0.4).post(server.on("/hook", drip), b"{}", {})


def test_an_answer_without_end_is_cut(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/hook", lambda exchange: exchange.answer(b"x" * 1_000_000))
    assert len(client().post(url, b"{}", {}).body) < 20_000


def test_the_signature_is_the_hmac_of_id_time_and_body_with_the_decoded_secret() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = '{"test": 2432232314}'
    sent = headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", datetime.fromtimestamp(1614265330, UTC), body)
    assert sent["webhook-timestamp"] == "1614265330"
    # The vector that the public libraries of the specification test themselves with.
    assert sent["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_new_secret_has_so_much_chance_as_the_specification_asks_for() -> None:
    asked: list[int] = []

    def zeros(count: int) -> bytes:
        asked.append(count)
        return bytes(count)

    secret = new_secret(zeros)
    assert secret.startswith("whsec_")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert 24 <= len(key) == asked[0] <= 64
    told: dict[str, Any] = headers(secret, "dlv-1", AT, "{}")
    expected = hmac.new(key, f"dlv-1.{int(AT.timestamp())}.{{}}".encode(), hashlib.sha256).digest()
    assert told["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
