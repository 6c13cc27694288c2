"""Where the settings come from: the example that is shipped, the file in use, and the origin of each value."""

from pathlib import Path


def example_config() -> str:
    """The commented config.toml of the distribution."""
    from monitor import assets

    return assets.example_config().read_text(encoding="utf-8")


def user_config_file() -> Path:
    """config.toml in the user's configuration folder."""
    from monitor import settings

    return settings.user_config_file()


def origins_of_settings(config: Path | None) -> dict[str, str]:
    """Each dotted key → where its value comes from."""
    from monitor.settings import origins

    return origins(config)
