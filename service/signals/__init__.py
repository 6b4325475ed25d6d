"""Text → signals, as a cascade of small pure steps; all that is known of a language is its lexicon.

fold → sentences → gate → terms → amounts → chunks → bind → judge → sources, dates, where → once
"""

from service.signals.protocol import Mention, PlaceFinder
from service.signals.reader import read

__all__ = ["Mention", "PlaceFinder", "read"]
