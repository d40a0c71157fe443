"""What is new at the places that are watched: feeds with the pages they link to, lists of feeds, and folders.

Invariants: a page whose bytes were had once is not fetched again; what cannot be had is told when it begins, and tried
again later and later; and a feed counts as known only when all its pages were had or given up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from followthearms.engine.inputs import Input, as_input, chunked
from followthearms.engine.watching.state import Learnt, State, Trouble, Validators
from followthearms.errors import FetchError, InputError, PassedOver, UnreadableFile, UsageError
from followthearms.register.watching import Watching
from followthearms.sources import ReadOptions
from followthearms.sources.fetch import Fetched, Fetcher
from followthearms.sources.files import raw_source
from followthearms.sources.formats.feeds import Entry, Feed, parse_feed, parse_opml
from followthearms.sources.web import linked

PAGES = 200
"""Pages that are fetched of one feed in one round; at one a second that is some minutes. The next round goes on."""
TRIES = 5
"""A page that cannot be had so often is given up. A feed never is."""
LONGEST_WAIT = dt.timedelta(days=1)
_LISTS = ".opml"
_LONGEST = 2_000  # characters; what is longer is no address that a browser would take


class Kind(StrEnum):
    """What is watched at a place."""

    FEED = "feed"
    LIST = "list of feeds"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is watched: the address of a feed, or a path."""

    kind: Kind
    address: str


def places(given: Iterable[str]) -> tuple[Place, ...]:
    """What somebody named to be watched. Raises UsageError for what cannot be."""
    return tuple(_place(one) for one in given)


def _place(given: str) -> Place:
    if given.lower().startswith(("http://", "https://")):
        return Place(Kind.FEED, given)
    path = Path(given)
    if path.is_dir():
        return Place(Kind.FOLDER, given)
    if path.is_file() and path.suffix.lower() == _LISTS:
        return Place(Kind.LIST, given)
    raise UsageError(
        f"{given}: cannot be watched; name the address of a feed (https://…), a list of feeds ({_LISTS}) or a folder"
    )


