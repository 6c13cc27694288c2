"""The archive in a real browser: no error, no request elsewhere, no page wider than a telephone, no script needed."""

import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from monitor.app import App
from monitor.settings import Settings
from monitor.web.site import create

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from archive_sample import NOW, TOKEN, fill

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
# Without these flags Chromium asks its maker's servers for things of its own.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = [
    "/",
    "/claims",
    "/claims?q=yield",
    "/claims?q=nothing-has-this",
    "/questions",
    "/disputes",
    "/entities",
    "/feeds",
    "/check",
]
PAGES += ["/watches/new?q=yield&threshold=10%25&tried=1"]
PAGES += ["/watches", "/digests", "/help/query", "/about/method", f"/u/{TOKEN}", "/no/such/page"]
DEPTHS = ["/claims/", "/questions/", "/disputes/", "/articles/", "/entities/", "/feeds/", "/digests/", "/sources/"]
DEPTHS += ["/watches/wat-"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running archive with the sample in it."""
    folder = tmp_path_factory.mktemp("archive")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings().model_copy(update={"database_url": f"sqlite:///{folder / 'archive.db'}", "feeds": ()})
    app = App(settings, now=lambda: NOW)
    fill(app.store)
    server = uvicorn.Server(uvicorn.Config(create(app), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    app.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        found = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


def all_pages(page: Page, site: str) -> list[str]:
    """The pages named above, and the first page of each kind that they link to."""
    found = dict.fromkeys(PAGES)
    for start in PAGES:
        page.goto(site + start)
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        for depth in DEPTHS:
            deeper = [link for link in links if link.startswith(depth) and "." not in urlsplit(link).path]
            if deeper and not any(known.startswith(depth) for known in found):
                found[deeper[0]] = None
    return list(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_telephone_and_a_desk_without_errors_or_requests_elsewhere(
    browser: Browser, site: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 800})  # type: ignore[arg-type]
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda line: problems.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on(
        "request",
        lambda asked: problems.append(f"{page.url} asks {asked.url}") if not asked.url.startswith(site) else None,
    )
    pages = all_pages(page, site)
    assert sum(path.startswith(tuple(DEPTHS)) for path in pages) >= 5, pages
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in pages:
            page.goto(site + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} wide at {width}"
    # The 404 is the page of troubles itself; the sandbox is the frame that a letter is shown in.
    assert [line for line in problems if "404" not in line and "frame is sandboxed" not in line] == []
    context.close()


def test_every_page_has_one_heading_a_language_a_skip_link_and_names_on_its_fields(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=True)
    page = context.new_page()
    for path in all_pages(page, site):
        page.goto(site + path)
        assert page.locator("h1").count() == 1, path
        assert page.locator("html[lang]").count() == 1, path
        assert page.title(), path
        unnamed = page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
            ".filter(field => !field.labels.length && !field.ariaLabel && !field.getAttribute('aria-labelledby')).length"
        )
        assert unnamed == 0, path
    context.close()


def test_searching_reading_and_unsubscribing_work_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    page.locator("input[name=q]").first.fill("yield")
    page.locator("input[name=q]").first.press("Enter")
    assert "/claims" in page.url
    page.locator("main a[href^='/claims/']").first.click()
    assert page.locator("mark").count() >= 1
    page.goto(f"{site}/u/{TOKEN}")
    page.locator("main form button").first.click()
    assert "unsubscribed" in page.locator("main").inner_text().lower()
    context.close()


def test_focus_is_visible_on_the_first_link(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + "/")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.close()
