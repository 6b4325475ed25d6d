"""The words alerts.yaml may use: types of figures, causes, units, tags, levels, grades."""

from typing import Final

from service.values import Cause, Classification, Level, Unit

# Types by kind, as the annotation guideline names them.
DISPLACEMENT: Final = ("displaced", "evacuated", "housing")
CASUALTY: Final = ("killed", "injured", "missing")
SUSPENSION: Final = ("health", "education", "water", "power", "food", "communications", "transport", "other")
TYPES: Final = (*DISPLACEMENT, *CASUALTY, *SUSPENSION)

# What a threshold of each type counts, for editors.
MEANINGS: Final = {
    "displaced": "People displaced; families are converted",
    "evacuated": "People evacuated; families are converted",
    "housing": "Dwellings destroyed or uninhabitable",
    "killed": "People killed",
    "injured": "People injured",
    "missing": "People missing",
    "health": "Health services stopped: people without them, or facilities",
    "education": "Schools closed: people without them, or facilities",
    "water": "People without water",
    "power": "People without power",
    "food": "Food and aid stopped: people without them",
    "communications": "People without telephone or internet",
    "transport": "Roads, crossings, ports and airports closed",
    "other": "Other services stopped",
}

CAUSES: Final[tuple[Cause, ...]] = ("conflict", "disaster", "other", "unknown")
# Units besides people, whose bounds stand under a cause or under `people`.
UNITS: Final[tuple[Unit, ...]] = ("households", "dwellings", "facilities")

# What a signal can be tagged with (DESIGN section 6).
TAGS: Final = (
    "aid_worker",
    "health_care_attacked",
    "camp_or_shelter",
    "school_in_use",
    "humanitarian_operations",
    "access_denied",
    "children",
    "second_displacement",
    "idp",
    "refugee",
    "returnee",
    "migrant",
)

# CAP 1.2's severity words, in the order of weight.
LEVELS: Final = {level.name.lower(): level for level in Level if level}
LEVELS_OR_NONE: Final = {level.name.lower(): level for level in Level}

# How far what is known may travel.
CLASSES: Final = {each.name.lower(): each for each in Classification}

# The Admiralty's grades of a source, from reliable to "cannot be judged".
GRADES: Final = "ABCDEF"
