"""The service: the parts put together from the settings, and what the doors do with them, one noun a file.

Everything is imported when it is first needed, so that `monitor --help` and `monitor feeds` start without torch.
"""

from monitor.app.configuration import example_config, origins_of_settings, user_config_file
from monitor.app.feed_records import feed_record, feed_record_in_full, fetch_record, trial_record
from monitor.app.health import Health, Trouble
from monitor.app.parts import Parts, build_reader
from monitor.app.polling import FeedTold, Polled
from monitor.app.quality import GOLD
from monitor.app.reading import EXPORTS, KINDS
from monitor.app.service import App, open_app

__all__ = [
    "EXPORTS",
    "GOLD",
    "KINDS",
    "App",
    "FeedTold",
    "Health",
    "Parts",
    "Polled",
    "Trouble",
    "build_reader",
    "example_config",
    "feed_record",
    "feed_record_in_full",
    "fetch_record",
    "open_app",
    "origins_of_settings",
    "trial_record",
    "user_config_file",
]
