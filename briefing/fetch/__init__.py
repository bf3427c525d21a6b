"""The edge to the network: one method, one fake, and nothing fetched unless the user asked.

`WebFetcher` is the real one; `FakeFetcher` answers from a table, for tests and dry runs.
"""

from briefing.fetch.edge import FakeFetcher, Fetched, Fetcher, NoNetwork
from briefing.fetch.guard import check_url
from briefing.fetch.web import Clockwork, FetchLimits, WebFetcher

__all__ = [
    "Clockwork",
    "FakeFetcher",
    "FetchLimits",
    "Fetched",
    "Fetcher",
    "NoNetwork",
    "WebFetcher",
    "check_url",
]
