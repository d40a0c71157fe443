"""What can become of an input that is given to be read."""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """What became of an input."""

    READ = "read"  # its document and claims are there
    FOREIGN = "other language"  # its document is there, without claims, as its language is not read
    DROPPED = "dropped"  # the screen found nothing of the arms trade in it
    UNREADABLE = "unreadable"
    QUARANTINED = "quarantined"  # reading it failed, or took more time or memory than it may
