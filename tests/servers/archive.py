"""The archive over real HTTP on loopback, as `monitor serve` runs it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from monitor.app import App


@contextmanager
def serving(app: App) -> Iterator[str]:
    """The address of the site of an app while it is served."""
    server = uvicorn.Server(uvicorn.Config(app.site(), host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
