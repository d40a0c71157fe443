"""Writes the pages into a folder, docs/reference if none is named."""

import sys
from pathlib import Path

from followthearms.cli.reference.pages import write

write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
