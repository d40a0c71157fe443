"""What a web page says of itself, in its metadata or beside its article: each thing only if the page states it.

Invariant: the day of publication is never that of a change, of a copy or of something else on the page.
"""

from followthearms.sources.metadata.page import PageMetadata, page_metadata

__all__ = ["PageMetadata", "page_metadata"]
