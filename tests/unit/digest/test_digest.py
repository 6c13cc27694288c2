"""An issue: what is chosen, in which order, how it reads, and the bytes that are sent."""

from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

from monitor.digest.choose import ChangedDispute, Changes, choose, is_quiet
from monitor.digest.message import compose
from monitor.digest.render import HTML_LIMIT_BYTES, Renderer
from monitor.domain.article import Article
from monitor.domain.claim import Claim, Modality
from monitor.domain.digest import Digest, DigestClaim, Rendered, Subscriber
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState, Position
from monitor.domain.evidence import Evidence, Where
from monitor.domain.feed import Feed
from monitor.domain.feed_health import Condition, FeedHealth, FeedReport
from monitor.domain.quantity import Quantity
from monitor.domain.question import Question, Temper
from monitor.domain.source import Source, SourceKind

AT = datetime(2026, 3, 11, 7, 0, tzinfo=ZoneInfo("America/New_York"))
READER = Subscriber("sub-1", "reader@example.org", "America/New_York", time(7), "tok-abc")
RENDERER = Renderer(public_url="https://monitor.example.org/", name="News monitor")


def told(number: int, span: str, publisher: str, *, quote: str = "", label: str = "two engineers") -> DigestClaim:
    quote = quote or f"The mill now runs at {span} of what it was built for, they said."
    start = quote.index(span)
    article = Article(f"art-{number}", "u", "u", "Mill", quote, publisher, AT, AT)
    claim = Claim(
        f"clm-{number}",
        article.id,
        Evidence(Where.BODY, quote, 0, len(quote), span, start, start + len(span)),
        "Orford Mill",
        "capacity utilisation",
        Quantity("percent", Decimal(40)),
        (Source(label, SourceKind.ANONYMOUS), Source(publisher, SourceKind.PUBLISHER, publisher)),
        modality=Modality.REPORTED,
    )
    return DigestClaim(claim, article)


def changed(
    number: int, *, origins: int = 2, kind: str = "opened", state: DisputeState = DisputeState.OPEN
) -> ChangedDispute:
    a, b = told(number * 10, "40 percent", "The Tide"), told(number * 10 + 1, "63 percent", "Coast Daily")
    dispute = Dispute(
        f"dsp-{number}",
        f"q-{number}",
        state,
        f"Orford Mill {number} capacity utilisation 40 % / 63 %",
        (Position("40 percent", (a.claim.id,), ("org-a",)), Position("63 percent", (b.claim.id,), ("org-b",))),
        origins,
        AT,
        AT,
        why_compared="same subject, quantity and unit",
        could_explain=("the time is not stated on one side",),
        gap="23 points",
    )
    question = Question(f"q-{number}", f"mill-{number}", "Orford Mill", "capacity utilisation", "share", Temper.SLOW)
    event = DisputeEvent(f"ev-{number}", dispute.id, AT, kind, state, "rule", "they do not meet")
    return ChangedDispute(dispute, question, ((a,), (b,)), (event,))


def issue(*disputes: ChangedDispute, **more: object) -> Digest:
    changes = Changes(disputes=disputes, articles_read=12, claims_found=40, cursor=99, **more)  # type: ignore[arg-type]
    return choose(changes, READER, at=AT, period="2026-03-11")


def sent(digest: Digest) -> Rendered:
    return compose(
        RENDERER.render(digest),
        digest,
        sender="News monitor <digest@monitor.example.org>",
        public_url="https://monitor.example.org",
        list_name="Claims digest",
    )


def test_new_disputes_come_first_and_those_with_most_origins_before_others() -> None:
    digest = issue(
        changed(1, kind="moved"),
        changed(2, origins=2),
        changed(3, origins=5),
        changed(4, state=DisputeState.SETTLED, kind="settled"),
    )
    assert [item.dispute.id for item in digest.new] == ["dsp-3", "dsp-2"]
    assert [item.dispute.id for item in digest.moved] == ["dsp-1"]
    assert [item.dispute.id for item in digest.settled] == ["dsp-4"]


def test_a_claim_that_a_dispute_shows_is_not_repeated_under_a_watch() -> None:
    one = changed(1)
    first, other = one.positions[0][0], told(77, "11 percent", "The Tide")
    digest = choose(
        Changes(disputes=(one,)),
        READER,
        at=AT,
        period="2026-03-11",
        watched=[("mills", [first, other]), ("tide", [first])],
    )
    assert digest.new[0].watches == ("mills", "tide")
    assert [(item.watch, [found.claim.id for found in item.claims]) for item in digest.watched] == [("mills", ["clm-77"])]


def test_an_issue_without_anything_is_quiet_whatever_the_feeds_do() -> None:
    assert is_quiet(issue(feeds=(unwell("The Tide"),)))


def unwell(name: str) -> FeedReport:
    feed = Feed(name, "https://tide.example/rss", "https://tide.example/rss", name, failures=3)
    return FeedReport(feed, FeedHealth(Condition.NOT_FOUND, "The server answered 404.", "Add its new address."))


def test_an_issue_says_how_feeds_are_and_which_are_back_and_does_not_list_them_without_end() -> None:
    well = replace(unwell("Well"), health=FeedHealth(Condition.READING, "It answers."))
    back = replace(unwell("Coast Daily").feed, failures=0)
    mail = sent(issue(changed(1), feeds=(*(unwell(f"Tide {n}") for n in range(25)), well), feeds_back=(back,)))
    for part in (mail.text, mail.html):
        folded = " ".join(part.replace("<b>", "").replace("</b>", "").split())
        assert "Tide 0: not found. The server answered 404. Add its new address." in folded
        assert "Tide 19" in folded
        assert "Tide 20" not in folded
        assert "5 more" in folded
        assert "Coast Daily answers again." in folded
        assert "Well" not in folded
    assert not is_quiet(issue(changed(1)))


