"""`monitor status`: how the service is."""

from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, ago, line, opened, plain, short
from monitor.domain.feed_health import counted_in_words


def status(as_json: AsJson = False, as_jsonl: AsJsonLines = False, as_csv: AsCsv = False) -> None:
    """Counts, feeds, waiting work, what does not work, and what was set aside with the reason.

    monitor status --json
    """
    output = Output(as_json, as_jsonl, as_csv)
    with opened() as app:
        health, now = app.health(), app.now()
    if output:
        output.print_one(plain(health))
        return
    for name, count in health.counts.items():
        line(f"{name.replace('_', ' '):16} {count:8}")
    line(f"feeds: {counted_in_words(health.conditions) or 'none'}; last poll {ago(health.last_poll, now)}")
    for kind, states in health.work.items():
        left = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in states.items() if count)
        line(f"{kind:16} {left or 'nothing'}")
    for remark in health.kept.remarks:
        line(f"articles: {remark}")
    if health.visits:
        line(f"pages: {health.visits} to be visited again")
    if health.mail:
        line("mail: " + ", ".join(f"{count} {state}" for state, count in health.mail.items()))
    for trouble in health.troubles:
        line(f"{trouble.kind} {trouble.name}: {short(trouble.why, 300)}")
    for one in health.set_aside:
        line(f"set aside: {one.kind} {one.id}: {short(one.why, 200)}")
