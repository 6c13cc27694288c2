"""Walls against robots are told from plain refusals by the marks they leave."""

import pytest

from monitor.feeds.walls import wall

PAGE = {"content-type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    ("status", "headers", "body", "whose"),
    [
        (403, {"cf-mitigated": "challenge"}, b"", "Cloudflare"),
        (503, {**PAGE, "server": "cloudflare"}, b"<p>Please enable JavaScript", "Cloudflare"),
        (202, {"x-amzn-waf-action": "challenge"}, b"", "AWS WAF"),
        (429, {"x-vercel-mitigated": "challenge"}, b"", "Vercel"),
        (202, {"sg-captcha": "challenge"}, b"", "SiteGround"),
        (403, {**PAGE, "server": "AkamaiGHost"}, b"<h1>Access Denied</h1>", "Akamai"),
        (403, {"x-iinfo": "3-1-0"}, b"<p>Your request was blocked", "Imperva"),
        (200, PAGE, b"<html><title>Making sure you're not a bot!</title>", "Anubis"),
        (200, PAGE, b"<!doctype html><title>Just a moment...</title>", "Cloudflare"),
        (403, PAGE, b"<script src='https://ct.captcha-delivery.com/c.js'>", "DataDome"),
    ],
)
def test_a_wall_is_known_by_its_marks(status: int, headers: dict[str, str], body: bytes, whose: str) -> None:
    assert wall(status, headers, body) == whose


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (403, PAGE, b"<h1>403 Forbidden</h1><p>You may not see this folder."),
        (403, {"server": "cloudflare", "content-type": "application/json"}, b'{"error":"no robots"}'),
        (429, {"server": "cloudflare", "retry-after": "60"}, b"slow down"),
        (503, {**PAGE, "server": "cloudflare"}, b"<h1>Back in an hour</h1>"),
        (404, {**PAGE, "server": "cloudflare"}, b"<p>Blocked drains? Not found."),
        (200, PAGE, b"<title>Robots of the year</title><p>A captcha, and a bot."),
    ],
)
def test_a_plain_refusal_is_no_wall(status: int, headers: dict[str, str], body: bytes) -> None:
    assert wall(status, headers, body) == ""
