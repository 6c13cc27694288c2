"""A small archive to look at: invented publishers on an invented chip maker, a reservoir and a ferry. For page tests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim, Modality, Polarity
from monitor.domain.digest import Issue, MailState, Rendered, Subscriber
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState, Position
from monitor.domain.entity import Mention
from monitor.domain.evidence import Evidence, Where
from monitor.domain.feed import Feed, FeedMove, FetchLine
from monitor.domain.ids import content_id
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.question import Question, Temper
from monitor.domain.relation import Relation, RelationKind
from monitor.domain.source import Source, SourceKind
from monitor.domain.watch import Watch
from monitor.storage.store import Store

NOW = datetime(2031, 3, 12, 9, 30, tzinfo=UTC)
PASSWORD = "open-sesame-7"
TOKEN = "token-of-the-only-reader"
READER = "reader@post.example"
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'

YIELD_TEXT = """Tarn Microworks is getting about 20 percent of its N5 wafers through final test, two of its suppliers say.

The company has said nothing on the matter. Its plant in Hollin runs 12,000 wafers a month, up from 9,500 a year ago.

Analysts at Vale Research expect the yield to reach 60 to 70 percent by the end of 2032."""

DENIAL_TEXT = """Tarn Microworks said on Monday that 41.5 percent of its N5 wafers pass final test.

"The figure of 20 percent is wrong," a spokesman said."""

COPY_TEXT = """Tarn Microworks said 41.5 percent of its N5 wafers pass final test, the company told agencies."""

WATER_TEXT = """The Ostra reservoir was at 63 percent of its capacity on 1 March, the water board said.

At least 14 villages were on rationed supply."""

WATER_OTHER = """The Ostra reservoir stood at 48 percent of capacity on 1 March, the farmers' union says."""

FERRY_OLD = """The ferry Skua will sail again on 4 May 2031, the operator said. Repairs cost 2.4 million euros."""
FERRY_NEW = """The ferry Skua will sail again on 18 May 2031, the operator said. Repairs cost 3.1 million euros.

A second dock was rented."""


def article(publisher: str, title: str, text: str, on: str | None, *, url: str = "", origin: str = "") -> Article:
    published = datetime.fromisoformat(on) if on else None
    slug = publisher.lower().replace(" ", "-")
    address = url or f"https://{slug}.example/{content_id('x', title)[2:9]}"
    article_id = content_id("art", address, title, text)
    arrived = (published or NOW).astimezone(UTC) + timedelta(minutes=20)
    return Article(
        article_id, address, address, title, text, publisher, published, arrived, origin_id=origin or article_id
    )


def claim(
    told_in: Article,
    span: str,
    subject: str,
    metric: str,
    quantity: Quantity,
    *,
    sources: Sequence[Source] = (),
    when: str = "",
    words: str = "",
    modality: Modality = Modality.ASSERTED,
    qualifiers: Mapping[str, str] | None = None,
    negated: bool = False,
    where: Where = Where.BODY,
    confidence: float = 0.9,
    worth: float | None = 0.8,
) -> Claim:
    text = told_in.title if where is Where.TITLE else told_in.text
    at = text.index(span)
    before = max(text.rfind(". ", 0, at) + 1, text.rfind("\n", 0, at)) + 1 if where is Where.BODY else 0
    start = 0 if text.rfind(". ", 0, at) < 0 and text.rfind("\n", 0, at) < 0 else before
    ends = [end for end in (text.find(".", at + len(span)) + 1, text.find("\n", at)) if end > 0]
    end = min(ends, default=len(text)) if where is Where.BODY else len(text)
    evidence = Evidence(where, text[start:end], start, end, span, at, at + len(span))
    day = told_in.published.date() if told_in.published else None
    time_of = Period.parse(when) if when else (Period(day, day) if day else None)
    return Claim(
        id=content_id("clm", told_in.id, where.value, at, at + len(span), quantity.unit),
        article_id=told_in.id,
        evidence=evidence,
        subject=subject,
        metric=metric,
        quantity=quantity,
        sources=(*sources, Source(told_in.publisher, SourceKind.PUBLISHER, told_in.publisher)),
        qualifiers=dict(qualifiers or {}),
        subject_id=content_id("ent", subject.lower()),
        subject_kind="organisation",
        time=time_of,
        time_text=words,
        modality=modality,
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        confidence=confidence,
        worth=worth,
        reader="sample 1",
    )


