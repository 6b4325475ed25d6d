"""Text → signals, as a cascade of small pure steps; all that is known of a language is its lexicon.

fold → gate → tokens → passes (figures, things, asides) → bind → judge → dropping → sources, dates, where → once
"""

from service.signals.protocol import Mention, PlaceFinder
from service.signals.reader import read

__all__ = ["Mention", "PlaceFinder", "read"]
