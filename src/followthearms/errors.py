"""What can go wrong, as a tree. Every message names the thing at fault and what to do about it.

FollowTheArmsError
├── InputError                  a file or text that cannot be taken in; the run goes on with the rest
│   ├── UnreadableFile          missing, empty, binary, too large, wrong encoding
│   ├── FormatError             a line or a field that is not in the claim format
│   │   └── SpanError           a quote that does not stand at its offsets
│   ├── FetchError              an address that cannot, may not or must not be fetched
│   └── PassedOver              what holds no article and is left out as it should be; told, and no fault
├── KnowledgeError              a data file of the package (frame, lexicon, cue) is malformed
├── RegisterError               the register cannot be opened or read, or refuses what is to be added
│   ├── NotInRegister           no such deal, document or claim
│   ├── Overtaken               somebody else decided in the meantime on what was to be decided
│   └── Refused                 a file of which something is wrong, and of which therefore nothing is stored
├── DeliveryError               a notice that could not be delivered; it is tried again in the next round
├── LanguageModelError          the endpoint of the language model cannot be reached, fails or does not keep its format
└── UsageError                  an option, a setting or a place to write to that cannot be used
    └── QueryError              a search that cannot be understood
"""

from __future__ import annotations

from collections.abc import Sequence


class FollowTheArmsError(Exception):
    """Any error that this package raises on purpose."""


class InputError(FollowTheArmsError):
    """A file or text that cannot be taken in.

    `where` names it (a path, or "path, line 12"), `problem` says what is wrong with it,
    `remedy` what the user can do.
    """

    def __init__(self, where: str, problem: str, remedy: str = "") -> None:
        self.where, self.problem, self.remedy = where, problem, remedy
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """For the way from one process to another."""
        return type(self), (self.where, self.problem, self.remedy)


class UnreadableFile(InputError):
    """A file that is missing, empty, binary, too large or wrongly encoded."""


class FetchError(InputError):
    """An address that cannot be fetched, may not be by the word of its site, or must not be."""


class FormatError(InputError):
    """A line or a field that is not in the claim format."""


class SpanError(FormatError):
    """A quote that does not stand at its offsets in the text."""


class PassedOver(InputError):
    """What holds no article and was left out as it should be, such as the pictures in a web archive; no fault."""


class KnowledgeError(FollowTheArmsError):
    """A data file of the package is malformed; the message names the file."""


class RegisterError(FollowTheArmsError):
    """The register cannot be opened or read, was written by a newer version, or refuses what is to be added."""


class NotInRegister(RegisterError):
    """No such deal, document or claim in the register."""


class Overtaken(RegisterError):
    """Somebody else decided in the meantime on what was to be decided; nothing was taken down."""


class Refused(RegisterError):
    """A file that is to be imported whole or not at all, and of which nothing is stored.

    `faults` are all that is wrong with it, each naming its line; the message holds the first.
    """

    def __init__(self, where: str, faults: Sequence[InputError]) -> None:
        self.faults = tuple(faults)
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{where}: refused, and nothing of it was stored: {faults[0]}{more}")


class DeliveryError(FollowTheArmsError):
    """A notice that could not be written or sent; the message names where to. It is tried again in the next round."""


class LanguageModelError(FollowTheArmsError):
    """The endpoint of a language model cannot be reached, fails or does not keep its format; the message names it."""


class UsageError(FollowTheArmsError):
    """An option, a setting or a place to write to that cannot be used."""


class QueryError(UsageError):
    """A search that cannot be understood. `word` is at fault, and begins at `position`, counted from 1."""

    def __init__(self, word: str, position: int, problem: str, remedy: str) -> None:
        self.word, self.position = word, position
        super().__init__(f"{word!r}, at character {position} of the search: {problem}; {remedy}")