def percent(value: str, approximation: Approximation = Approximation.EXACT) -> Quantity:
    return Quantity("percent", Decimal(value), approximation=approximation, step=Decimal("0.1"))


def fill(store: Store) -> None:
    """Everything a page can show: three questions, two disputes, copies, versions, feeds well and ill, a digest."""
    _feeds(store)
    _yields(store)
    _water(store)
    _ferry(store)
    _plain(store)
    _hostile(store)
    _alike(store)
    store.watches.put(Watch(content_id("wat", "Tarn yield", ""), "Tarn yield", 'entity:"Tarn Microworks" metric:yield'))
    store.watches.put(Watch(content_id("wat", "Mine", READER), "Mine", "ferry", owner=READER))
    _digest(store)


def _store(store: Store, told_in: Article, claims: Sequence[Claim]) -> Article:
    stored = store.articles.put(told_in)
    mentions = []
    for one in claims:
        text = stored.title if one.evidence.where is Where.TITLE else stored.text
        name = one.subject.split()[0]
        at = text.find(name)
        if at >= 0 and one.subject != "Quay 1":  # a subject that nothing mentions as an entity
            where = one.evidence.where.value
            mentions.append(
                Mention(one.subject_id or "", one.subject, "organisation", where, at, at + len(name), name, known=True)
            )
    reading = Reading(stored.id, tuple(claims), tuple(dict.fromkeys(mentions)))
    store.claims.settle_reading(reading, {}, "none", NOW)
    return stored


def _question(
    store: Store, claims: Sequence[Claim], slug: str, temper: Temper = Temper.SLOW, **fields: object
) -> Question:
    first = claims[0]
    made = Question(
        content_id("q", slug),
        slug,
        first.subject,
        first.metric,
        "share",
        temper,
        first.subject_id,
        **fields,  # type: ignore[arg-type]
    )
    stored = store.questions.put(made, [slug])
    for one in claims:
        store.questions.file(one.id, stored.id)
    return stored


def _dispute(store: Store, question: Question, positions: Sequence[Position], **fields: object) -> Dispute:
    made = Dispute(
        content_id("dsp", question.id), question.id, DisputeState.OPEN, f"{question.subject} {question.metric}: "
        + " / ".join(position.label for position in positions), tuple(positions), 2, NOW - timedelta(days=1), NOW,
        **fields,  # type: ignore[arg-type]
    )  # fmt: skip
    opened = DisputeEvent(
        content_id("evt", made.id, 1), made.id, made.opened, "opened", DisputeState.OPEN, "rule",
        "Two independent voices give figures that do not meet.", (positions[0].claim_ids[0], positions[1].claim_ids[0]),
    )  # fmt: skip
    joined = DisputeEvent(
        content_id("evt", made.id, 2), made.id, NOW, "position_joined", DisputeState.OPEN, "rule",
        "A second outlet prints the same figure.", (positions[1].claim_ids[-1],),
    )  # fmt: skip
    store.disputes.put(made, [opened, joined])
    return made