def test_both_parts_carry_every_figure_source_and_link() -> None:
    rendered = RENDERER.render(issue(changed(1), changed(2)))
    for part in (rendered.text, rendered.html):
        for fact in ("40 percent", "63 percent", "The Tide", "Coast Daily", "two engineers", "not stated", "23 points"):
            assert fact in part
        for link in ("/disputes/dsp-1", "/claims/clm-10", "/claims/clm-21", "/u/tok-abc", "/digests/dig-"):
            assert f"https://monitor.example.org{link}" in part
        assert part.index("dsp-1") < part.index("dsp-2")


def test_text_lines_have_at_most_72_columns_but_for_addresses() -> None:
    rendered = RENDERER.render(issue(changed(1)))
    assert [line for line in rendered.text.splitlines() if len(line) > 72 and "https://" not in line] == []


def test_hostile_text_is_escaped_and_cannot_add_a_header() -> None:
    nasty = told(
        5, "9 percent", "The <b>Tide</b>\r\nBcc: all@example.org", quote="<script>alert(1)</script> It fell to 9 percent."
    )
    one = changed(1)
    one = replace(
        one, dispute=replace(one.dispute, title="Mill\r\nBcc: all@example.org"), positions=((nasty,), one.positions[1])
    )
    message = message_from_bytes(sent(issue(one)).message, policy=default)
    assert message["Bcc"] is None
    html = message.get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()
    assert "&lt;script&gt;" in html.get_content()


def test_the_message_has_the_headers_that_mail_programs_ask_for() -> None:
    rendered = sent(issue(changed(1)))
    message = message_from_bytes(rendered.message, policy=default)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["List-Unsubscribe"] == "<https://monitor.example.org/u/tok-abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"] == rendered.message_id == "<digest.2026-03-11.sub-1@monitor.example.org>"
    assert message["Date"].datetime.utcoffset() == AT.utcoffset()
    assert message["Auto-Submitted"] == "auto-generated"
    assert len(message["Subject"]) <= 70
    assert message["Subject"].startswith("1 new dispute")
    assert max(map(len, rendered.message.splitlines())) <= 998


def test_the_same_issue_is_the_same_bytes() -> None:
    assert sent(issue(changed(1))).message == sent(issue(changed(1))).message


def test_a_flood_stays_under_the_size_that_mail_programs_clip() -> None:
    digest = choose(
        Changes(disputes=tuple(changed(n) for n in range(1, 400))), READER, at=AT, period="2026-03-11", limit=300
    )
    rendered = RENDERER.render(digest)
    assert len(rendered.html.encode()) <= HTML_LIMIT_BYTES
    cards = rendered.html.count("Why compared:")
    assert f"{399 - cards} more disputes changed" in rendered.html
    assert rendered.text.count("Why compared:") == cards


def test_the_period_is_said_in_the_zone_of_the_reader() -> None:
    late = datetime(2026, 3, 12, 1, 0, tzinfo=UTC).astimezone(ZoneInfo("America/New_York"))
    digest = choose(Changes(disputes=(changed(1),)), READER, at=late, period="2026-03-11")
    assert "11 Mar 2026" in RENDERER.render(digest).text


def test_a_subject_in_any_letters_arrives_as_it_was_written() -> None:
    for title in (
        "Orford Mill 1 capacity utilisation 40 % / 63 %",
        "Škoda works in Kvasiny, output 40 % / 63 % – Mladá",
        "日本" * 40,
    ):
        digest = issue(replace(changed(1), dispute=replace(changed(1).dispute, title=title)))
        message = message_from_bytes(sent(digest).message, policy=default)
        assert message["Subject"] == RENDERER.render(digest).subject


def test_a_watch_shows_what_is_worth_most_and_says_how_many_more_there_are() -> None:
    worths = (0.1, 0.9, None, 0.5, 0.9, 0.7, 0.6, 0.3)
    claims = [told(n, f"{n} percent", "The Tide") for n in range(1, 9)]
    claims = [replace(one, claim=replace(one.claim, worth=worth)) for one, worth in zip(claims, worths, strict=True)]
    digest = choose(Changes(), READER, at=AT, period="2026-03-11", watched=[("Mill", claims)])
    [item] = digest.watched
    assert [one.claim.id for one in item.claims] == ["clm-2", "clm-5", "clm-6", "clm-7", "clm-4"]
    assert item.more == 3
    rendered = RENDERER.render(digest)
    assert "and 3 more, worth less" in rendered.text
    assert "https://monitor.example.org/watches" in rendered.text
    assert "3 more</a>, worth less" in rendered.html


def test_a_denied_figure_is_never_shown_as_plain_fact() -> None:
    one = told(1, "40 percent", "The Tide")
    denied = replace(one, claim=replace(one.claim, modality=Modality.DENIED))
    digest = choose(Changes(), READER, at=AT, period="2026-03-11", watched=[("Mill", [denied])])
    rendered = RENDERER.render(digest)
    assert "40 percent (denied)" in rendered.text
    assert "Denied." in rendered.html
