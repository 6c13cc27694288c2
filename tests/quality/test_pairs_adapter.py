"""The pairs adapter translates conventions: how text is set, and what a relation is called."""

import pytest

from monitor.domain.relation import Relation, RelationKind
from tests.quality.adapters.pairs import label
from tests.quality.adapters.printed import article_of, plain


@pytest.mark.parametrize(("written", "printed"), [
    ("It rose , he said , to 40 % .", "It rose, he said, to 40%."),
    ("Halden 's `` best '' year -LRB- 2019 -RRB- .", 'Halden\'s " best " year (2019).'),
    ("The Ferry (2012 film) sold $ 3 million .", "The Ferry sold $3 million."),
])  # fmt: skip
def test_a_tokenized_text_is_read_as_it_is_printed(written: str, printed: str) -> None:
    assert plain(written) == printed


def test_a_page_heads_its_sentences() -> None:
    row = {"id": "r1", "page": "Halden Ferry -LRB- ship -RRB-", "premise": "It carries 300 people .", "hypothesis": "x"}
    article = article_of(row, "premise")
    assert (article.title, article.text) == ("Halden Ferry", "It carries 300 people.")


@pytest.mark.parametrize(("kinds", "called"), [
    ([], "nei"),
    (["agrees", "refines"], "supports"),
    (["agrees", "updates"], "refutes"),
    (["denies"], "refutes"),
])  # fmt: skip
def test_one_figure_that_does_not_hold_refutes_a_sentence(kinds: list[str], called: str) -> None:
    assert label(Relation("a", "b", RelationKind(kind), 1.0, "", "q") for kind in kinds) == called