def _yields(store: Store) -> None:
    subject, metric, scope = "Tarn Microworks", "N5 yield", {"process": "N5"}
    paper = article("Morning Ledger", "Tarn's new line struggles", YIELD_TEXT, "2031-03-03T07:10:00+01:00")
    people = Source("two people at its suppliers", SourceKind.ANONYMOUS, None, told="Morning Ledger")
    research = Source("analysts at Vale Research", SourceKind.COMPANY, "Vale Research")
    low = claim(
        paper, "about 20 percent", subject, metric, percent("20", Approximation.ABOUT), sources=[people],
        modality=Modality.REPORTED, qualifiers=scope, confidence=0.93, worth=0.97,
    )  # fmt: skip
    forecast = claim(
        paper, "60 to 70 percent", subject, metric,
        Quantity("percent", low=Decimal(60), high=Decimal(70), approximation=Approximation.RANGE), sources=[research],
        when="2032-12", words="by the end of 2032", modality=Modality.FORECAST, qualifiers=scope,
    )  # fmt: skip
    wafers = claim(
        paper, "12,000 wafers a month", subject, "capacity", Quantity("wafer/month", Decimal(12000)),
        qualifiers={"plant": "Hollin"}, worth=0.35,
    )  # fmt: skip
    _store(store, paper, [low, forecast, wafers])

    agency = article("Harbour Wire", "Tarn puts N5 yield at 41.5 percent", DENIAL_TEXT, "2031-03-10T11:00:00+00:00")
    company = Source("Tarn Microworks", SourceKind.COMPANY, "Tarn Microworks")
    high = claim(agency, "41.5 percent", subject, metric, percent("41.5"), sources=[company], qualifiers=scope)
    title = claim(agency, "41.5 percent", subject, metric, percent("41.5"), sources=[company], where=Where.TITLE)
    denial = claim(
        agency, "20 percent", subject, metric, percent("20"), sources=[Source("a spokesman", SourceKind.PERSON)],
        modality=Modality.DENIED, negated=True, qualifiers=scope,
    )  # fmt: skip
    _store(store, agency, [high, title, denial])

    mirror = article("Inland Post", "Tarn names yield", COPY_TEXT, "2031-03-10T13:30:00+00:00", origin=agency.id)
    again = claim(mirror, "41.5 percent", subject, metric, percent("41.5"), sources=[company], qualifiers=scope)
    _store(store, mirror, [again])

    question = _question(store, [low, forecast, high, title, denial, again], "tarn-microworks-n5-yield", scope=scope)
    _question(store, [wafers], "tarn-microworks-capacity", scope={"plant": "Hollin"})
    reason = "about 20 percent (two people) and 41.5 percent (Tarn Microworks) for the same yield do not meet."
    store.relations.replace(
        question.id,
        [
            Relation(low.id, high.id, RelationKind.CONTRADICTS, 0.94, reason, question.id),
            Relation(high.id, again.id, RelationKind.AGREES, 0.99, "Both say it.", question.id, independent=False),
            Relation(denial.id, low.id, RelationKind.DENIES, 0.9, "A spokesman calls 20 percent wrong.", question.id),
        ],
    )
    _dispute(
        store, question,
        [
            Position("about 20 percent", (low.id,), (paper.id,)),
            Position("41.5 percent", (high.id, title.id, again.id), (agency.id,)),
        ],
        why_compared="Same subject, same metric, same process; neither names another time.",
        could_explain=("One counts partly working chips, the other does not.", "The figures are of different months."),
        gap="21.5 percentage points",
    )  # fmt: skip


def _water(store: Store) -> None:
    board = article("Ostra Courier", "Reservoir at 63 percent", WATER_TEXT, "2031-03-02T18:00:00+01:00")
    union = article("Field and Furrow", "Farmers doubt reservoir figure", WATER_OTHER, None)
    full = claim(
        board, "63 percent", "Ostra reservoir", "fill level", percent("63"), when="2031-03-01", words="on 1 March",
        sources=[Source("the water board", SourceKind.GOVERNMENT)],
    )  # fmt: skip
    villages = claim(
        board, "At least 14 villages", "Ostra reservoir", "villages on rationed supply",
        Quantity("count:village", low=Decimal(14), approximation=Approximation.AT_LEAST),
        worth=None,
    )  # fmt: skip
    empty = claim(
        union, "48 percent", "Ostra reservoir", "fill level", percent("48"), when="2031-03-01", words="on 1 March",
        sources=[Source("the farmers' union", SourceKind.COMPANY, "Ostra Farmers' Union")],
    )  # fmt: skip
    _store(store, board, [full, villages])
    _store(store, union, [empty])
    question = _question(
        store, [full, empty], "ostra-reservoir-fill-level-2031-03-01", Temper.VOLATILE, period=Period.parse("2031-03-01")
    )
    _question(store, [villages], "ostra-reservoir-villages", Temper.CUMULATIVE)
    store.relations.replace(
        question.id,
        [
            Relation(
                full.id,
                empty.id,
                RelationKind.CONTRADICTS,
                0.97,
                "63 and 48 percent do not meet.",
                question.id,
            )
        ],
    )
    _dispute(
        store, question,
        [Position("63 percent", (full.id,), (board.id,)), Position("48 percent", (empty.id,), (union.id,))],
        why_compared="Same reservoir, same day.", gap="15 percentage points",
    )  # fmt: skip


