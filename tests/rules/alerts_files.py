"""The alerts.yaml files of these tests, and what their rules may name."""

import re
from dataclasses import dataclass
from pathlib import Path

from service.rules import Known

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "alerts.yaml"
SMALL = (HERE / "good" / "small.yaml").read_text(encoding="utf-8")

KNOWN = Known(
    feed_kinds={"rss"},
    channel_kinds={"slack", "email", "sms", "push"},
    waking_kinds={"sms", "push"},
    languages={"en", "fr"},
    countries={"SYR", "LBN", "UKR", "SDN", "URY", "TUR", "JOR", "IRQ", "PSE"}
    | {"SSD", "MMR", "COD", "CAF", "ETH", "TCD", "BFA", "MLI", "NER"}
    | {"PHL", "BGD", "IND", "CHN", "JPN", "VNM", "CUB", "USA"},
    admin1={"SYR": ("Aleppo", "Idlib", "Homs")},
)

# The first lines of a bad file: `# LINE:COLUMN words of the message`, one for each mistake.
EXPECTED = re.compile(r"# (\d+):(\d+) (.+)")
SECTION = re.compile(r"^([a-z_]+):.*\n(?:(?: .*)?\n)*", re.MULTILINE)
TYPE = re.compile(r"^  ([a-z]+):.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Bad:
    """A file with mistakes, and where it says they are."""

    text: str
    expected: list[tuple[int, int, str]]


def bad(path: Path) -> Bad:
    """A bad file, completed from the small good one unless its comments say `alone`."""
    text = path.read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("# ")]
    expected = [(int(m[1]), int(m[2]), m[3]) for line in head if (m := EXPECTED.fullmatch(line))]
    return Bad(text if "# alone" in head else completed(text, head), expected)


def completed(text: str, head: list[str]) -> str:
    """The text, then every section of the small file that it lacks (but those its comments leave out).

    Thresholds are completed type by type; they have to be the last section of the text.
    """
    left_out = {line.removeprefix("# without ") for line in head}
    sections = {match[1]: match[0] for match in SECTION.finditer(SMALL)}
    if re.search(r"^thresholds:$", text, re.MULTILINE):
        types = {match[1]: match[0] for match in TYPE.finditer(sections["thresholds"])}
        text += "".join(line for name, line in types.items() if not _has(text, f"  {name}") and name not in left_out)
    return text + "".join(
        section for name, section in sections.items() if not _has(text, name) and name not in left_out
    )


def _has(text: str, key: str) -> bool:
    return re.search(rf"^{key}:", text, re.MULTILINE) is not None
