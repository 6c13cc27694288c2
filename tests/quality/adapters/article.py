"""Our article reader in the shape of an outside test set: `--plug tests.quality.adapters.article:read`."""

from functools import cache

from monitor import assets
from monitor.articles.cues import WallCues, load_wall_cues
from monitor.articles.extract import extract
from monitor.errors import ArticleUnreadable


def read(page: bytes) -> str:
    """The text of a page, empty where there is no article."""
    try:
        return extract(page, "https://page.test/article", _cues()).text
    except ArticleUnreadable:
        return ""


@cache
def _cues() -> WallCues:
    return load_wall_cues((assets.models() / "cues" / "walls.toml").read_text(encoding="utf-8"))
