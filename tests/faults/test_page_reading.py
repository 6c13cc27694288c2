"""Pages are read where they can be stopped."""

import os
import time
from collections.abc import Callable

import pytest

from monitor.domain.article import Extracted
from monitor.errors import ArticleUnreadable, AssetsWrong, LeaseLost
from monitor.pipeline.pages import Job, Pages


def build_reader() -> Callable[[Job], Extracted]:
    """A reader that says in which process it ran, and does what a body tells it."""

    def read(job: Job) -> Extracted:
        body, url, media_type = job
        if b"sleep" in body:
            time.sleep(600)
        if b"die" in body:
            os._exit(1)
        if b"nothing" in body:
            raise ArticleUnreadable(f"Cannot read {url}", why="it holds nothing", mend="None.")
        if b"break" in body:
            raise ZeroDivisionError("broken")
        if b"grow" in body:
            bytearray(2**31)
        return Extracted(title=str(os.getpid()), text=f"{len(body)} {media_type}")

    return read


def build_nothing() -> Callable[[Job], Extracted]:
    raise ValueError("no reader here")


def pages(*, seconds: float = 60) -> Pages:
    return Pages(build_reader, seconds=seconds, small_bytes=10)


def test_small_pages_are_read_here_large_ones_and_pdfs_elsewhere() -> None:
    reader = pages()
    here = str(os.getpid())
    assert reader(b"small", "https://post.example/1", "text/html") == Extracted(here, "5 text/html")
    elsewhere = reader(b"a large page", "https://post.example/2", "")
    assert elsewhere.title != here
    assert reader(b"%PDF-1.7", "https://post.example/3", "application/pdf").title == elsewhere.title
    reader.close()


def test_a_page_that_takes_too_long_is_stopped_and_the_next_one_is_read() -> None:
    reader = pages(seconds=0.5)
    with pytest.raises(ArticleUnreadable, match=r"longer than 0.5 seconds"):
        reader(b"sleep for ever", "https://post.example/slow", "")
    assert reader(b"a large page", "https://post.example/2", "").text == "12 "
    reader.close()


def test_a_page_that_wants_more_memory_than_any_does_is_left_aside() -> None:
    reader = pages()
    with pytest.raises(ArticleUnreadable, match=r"more than 1024 MiB"):
        reader(b"grow for ever", "https://post.example/bomb", "")
    assert reader(b"a large page", "https://post.example/2", "").text == "12 "
    reader.close()


def test_who_waits_for_a_page_while_the_service_stops_writes_nothing() -> None:
    reader = pages()
    reader.stop()
    with pytest.raises(LeaseLost):
        reader(b"sleep for ever", "https://post.example/slow", "")
    reader.close()


def test_a_page_that_kills_its_reader_is_left_aside() -> None:
    reader = pages()
    with pytest.raises(ArticleUnreadable, match="died"):
        reader(b"die, reader", "https://post.example/bomb", "")
    assert reader(b"a large page", "https://post.example/2", "").text == "12 "
    reader.close()


def test_what_a_page_is_said_to_lack_comes_back_as_it_was_said() -> None:
    reader = pages()
    with pytest.raises(ArticleUnreadable, match="it holds nothing"):
        reader(b"nothing at all", "https://post.example/empty", "")
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        reader(b"break, reader", "https://post.example/odd", "")
    reader.close()


def test_a_reader_that_cannot_be_built_is_no_fault_of_a_page() -> None:
    reader = Pages(build_nothing, seconds=60, small_bytes=10)
    with pytest.raises(AssetsWrong, match="asked again later"):
        reader(b"a large page", "https://post.example/2", "")
