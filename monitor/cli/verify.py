"""`monitor verify`: does every claim have its evidence?"""

from typing import Annotated

import typer

from monitor.cli.exits import DONE, FAILED
from monitor.cli.printing import document, line, note, opened


def verify(as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> int:
    """Look up the sentence and the figure of every claim in the stored text. Exit 1 where one is not in its place.

    monitor verify

    monitor verify --json
    """
    with opened() as app:
        count, wrong = 0, []
        for claim, why in app.reading.verify():
            count += 1
            if why:
                wrong.append({"claim": claim.id, "article": claim.article_id, "why": why})
    if as_json:
        document({"claims": count, "misplaced": wrong})
    else:
        for found in wrong:
            line(f"{found['claim']}  {found['why']}")
    note(f"{count - len(wrong)} of {count} claims have their sentence and figure in the stored text.")
    return FAILED if wrong else DONE
