"""Watches on both databases: tried before they are saved, told of once, to a real server that takes it or does not."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from archive_sample import NOW, article, claim
from servers.scenario import Exchange, ScenarioServer, scenario_server
from servers.smtp import smtp_server

from monitor.app import App
from monitor.domain.article import Reading
from monitor.domain.claim import Claim, Modality
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState, Position
from monitor.domain.quantity import Quantity
from monitor.domain.question import Question, Temper
from monitor.domain.watch import Watch
from monitor.domain.work import WorkState
from monitor.errors import FetchRefused, NotFound, QueryWrong, WatchWrong
from monitor.pipeline.report import compose_digest, slot_at
from monitor.settings import FetchSettings, Settings, SmtpSettings, WatchSeed, WebhooksSettings

QUESTION = Question("q-fill", "lake-orsa-level", "Lake Orsa", "level", "share", Temper.SLOW)


@dataclass
class Place:
    """An app over a database of its own, with a clock that the test moves, and a server that its webhooks are at."""

    app: App
    clock: list[datetime]
    server: ScenarioServer
    told: int = 0
    claims: list[Claim] = field(default_factory=list)

    def publish(
        self,
        figure: str,
        *,
        subject: str = "Lake Orsa",
        on: str = "",
        unit: str = "percent",
        modality: Modality = Modality.ASSERTED,
    ) -> Claim:
        """An article with a figure comes in, is read, and its claim is filed."""
        self.told += 1
        text = f"{subject} stood at {figure} {unit} of its level, says survey {self.told}."
        paper = article(f"Paper {self.told}", f"Survey {self.told}", text, on or self.clock[0].isoformat())
        value = Quantity(unit, Decimal(figure), step=Decimal(1))
        one = claim(paper, f"{figure} {unit}", subject, "level", value, modality=modality)
        store = self.app.store
        stored = store.articles.put(paper)
        store.claims.settle_reading(Reading(stored.id, (one,), ()), {}, "none", self.clock[0])
        store.questions.file(one.id, store.questions.put(QUESTION, ["lake"]).id)
        store.work.claim("claim", 10, "test", self.clock[0], timedelta(minutes=1))
        store.work.finish("claim", [one.id], "test")
        self.claims.append(one)
        return one

    def later(self, **time: float) -> None:
        self.clock[0] += timedelta(**time)

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(asked.body) for asked in self.server.asked]


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    with _place(database_url) as found:
        yield found


@contextmanager
def _place(database_url: str, **more: Any) -> Iterator[Place]:
    clock = [NOW]
    settings = Settings(
        database_url=database_url,
        fetch=FetchSettings(allow_networks=("127.0.0.0/8",), pause_per_host_seconds=0, timeout_seconds=2),
        **{"webhooks": WebhooksSettings(attempts=3, retry_seconds=60), **more},
    )
    app = App(settings, now=lambda: clock[0])
    with scenario_server() as server:
        yield Place(app, clock, server)
    app.close()


def taken(exchange: Exchange) -> None:
    exchange.answer(status=204)


def verified(asked: Any, secret: str) -> bool:
    """What a receiver does, by the specification alone: HMAC-SHA256 over id, time and body, with the decoded secret."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    sent = asked.headers
    signed = f"{sent['webhook-id']}.{sent['webhook-timestamp']}.".encode() + asked.body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(expected, sent["webhook-signature"])


# Saving --------------------------------------------------------------------------------------------------------------


def test_a_preview_says_what_the_last_month_would_have_brought_and_stores_nothing(place: Place) -> None:
    for figure, days in (("40", 90), ("41", 20), ("55", 10), ("56", 1)):
        place.publish(figure, on=(NOW - timedelta(days=days)).isoformat())
    place.publish("9", subject="Lake Ulva", on=(NOW - timedelta(days=1)).isoformat())
    preview = place.app.watching.preview('entity:"Lake Orsa"')
    assert (preview.total, preview.lately, preview.told, preview.days) == (4, 3, 3, 30)
    assert [one.told.claim.evidence.span for one in preview.examples][:2] == ["56 percent", "55 percent"]
    weighed = place.app.watching.preview('entity:"Lake Orsa"', "5 points")
    assert (weighed.lately, weighed.told) == (3, 1)
    (moved, first) = weighed.examples
    assert (moved.told.claim.evidence.span, moved.before and moved.before.claim.evidence.span) == (
        "55 percent", "40 percent",
    )  # fmt: skip
    assert first.before is None
    assert place.app.store.watches.list() == []


