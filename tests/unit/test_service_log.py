"""How much the service logs: what the setting says, more where -v asked for it."""

import logging
from collections.abc import Iterator

import pytest

from monitor.cli.serve import log_as


@pytest.fixture(autouse=True)
def levels() -> Iterator[None]:
    loggers = (logging.getLogger(), logging.getLogger("monitor"))
    before = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


@pytest.mark.parametrize(
    ("asked", "setting", "is_logged"),
    [
        (logging.WARNING, "info", logging.INFO),
        (logging.WARNING, "warning", logging.WARNING),
        (logging.WARNING, "error", logging.ERROR),
        (logging.DEBUG, "error", logging.DEBUG),
        (logging.INFO, "debug", logging.DEBUG),
    ],
)
def test_the_setting_decides_and_minus_v_asks_for_more(asked: int, setting: str, is_logged: int) -> None:
    logging.getLogger().setLevel(asked)
    log_as(setting)
    log = logging.getLogger("monitor.walk")
    assert log.isEnabledFor(is_logged)
    assert not log.isEnabledFor(is_logged - 10) or is_logged == logging.DEBUG
