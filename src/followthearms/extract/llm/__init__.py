"""The third voice of the reader, off unless it is asked for: a language model behind an OpenAI-compatible endpoint.

Invariant: it only points at words. What it points at must stand in the text and be a mention that our finders found;
codes, numbers, days, modality and negation are never the model's. All that is dropped is counted.
"""

from followthearms.extract.llm.endpoint import Endpoint
from followthearms.extract.llm.heard import Drop, Heard, Level, Tally
from followthearms.extract.llm.prompt import Limits
from followthearms.extract.llm.voice import LanguageModel

__all__ = ["Drop", "Endpoint", "Heard", "LanguageModel", "Level", "Limits", "Tally"]
