"""How fast the reader is, on one core: `python -m benchmarks.reader [--documents N] [--json]`.

Every round reads documents of its own, so that nothing is read twice; the best round counts, in
process time.  The same rounds run the bare automaton over the gate's words and, where spaCy is
installed, a blank pipeline that looks for the same words: what we cost next to what anybody would.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.start import cold_start, resident
from benchmarks.texts import dense_crisis, mixed_news
from service import languages, places, signals
from service.signals.fold import fold
from service.signals.gate import gate_words, sentences, worth_reading
from service.values import Reading

LANGUAGE = "en"
PUBLISHED = date(2024, 11, 29)
ROUNDS = 5
BARE = "bare automaton scan"
SIZES = (10_000, 100_000, 1_000_000)
# What stands before each hostile text, so that the gate lets it in.
OPENING = "At least 7 people were killed and 300 families displaced in Goma when "
HOSTILE = {
    "digits": "1234567890",
    "brackets": "([{)",
    "one word": "killed ",
    "a deed and a thing": "killed people ",
    "one capital": "A",
    "capitalised words": "San Aleppo ",
}
Way = Callable[[str], object]
LEXICON = languages.lexicon(LANGUAGE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400, metavar="N", help="of each sort and round (400)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    options = parser.parse_args()
    found = measure(options.documents)
    print(json.dumps(found, indent=1) if options.json else "\n".join(shown(found)))


def measure(documents: int) -> dict[str, Any]:
    """Everything the tables show, by name."""
    return {
        "speed": speeds(documents),
        "reading": readings(documents),
        "cold start (s)": cold_start(),
        "resident (MB)": resident(),
        "linearity (us/KB)": {name: curve(text) for name, text in endless().items()},
    }


# --- speed ------------------------------------------------------------------


def ways() -> dict[str, Way]:
    """What is timed, by name, the bare scan apart."""
    found: dict[str, Way] = {
        "whole reader": read,
        "gate alone": lambda text: gate_words(fold(text), LEXICON),
    }
    return found | ({"spaCy blank pipeline": blank_pipeline()} if find_spec("spacy") else {})


def read(text: str) -> Reading:
    """As the service reads: places and evidence included."""
    return signals.read(text, LEXICON, find_places=places.finder(), published=PUBLISHED)


def blank_pipeline() -> Way:
    """spaCy's tokens, sentences and phrase matcher, without a model, looking for the gate's words."""
    nlp = import_module("spacy").blank(LANGUAGE)
    nlp.add_pipe("sentencizer")
    matcher = import_module("spacy.matcher").PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("gate", [nlp.make_doc(word) for word in LEXICON.gate_bits])
    return lambda text: matcher(nlp(text))


def speeds(documents: int) -> dict[str, dict[str, dict[str, float]]]:
    """Documents and megabytes a second of each way on each sort of text."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    timed = ways()
    for sort in ("mixed news", "dense crisis"):
        for way in timed.values():
            seconds(way, sample(sort, 20, 0))  # nothing is compiled while the clock runs
        rounds = [one_round(sample(sort, documents, number), timed) for number in range(1, ROUNDS + 1)]
        best = {way: max((each[way] for each in rounds), key=lambda pair: pair[0]) for way in rounds[0]}
        bare = best[BARE][0]
        found[sort] = {way: {"documents/s": a, "MB/s": b, "of bare scan": a / bare} for way, (a, b) in best.items()}
    return found


def sample(sort: str, documents: int, seed: int) -> list[str]:
    if sort == "dense crisis":
        return dense_crisis(documents, seed)
    return [news.text for news in mixed_news(documents, seed)]


def one_round(texts: list[str], timed: dict[str, Way]) -> dict[str, tuple[float, float]]:
    """(documents, MB) a second of each way, one after the other on the same texts."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    taken = {name: seconds(way, texts) for name, way in timed.items()}
    taken[BARE] = seconds(LEXICON.gate.find_matches_as_indexes, [fold(text) for text in texts])
    return {name: (len(texts) / time_, megabytes / time_) for name, time_ in taken.items()}


def seconds(way: Way, texts: Iterable[str]) -> float:
    start = time.process_time()
    for text in texts:
        way(text)
    return time.process_time() - start


# --- how much is read -------------------------------------------------------


def readings(documents: int) -> dict[str, float]:
    """How many sentences are read and how many signals are found in a document, on the average."""
    news = mixed_news(documents)
    ordinary = [each.text for each in news if not each.crisis]
    return {
        "sentences read per ordinary news document": statistics.fmean(map(sentences_read, ordinary)),
        "signals per ordinary news document": statistics.fmean(map(signals_found, ordinary)),
        "signals per mixed news document": statistics.fmean(signals_found(each.text) for each in news),
        "signals per dense crisis document": statistics.fmean(map(signals_found, dense_crisis(documents))),
    }


def sentences_read(text: str) -> int:
    folded = fold(text)
    hits = gate_words(folded, LEXICON)
    return len(worth_reading(hits, sentences(text, folded, LEXICON))) if hits else 0


def signals_found(text: str) -> int:
    return len(read(text).signals)


# --- does the time grow with the length only? -------------------------------


def endless() -> dict[str, str]:
    """Texts of the largest size, all of which the gate lets in."""
    size = SIZES[-1]
    pairs = zip(dense_crisis(250), mixed_news(250), strict=True)
    mixed = "\n".join(f"{crisis}\n{news.text}" for crisis, news in pairs)
    hostile = {name: OPENING + part * (size // len(part)) for name, part in HOSTILE.items()}
    return {name: text[:size] for name, text in ({"mixed crisis text": mixed} | hostile).items()}


def curve(text: str) -> dict[int, float]:
    """Microseconds a KB at each size: the best of a few runs, of fewer the longer they take."""
    return {size: min(_each(text[:size], runs)) * 1e9 / size for size, runs in zip(SIZES, (8, 4, 2), strict=True)}


def _each(text: str, runs: int) -> list[float]:
    return [seconds(read, [text]) for _ in range(runs)]


# --- tables -----------------------------------------------------------------


def shown(found: dict[str, Any]) -> Iterable[str]:
    for sort, rows in found["speed"].items():
        yield f"{sort:24}{'documents/s':>14}{'MB/s':>10}{'of bare scan':>16}"
        for way, row in rows.items():
            yield f"  {way:22}{row['documents/s']:14,.0f}{row['MB/s']:10.2f}{row['of bare scan']:16.3f}"
    yield ""
    yield from (f"{name:46}{value:8.2f}" for name, value in found["reading"].items())
    yield f"{'cold start of tocsin detect, seconds':46}{found['cold start (s)']:8.2f}"
    yield from (f"{f'{name} memory of tocsin detect, MB':46}{mb:8.1f}" for name, mb in found["resident (MB)"].items())
    yield ""
    yield f"{'microseconds a KB':24}" + "".join(f"{size // 1000:>9,} KB" for size in SIZES) + f"{'last : first':>15}"
    for name, times in found["linearity (us/KB)"].items():
        first, *_, last = times.values()
        yield f"  {name:22}" + "".join(f"{each:12.1f}" for each in times.values()) + f"{last / first:15.2f}"


if __name__ == "__main__":
    main()
