"""What a site's robots.txt asks of programs (RFC 9309), and how long we wait between two pages of one host.

Invariant: a site that cannot say what it allows, because it fails, allows nothing; one that says nothing allows all.
"""

from __future__ import annotations

from collections.abc import Callable

from protego import Protego

NAME = "followthearms"
"""What a line `User-agent:` calls us."""
_MOST_BYTES = 500_000
_LONGEST_DELAY = 30.0
"""Seconds; sites ask for hours to keep programs away, for which there is Disallow."""
_ALL, _NOTHING = "", "User-agent: *\nDisallow: /"
_MOST_SITES = 1_000

Ask = Callable[[str], tuple[int, bytes]]
"""Status and content of the page at an address, redirects followed."""


class Robots:
    """The rules of the sites that were asked for them."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[str, Protego] = {}

    def allows(self, site: str, url: str) -> bool:
        """Whether a page of a site ("https://courier.example") may be read."""
        return bool(self._rules(site).can_fetch(url, NAME))

    def delay(self, site: str) -> float:
        """Seconds that the site asks to wait between two pages."""
        return min(float(self._rules(site).crawl_delay(NAME) or 0), _LONGEST_DELAY)

    def _rules(self, site: str) -> Protego:
        if site not in self._known:
            if len(self._known) >= _MOST_SITES:
                self._known.clear()
            self._known[site] = Protego.parse(self._text(site))
        return self._known[site]

    def _text(self, site: str) -> str:
        status, content = self._ask(f"{site}/robots.txt")
        if status >= 500:
            return _NOTHING
        if status >= 400:
            return _ALL
        return content[:_MOST_BYTES].decode("utf-8", "replace")