def _ferry(store: Store) -> None:
    url = "https://strait-times.example/skua"
    operator = Source("the operator", SourceKind.COMPANY)
    for text, day, cost, on in (
        (FERRY_OLD, "2031-05-04", "2.4", "2031-02-20T08:00:00+00:00"),
        (FERRY_NEW, "2031-05-18", "3.1", "2031-02-20T08:00:00+00:00"),
    ):
        told_in = article("Strait Times", "Skua to sail in May", text, on, url=url)
        if text is FERRY_NEW:
            told_in = replace(told_in, updated=datetime(2031, 3, 1, 8, tzinfo=UTC))
        number = str(int(day[-2:]))
        back = claim(
            told_in, f"{number} May 2031", "Skua", "return to service", Quantity("date", date=day), sources=[operator],
            modality=Modality.PLANNED,
        )  # fmt: skip
        repair = claim(
            told_in, f"{cost} million euros", "Skua", "repair cost", Quantity("EUR", Decimal(cost) * 1_000_000)
        )
        _store(store, told_in, [back, repair])
        _question(store, [back], "skua-return-to-service")
        _question(store, [repair], "skua-repair-cost", Temper.CONSTANT)


def _plain(store: Store) -> None:
    """Enough claims for a second page."""
    for number in range(28):
        on = (datetime(2031, 1, 1, tzinfo=UTC) + timedelta(days=number)).isoformat()
        text = f"Quay {number} handled {100 + number} containers, the port said."
        told_in = article("Harbour Wire", f"Quay {number} report", text, on)
        handled = claim(
            told_in, f"{100 + number} containers", f"Quay {number}", "containers handled",
            Quantity("count:container", Decimal(100 + number)),
        )  # fmt: skip
        _store(store, told_in, [handled])
        _question(store, [handled], f"quay-{number}-containers", Temper.CUMULATIVE)


def _alike(store: Store) -> None:
    """A subject whose name holds another's, and one dimension in two units."""
    told_in = article(
        "Harbour Wire Weekly", "Skua II and the salt",
        "Skua II carried 900 kilograms of salt. Skua II needs 3 tonnes of coal.",
        "2031-02-01T00:00:00+00:00",
    )  # fmt: skip
    salt = claim(told_in, "900 kilograms", "Skua II", "salt carried", Quantity("kilogram", Decimal(900)))
    coal = claim(told_in, "3 tonnes", "Skua II", "coal needed", Quantity("tonne", Decimal(3)))
    _store(store, told_in, [salt, coal])
    _question(store, [salt], "skua-ii-salt")
    _question(store, [coal], "skua-ii-coal")


def _hostile(store: Store) -> None:
    text = f'{HOSTILE} Yards closed 7 gates, "><svg onload=alert(2)> said. {{{{ 7*7 }}}}'
    told_in = article(
        f"Evil {HOSTILE}", f"Title {HOSTILE}", text, "2031-01-05T00:00:00+00:00", url="https://evil.example/a?b=<c>"
    )
    closed = claim(
        told_in, "7 gates", f"Yards {HOSTILE}", "gates closed", Quantity("count:gate", Decimal(7)),
        sources=[Source(HOSTILE, SourceKind.PERSON)], qualifiers={"place": HOSTILE}, words=HOSTILE,
    )  # fmt: skip
    _store(store, told_in, [closed])
    _question(store, [closed], "yards-gates-closed")