@pytest.mark.parametrize(
    ("query", "threshold", "why"),
    [("metrik:level", "", "no field"), ("(lake", "", "bracket"), ("  ", "", "asks for nothing"),
     ("lake", "five", "no single"), ("lake", "5", "no unit"), ("lake", "5 smoots", "no unit is called"),
     ("lake", "-2%", "above zero"), ("lake", "1..2%", "no single")],
)  # fmt: skip
def test_what_is_not_understood_is_neither_tried_nor_saved(place: Place, query: str, threshold: str, why: str) -> None:
    for call in (
        lambda: place.app.watching.preview(query, threshold),
        lambda: place.app.watching.save("Lake", query, threshold=threshold),
    ):
        with pytest.raises(QueryWrong, match=why):
            call()
    assert place.app.store.watches.list() == []


@pytest.mark.parametrize(
    ("wishes", "error"),
    [({"name": ""}, WatchWrong), ({"name": "x" * 101}, WatchWrong), ({"digest": False}, WatchWrong),
     ({"webhook": "ftp://a.example/"}, FetchRefused), ({"webhook": "http://10.0.0.1/"}, FetchRefused),
     ({"webhook": "https://ann:pass@a.example/"}, WatchWrong)],
)  # fmt: skip
def test_a_watch_that_cannot_work_is_not_saved(place: Place, wishes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        place.app.watching.save(**{"name": "Lake", "query": "lake", **wishes})
    assert place.app.store.watches.list() == []


def test_a_name_is_taken_once_and_a_watch_keeps_its_secret_while_it_is_changed(place: Place) -> None:
    hook = place.server.on("/hook", taken)
    first = place.app.watching.save("Lake", "lake", webhook=hook)
    with pytest.raises(WatchWrong, match="one of this name"):
        place.app.watching.save("lake ", "level")
    changed = place.app.watching.save("Lake levels", "level", webhook=hook, threshold="10%", replacing=first.id)
    assert (changed.id, changed.secret, changed.query) == (first.id, first.secret, "level")
    moved = place.app.watching.save("Lake levels", "level", webhook=f"{hook}2", replacing=first.id)
    assert moved.secret != first.secret


# Telling -------------------------------------------------------------------------------------------------------------


def test_a_webhook_is_told_of_what_is_new_once_and_the_message_is_signed(place: Place) -> None:
    hook = place.server.on("/hook", taken)
    place.publish("40")
    watch = place.app.watching.save("Lake", 'entity:"Lake Orsa"', webhook=hook)
    place.app.watching.tell()
    assert place.server.asked == []  # what was there before is known already
    wanted = place.publish("41")
    place.publish("12", subject="Lake Ulva")
    assert place.app.watching.tell().sent == 1
    assert place.app.watching.tell().sent == 0
    (asked,) = place.server.asked
    assert verified(asked, watch.secret)
    assert not verified(asked, "whsec_" + base64.b64encode(b"x" * 32).decode())
    assert asked.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    body = json.loads(asked.body)
    assert (body["type"], body["data"]["watch"]["name"]) == ("watch.hits", "Lake")
    (told,) = body["data"]["claims"]
    assert (told["id"], told["quote"], told["value"]) == (wanted.id, wanted.evidence.quote, 41)
    assert told["permalink"].endswith(f"/claims/{wanted.id}")
    (sent,) = place.app.watching.deliveries(watch.id)
    assert (sent.state, sent.hits, [answer.status for answer in sent.answers]) == (WorkState.DONE, 1, [204])


def test_a_threshold_lets_through_what_moved_so_far_from_what_was_told(place: Place) -> None:
    place.server.on("/hook", taken)
    place.app.watching.save("Lake", "lake", threshold="5 points", webhook=place.server.url("/hook"))
    for figure in ("40", "43", "44", "45", "49", "39"):
        place.publish(figure)
        place.later(hours=1)
        place.app.watching.tell()
    told = [
        (one["printed"], one.get("before", {}).get("printed"))
        for body in place.bodies()
        for one in body["data"]["claims"]
    ]
    assert told == [("40 percent", None), ("45 percent", "40 percent"), ("39 percent", "45 percent")]


def test_a_forecast_is_not_measured_by_what_was_or_the_other_way_round(place: Place) -> None:
    watch = place.app.watching.save("Lake", "lake", threshold="5 points")
    for figure, modality in (
        ("40", Modality.ASSERTED), ("60", Modality.FORECAST), ("41", Modality.REPORTED), ("62", Modality.FORECAST),
        ("40", Modality.DENIED), ("50", Modality.ESTIMATED), ("66", Modality.FORECAST),
    ):  # fmt: skip
        place.publish(figure, modality=modality)
        place.later(minutes=1)
    told = [
        (one.told.claim.printed, one.before.claim.printed if one.before else "")
        for one in place.app.watching.news(watch, 9)
    ]
    assert told == [
        ("66 percent", "60 percent"), ("50 percent", "40 percent"), ("40 percent", ""), ("60 percent", ""),
        ("40 percent", ""),
    ]  # fmt: skip


def test_much_at_once_is_told_in_several_messages_and_nothing_twice(place: Place) -> None:
    place.server.on("/hook", taken)
    place.app.watching.save("Lake", "lake", webhook=place.server.url("/hook"))
    for number in range(45):
        place.publish(str(number + 10))
    assert place.app.watching.tell().sent == 3
    told = [one["id"] for body in place.bodies() for one in body["data"]["claims"]]
    assert sorted(told) == sorted(one.id for one in place.claims)


def test_two_planners_at_a_time_tell_each_claim_once(place: Place) -> None:
    place.server.on("/hook", taken)
    place.app.watching.save("Lake", "lake", webhook=place.server.url("/hook"))
    for number in range(8):
        place.publish(str(number + 10))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: place.app.watching.tell(), range(4)))
    place.app.watching.tell()
    told = [one["id"] for body in place.bodies() for one in body["data"]["claims"]]
    assert sorted(told) == sorted(one.id for one in place.claims)


