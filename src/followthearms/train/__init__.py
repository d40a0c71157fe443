"""From annotated articles to the tagger's model. Needs the extra [train]; nothing here runs when articles are read."""

from followthearms.train.loop import Epoch, Settings
from followthearms.train.training import TrainingReport, train

__all__ = ["Epoch", "Settings", "TrainingReport", "train"]
