"""The configuration: briefing.toml."""

from briefing.config.load import check, load, starter
from briefing.config.model import Config

__all__ = ["Config", "check", "load", "starter"]