def _feeds(store: Store) -> None:
    def feed(name: str, **fields: object) -> Feed:
        url = f"https://{name.lower().replace(' ', '-')}.example/rss"
        return Feed(content_id("feed", url), url, url, name, name, NOW - timedelta(days=30), **fields)  # type: ignore[arg-type]

    hour, day = timedelta(hours=1), timedelta(days=1)
    answered = {"status": "ok", "last_poll": NOW - hour, "last_ok": NOW - hour, "next_poll": NOW + hour}
    well = feed(
        "Harbour Wire", **answered, last_new=NOW - 2 * hour, newest=NOW - 2 * hour, silence_seconds=172_800,
        next_poll_reason="half the usual gap between entries", body_bytes=18_400, bytes_saved=7_400_000,
        login=f"reader:{PASSWORD}", proxy=f"http://ann:{PASSWORD}@proxy.example:8080",
        moves=(FeedMove(NOW - 90 * day, "http://harbour.example/rss", "https://harbour-wire.example/rss", "seen twice"),),
    )  # fmt: skip
    ill = feed(
        "Morning Ledger", status="failed", failures=3, failing_since=NOW - 2 * day, cause="server", last_poll=NOW - hour,
        last_ok=NOW - 50 * hour, next_poll=NOW + 2 * hour, next_poll_reason="back-off after 3 failures in a row",
        last_error="The server answered 503 (Service Unavailable). It may be overloaded; it is asked again later.",
    )  # fmt: skip
    walled = feed(
        "Quay Standard", status="failed", failures=41, failing_since=NOW - 12 * day, cause="wall", last_poll=NOW - hour,
        last_ok=NOW - 12 * day, next_poll=NOW + 20 * hour, next_poll_reason="back-off after 41 failures in a row",
        last_error="the server answered 403 (Forbidden): a wall against robots (Cloudflare). Look for another address.",
    )  # fmt: skip
    gone = feed(
        "Lock Keeper", status="gone", failures=1, paused=True, last_error="the server answered 410 (Gone). Remove it."
    )
    stale = feed("Skua Almanac", **answered, newest=NOW - 70 * day, silence_seconds=14 * 86_400)
    moving = feed(
        "Tidal Review", **answered, newest=NOW - day, moved_to="https://review.example/feed", moved_since=NOW - hour
    )
    for one in (well, ill, walled, gone, stale, moving, feed("Ostra Courier", paused=True), feed("Inland Post")):
        store.feeds.add(one)
    for hours in range(6, 0, -1):
        status, code = ("ok", 200) if hours % 2 else ("not_modified", 304)
        store.feeds.log(FetchLine(well.id, NOW - hours * hour, status, code, hours % 2 * hours, hours % 2 * 18_400))
        why = "the server answered 503 (Service Unavailable). It is asked again later."
        store.feeds.log(FetchLine(ill.id, NOW - hours * hour, "failed", 503, 0, 0, why, "server"))


def _digest(store: Store) -> None:
    reader = Subscriber(content_id("sub", READER), READER, "Europe/Berlin", time(7), TOKEN)
    store.subscribers.put(reader)
    html = (
        f"<!doctype html><html><body><h1>Claims digest</h1><p>2 new disputes for {READER}</p>"
        f'<p><a href="http://monitor.example/u/{TOKEN}">Unsubscribe</a></p><script>alert(1)</script></body></html>'
    )
    text = f"Claims digest\n\n2 new disputes for {READER}\nUnsubscribe: http://monitor.example/u/{TOKEN}\n"
    message = Rendered("2 new disputes: Tarn Microworks N5 yield", text, html, b"raw", "<digest.1@monitor.example>")
    store.digests.plan(
        [
            Issue(
                content_id("dig", reader.id, "2031-03-12"), reader.id, READER, "2031-03-12", NOW - timedelta(hours=2),
                NOW + timedelta(hours=10), message, MailState.QUEUED,
            )
        ]
    )  # fmt: skip