def test_a_claim_that_is_not_filed_yet_is_told_when_it_is(place: Place) -> None:
    place.server.on("/hook", taken)
    place.app.watching.save("Lake", "lake", webhook=place.server.url("/hook"))
    paper = article("Late Paper", "Survey", "Lake Orsa stood at 7 percent of its level.", NOW.isoformat())
    one = claim(paper, "7 percent", "Lake Orsa", "level", Quantity("percent", Decimal(7)))
    stored = place.app.store.articles.put(paper)
    place.app.store.claims.settle_reading(Reading(stored.id, (one,), ()), {}, "none", NOW)
    assert place.app.watching.tell().sent == 0
    place.app.store.work.claim("claim", 10, "test", NOW, timedelta(minutes=1))
    place.app.store.work.finish("claim", [one.id], "test")
    assert place.app.watching.tell().sent == 1


def test_a_dispute_that_opens_on_a_watched_claim_is_told(place: Place) -> None:
    place.server.on("/hook", taken)
    place.app.watching.save("Lake", "lake", webhook=place.server.url("/hook"))
    a, b = place.publish("40"), place.publish("70")
    place.app.watching.tell()
    sides = (Position("40 %", (a.id,), (a.article_id,)), Position("70 %", (b.id,), (b.article_id,)))
    one = Dispute("dsp-1", QUESTION.id, DisputeState.OPEN, "Lake Orsa level: 40 % / 70 %", sides, 2, NOW, NOW)
    place.app.store.disputes.put(
        one, [DisputeEvent("evt-1", one.id, NOW, "opened", DisputeState.OPEN, "rule", "They do not meet.", (a.id, b.id))]
    )
    assert place.app.watching.tell().sent == 1
    (told,) = place.bodies()[-1]["data"]["disputes"]
    assert (told["id"], told["state"], told["positions"]) == (one.id, "open", ["40 %", "70 %"])
    assert place.app.watching.tell().sent == 0


# What goes wrong -----------------------------------------------------------------------------------------------------