@dataclass
class Search:
    """One search of all places for what is new. `learnt` and `told`, the problems that are new, grow as it goes on."""

    state: State
    register: Watching
    options: ReadOptions
    fetcher: Fetcher
    now: dt.datetime
    every: dt.timedelta
    is_over: Callable[[], bool]
    learnt: Learnt = field(default_factory=Learnt)
    told: list[InputError] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def inputs(self, watched: Sequence[Place]) -> Iterator[Input]:
        """What is new, until it is over."""
        for place in watched:
            match place.kind:
                case Kind.FEED:
                    yield from self._feed(place.address)
                case Kind.LIST:
                    for feed in self._listed(place.address):
                        yield from self._feed(feed)
                case Kind.FOLDER:
                    yield from self._folder(place.address)

    def _listed(self, path: str) -> Sequence[str]:
        try:
            found = [one.url for one in parse_opml(Path(path).read_bytes(), path)]
        except OSError as error:
            self._ill(path, UnreadableFile(path, f"cannot be read ({error.strerror or error})"), self.now)
        except InputError as error:
            self._ill(path, error, self.now)
        else:
            self._well(path)
            return found
        return ()

    def _feed(self, url: str) -> Iterator[Input]:
        trouble = self.state.trouble(url)
        if self.is_over() or url in self._seen or (trouble and trouble.again > self.now):
            return
        self._seen.add(url)
        try:
            if (found := self._fetched(url)) is None:
                self._well(url)
                return
        except InputError as error:
            self._ill(url, _of(url, error), self._later(trouble))
            return
        self._well(url)
        fetched, feed = found
        if (yield from self._pages(url, feed.entries)):
            given = fetched.headers.get
            self.learnt.feeds[url] = Validators(given("etag"), given("last-modified"))

    def _fetched(self, url: str) -> tuple[Fetched, Feed] | None:
        """A feed; null if it has not changed. Raises InputError."""
        last = self.state.validators(url)
        fetched = self.fetcher.fetch(url, last.etag, last.modified)
        if fetched.is_unchanged:
            return None
        try:
            return fetched, parse_feed(fetched.data, url, fetched.url)
        except InputError:
            raise
        except Exception as error:
            problem = f"the program failed on it ({type(error).__name__}: {error})"
            raise UnreadableFile(url, problem, "please report it together with the feed") from error

    def _pages(self, feed: str, entries: Sequence[Entry]) -> Generator[Input, None, bool]:
        """The pages of entries that were not had yet; whether none of them is still to be had."""
        had = {address for address, _ in self.register.met([entry.url for entry in entries if entry.url])}
        left, is_whole = PAGES, True
        for entry in entries:
            if entry.url is None or len(entry.url) > _LONGEST:
                named = f"{feed}, {(entry.title or 'an entry without a title')[:_LONGEST]}"
                self._once(UnreadableFile(named, "links to no page", "look it up on the site"))
                continue
            trouble = self.state.trouble(entry.url)
            if entry.url in had or entry.url in self._seen or (trouble and trouble.tries >= TRIES):
                continue
            if trouble and trouble.again > self.now:
                is_whole = False
                continue
            if self.is_over() or not left:
                return False
            self._seen.add(entry.url)
            left -= 1
            is_whole &= yield from self._page(entry.url, entry, trouble)
        return is_whole

    def _page(self, url: str, entry: Entry, trouble: Trouble | None) -> Generator[Input, None, bool]:
        """The page of an entry under the address that its feed gives; whether that is the end of it. Why it cannot be
        had is an input once: only that is news, and belongs in the journal."""
        page = linked(entry, url, self.fetcher)
        if not isinstance(page, InputError):
            if trouble:
                self._well(url)
            yield as_input(replace(page, where=url))
            return True
        tries = trouble.tries + 1 if trouble else 1
        self.learnt.troubles[url] = Trouble(tries, self._later(trouble))
        if not trouble:
            yield as_input(_of(url, page))
        return tries >= TRIES

    def _folder(self, path: str) -> Iterator[Input]:
        try:
            is_empty = not any(Path(path).iterdir())
        except OSError as error:
            self._ill(path, UnreadableFile(path, f"cannot be read ({error.strerror or error})"), self.now)
            return
        self._well(path)
        found = () if is_empty else raw_source(path, self.options)
        for chunk in chunked(map(as_input, found)):
            had = self.register.met([one.address for one in chunk])
            for one in chunk:
                if self.is_over():
                    return
                match one.content:
                    case PassedOver():
                        pass  # what is of no kind that is read
                    case InputError():
                        self._once(one.content)
                    case _ if (one.address, one.raw_hash) not in had:
                        yield one

    def _ill(self, address: str, error: InputError, again: dt.datetime) -> None:
        """Note that a source cannot be had; it is told when that begins."""
        trouble = self.state.trouble(address)
        if trouble is None:
            self.told.append(error)
        self.learnt.troubles[address] = Trouble(trouble.tries + 1 if trouble else 1, again)

    def _well(self, address: str) -> None:
        """Note that something can be had, so that it would be told if it could not be again."""
        self.learnt.troubles[address] = None

    def _once(self, error: InputError) -> None:
        """Tell a problem that would be met in every round when it is met first."""
        self._ill(str(error), error, self.now)

    def _later(self, trouble: Trouble | None) -> dt.datetime:
        """When to try again what failed once more: each time after twice as long, and once a day in the end."""
        doublings = min(trouble.tries, 20) if trouble else 0
        return self.now + min(self.every * (1 << doublings), LONGEST_WAIT)


def _of(url: str, error: InputError) -> InputError:
    """What is wrong with a page, under the address that it is known by here, not that to which it led."""
    return FetchError(url, error.problem, error.remedy)
