"""The configuration: briefing.toml."""

from briefing.config.load import NAME, check, load, starter
from briefing.config.model import Config

__all__ = ["NAME", "Config", "check", "load", "starter"]