def answers_in_turn(*answers: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
    rest = list(answers)
    return lambda exchange: (rest.pop(0) if rest else taken)(exchange)


def failing(status: int, **headers: str) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.answer(b"no", status, **headers)


def begun(place: Place, scenario: Callable[[Exchange], None]) -> Watch:
    watch = place.app.watching.save("Lake", "lake", webhook=place.server.on("/hook", scenario))
    place.publish("40")
    return watch


def test_a_failure_is_tried_again_later_and_later_with_the_same_bytes_and_id(place: Place) -> None:
    watch = begun(place, answers_in_turn(failing(500), failing(404), taken))
    assert place.app.watching.tell().deferred == 1
    place.later(seconds=59)
    assert place.app.watching.tell().deferred == 0
    place.later(seconds=1)
    assert place.app.watching.tell().deferred == 1
    place.later(seconds=239)
    assert place.app.watching.tell().sent == 0
    place.later(seconds=1)
    assert place.app.watching.tell().sent == 1
    assert len({asked.body for asked in place.server.asked}) == 1
    assert len({asked.headers["webhook-id"] for asked in place.server.asked}) == 1
    assert len({asked.headers["webhook-timestamp"] for asked in place.server.asked}) == 3
    assert all(verified(asked, watch.secret) for asked in place.server.asked)
    (sent,) = place.app.watching.deliveries(watch.id)
    assert [answer.status for answer in sent.answers] == [500, 404, 204]


def test_after_so_many_tries_a_message_is_given_up_kept_and_sent_when_a_person_wants_it(place: Place) -> None:
    watch = begun(place, answers_in_turn(*[failing(503)] * 3, taken))
    for _ in range(5):
        place.app.watching.tell()
        place.later(hours=24)
    (given_up,) = place.app.watching.deliveries(watch.id)
    assert (given_up.state, len(given_up.answers), len(place.server.asked)) == (WorkState.SET_ASIDE, 3, 3)
    assert "503" in given_up.why
    assert place.app.watching.report(watch).failed == 1
    assert place.app.watching.send_again(watch.id) == 1
    assert place.app.watching.deliver().sent == 1


def test_a_receiver_that_asks_for_time_gets_it(place: Place) -> None:
    begun(place, answers_in_turn(failing(429, retry_after="7200"), taken))
    place.app.watching.tell()
    place.later(seconds=7199)
    assert place.app.watching.tell().sent == 0
    place.later(seconds=1)
    assert place.app.watching.tell().sent == 1


def hang_up(exchange: Exchange) -> None:
    exchange.connection.close()


def never_end(exchange: Exchange) -> None:
    exchange.drip(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100, 0.1)


@pytest.mark.parametrize(
    ("scenario", "why"),
    [(hang_up, ""), (never_end, "not complete"), (lambda exchange: exchange.redirect("http://10.0.0.1/"), "redirects"),
     (lambda exchange: exchange.send(b"nonsense\r\n\r\n"), "")],
    ids=["hangs up", "never ends", "redirects", "speaks no HTTP"],
)  # fmt: skip
def test_a_receiver_that_misbehaves_is_told_again_and_the_log_says_what_it_did(
    place: Place, scenario: Callable[[Exchange], None], why: str
) -> None:
    watch = begun(place, answers_in_turn(scenario))
    assert place.app.watching.tell().deferred == 1
    (waiting,) = place.app.watching.deliveries(watch.id)
    assert waiting.state is WorkState.WAITING
    assert waiting.next_try == NOW + timedelta(seconds=60)
    assert why in waiting.why
    assert waiting.why
    place.later(seconds=60)
    assert place.app.watching.tell().sent == 1


def test_a_receiver_that_is_gone_is_called_no_more_until_a_person_wants_it(place: Place) -> None:
    watch = begun(place, answers_in_turn(failing(410), taken))
    assert place.app.watching.tell().failed == 1
    place.publish("50")
    assert place.app.watching.tell().sent == 0
    assert "410" in place.app.store.watches.get(watch.id).ended
    assert place.app.watching.resume(watch.id).ended == ""
    place.publish("60")
    assert place.app.watching.tell().sent == 1
    assert [one["printed"] for one in place.bodies()[-1]["data"]["claims"]] == ["60 percent"]


def test_a_name_that_leads_into_a_private_network_is_never_asked(place: Place) -> None:
    place.app.store.watches.put(
        Watch("wat-x", "Inside", "lake", webhook="http://10.255.255.1:9/hook", secret="whsec_" + "QUJD" * 8)
    )
    place.publish("40")
    assert place.app.watching.tell().failed == 1
    (refused,) = place.app.watching.deliveries("wat-x")
    assert refused.state is WorkState.SET_ASIDE
    assert "no address of the public internet" in refused.why


def test_one_dead_receiver_leaves_the_others_alone(place: Place) -> None:
    place.app.watching.save("Dead", "lake", webhook=place.server.on("/dead", never_end))
    place.app.watching.save("Alive", "lake", webhook=place.server.on("/alive", taken))
    place.publish("40")
    done = place.app.watching.tell()
    assert (done.sent, done.deferred) == (1, 1)


def test_a_sender_that_died_is_followed_by_another_with_the_same_id(place: Place) -> None:
    watch = begun(place, taken)
    from monitor.pipeline.watching import plan_deliveries

    plan_deliveries(place.app.parts.edges)
    taken_by_the_dead = place.app.store.work.claim("delivery", 5, "dead", place.clock[0], timedelta(minutes=10))
    assert place.app.watching.deliver().sent == 0
    place.later(minutes=10)
    assert place.app.watching.deliver().sent == 1
    assert [one.id for one in place.app.watching.deliveries(watch.id)] == taken_by_the_dead


# Pausing, and watches that went wrong --------------------------------------------------------------------------------


def test_a_paused_watch_tells_nothing_and_after_that_what_comes_then(place: Place) -> None:
    watch = begun(place, taken)
    place.app.watching.pause(watch.id)
    assert place.app.watching.tell().sent == 0
    place.app.watching.resume(watch.id)
    place.publish("60")
    place.app.watching.tell()
    assert [one["printed"] for body in place.bodies() for one in body["data"]["claims"]] == ["60 percent"]
    place.app.watching.remove(watch.id)
    place.publish("70")
    assert place.app.watching.tell().sent == 0
    with pytest.raises(NotFound):
        place.app.watching.named("Lake")


def test_a_watch_that_is_no_longer_understood_stays_is_marked_with_the_place_and_tells_nothing(place: Place) -> None:
    place.server.on("/hook", taken)
    place.app.store.watches.put(
        Watch("wat-x", "Old", "lake metrik:level", webhook=place.server.url("/hook"), secret="whsec_" + "QUJD" * 8)
    )
    place.publish("40")
    assert place.app.watching.tell().sent == 0
    (report,) = place.app.watching.reports()
    assert report.wrong is not None
    assert (report.watch.query, report.wrong.position, report.hits) == ("lake metrik:level", 5, 0)
    with pytest.raises(QueryWrong):
        place.app.watching.resume("wat-x")


def told_by_mail(place: Place) -> dict[str, Sequence[tuple[str, str]]]:
    reader = place.app.digests.subscribe("reader@mail.example")
    digest = compose_digest(place.app.parts.edges, reader, slot_at(place.clock[0]))
    return {item.watch: [(one.claim.printed, one.before) for one in item.claims] for item in digest.watched}


def test_the_mail_lists_what_passes_the_threshold_with_what_was_told_before(place: Place) -> None:
    place.app.watching.save("Any", "lake")
    place.app.watching.save("Far", "lake", threshold="20%")
    place.app.watching.save("By webhook alone", "lake", digest=False, webhook=place.server.on("/hook", taken))
    paused = place.app.watching.save("Paused", "lake")
    place.app.watching.pause(paused.id)
    place.app.store.watches.put(Watch("wat-x", "Wrong", "metrik:level"))
    place.app.store.watches.put(Watch("wat-y", "Of another", "lake", owner="other@mail.example"))
    for figure in ("40", "44", "49"):
        place.publish(figure)
        place.later(minutes=1)
    told = told_by_mail(place)
    assert {name: len(items) for name, items in told.items()} == {"Any": 3, "Far": 2}
    assert sorted(told["Far"]) == [("40 percent", ""), ("49 percent", "40 percent")]
    mail = place.app.digests.preview("reader@mail.example")
    assert "before: 40 percent" in mail.text
    assert "before: 40 percent" in mail.html


def test_a_test_message_is_sent_at_once_and_its_answer_shown(place: Place) -> None:
    watch = place.app.watching.save("Lake", "lake", webhook=place.server.on("/hook", failing(500)))
    answered = place.app.watching.test(watch.id)
    assert (answered.kind, [one.status for one in answered.answers]) == ("watch.test", [500])
    assert place.bodies()[0]["data"]["claims"] == []
    mute = place.app.watching.save("Mute", "lake")
    with pytest.raises(WatchWrong, match="no webhook"):
        place.app.watching.test(mute.id)


# Mail to the owner ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("owner", ["", "reader@post.example"])
def test_the_owner_is_mailed_once_when_a_webhook_is_given_up_and_again_after_it_was_taken(
    database_url: str, owner: str
) -> None:
    broken = [True]

    def moody(exchange: Exchange) -> None:
        exchange.answer(status=500 if broken[0] else 204)

    with (
        smtp_server() as (host, port, caught),
        _place(
            database_url,
            smtp=SmtpSettings(host=host, port=port, security="none", sender="Monitor <monitor@press.example>"),
            webhooks=WebhooksSettings(attempts=2, retry_seconds=60, mail_to="desk@press.example"),
        ) as place,
    ):
        url = place.server.on("/hook/secret-path", moody)
        watch = place.app.watching.save("Lake levels", '"Lake Orsa"', webhook=url, owner=owner)

        def fail() -> None:
            place.publish(str(30 + place.told))
            for _ in range(3):
                place.app.watching.tell()
                place.later(minutes=5)

        fail()
        assert [mail.rcpt_tos for mail in caught.messages] == [[owner or "desk@press.example"]]
        mail = message_from_bytes(caught.messages[0].content, policy=default)
        assert mail["Subject"] == "Webhook fails: Lake levels"
        assert mail["Auto-Submitted"] == "auto-generated"
        text = mail.get_content()
        assert "Tries: 2" in text
        assert "500" in text
        assert f"/watches/{watch.id}" in text
        assert "secret-path" not in text
        assert watch.secret not in text
        fail()  # it still fails: no second mail
        assert len(caught.messages) == 1
        broken[0] = False
        fail()  # taken
        broken[0] = True
        fail()
        assert len(caught.messages) == 2
        log = place.app.watching.deliveries(watch.id)
        assert [one.kind for one in log].count("watch.failing") == 2
        report = place.app.watching.report(watch)
        assert (report.sent, report.failed) == (1, 3)


def test_without_a_mail_server_or_an_owner_nobody_is_mailed(place: Place) -> None:
    url = place.server.on("/hook", lambda exchange: exchange.answer(status=410))
    watch = place.app.watching.save("Lake levels", '"Lake Orsa"', webhook=url)
    place.publish("30")
    place.app.watching.tell()
    assert [one.kind for one in place.app.watching.deliveries(watch.id)] == ["watch.hits"]


# Seeds ---------------------------------------------------------------------------------------------------------------


def test_a_watch_of_the_settings_has_threshold_digest_and_webhook(tmp_path: Path) -> None:
    with scenario_server() as server:
        url = server.on("/hook", taken)
        seed = WatchSeed(name="Lake levels", query='"Lake Orsa"', threshold="5 points", digest=False, webhook=url)
        with _place(f"sqlite:///{tmp_path}/monitor.db") as before:  # what was there before is not told
            before.publish("30")
        with _place(f"sqlite:///{tmp_path}/monitor.db", watches=(seed,)) as place:
            (watch,) = place.app.store.watches.list()
            assert (watch.threshold, watch.digest, watch.webhook, watch.added) == ("5 points", False, url, NOW)
            place.told = 1
            for figure in ("32", "50"):
                place.later(hours=1)
                place.publish(figure)
            place.app.watching.tell()
            (asked,) = server.asked
            assert verified(asked, watch.secret)
            assert [one["span"] for one in json.loads(asked.body)["data"]["claims"]] == ["50 percent"]
        with _place(f"sqlite:///{tmp_path}/monitor.db", watches=(seed,)) as again:
            assert again.app.store.watches.list() == [replace(watch, cursor=again.app.store.watches.list()[0].cursor)]


@pytest.mark.parametrize(
    "webhook", ["ftp://receiver.example/hook", "receiver.example", "https://me:key@receiver.example/"]
)
def test_a_webhook_of_the_settings_is_an_address_without_login(webhook: str) -> None:
    with pytest.raises(ValueError, match="webhook"):
        WatchSeed(name="Lake levels", query="lake", webhook=webhook)
