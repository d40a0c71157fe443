"""Pages and feeds from the web: the only door to it, beside that to a language model.

Invariant: a connection is made to an address that was looked at and is public, and to no other, whatever names,
redirects and answers say; and no answer takes more time or memory than the options give it.
"""

from followthearms.sources.fetch.fetching import Fetched, Fetcher, FetchOptions, fetch
from followthearms.sources.fetch.networks import Networks

__all__ = ["FetchOptions", "Fetched", "Fetcher", "Networks", "fetch"]
