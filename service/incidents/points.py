"""What each feature of a match is worth: points for one happening, or against it.

A point is one of log-odds.  The numbers are what `benchmarks/fit_pairs.py` prints for 1,531 reports of our own
in 217 scenarios and two replayed crises, and for 800 pairs of reports as they come in every day.  Set by hand are
`same_sentence` and `same_title`, of which these show too few; `other_hazard`, a little more than fitted, as a quake
is no flood whatever else agrees; and `published_more_sudden`, since after so long a second strike is likelier than
news of the first.
"""

from collections.abc import Mapping

# A little above an even chance (-0.1): where two happenings become one, the second rings by its rise only.
ENOUGH = 0.3
POINTS: Mapping[str, float] = {
    # Where: towns, first-level areas; `wide` for what strikes whole provinces.
    "one_spot": 0.8,
    "one_later_spot": 0.3,
    "one_area": 0.3,
    "one_area_wide": 0.8,
    "in_area_near": 0.1,
    "in_area_apart": 0.1,
    "in_area_far": -0.2,
    "in_area_unknown": 0.4,
    "in_area_wide_near": 0.7,
    "in_area_wide_apart": 0.4,
    "in_area_wide_far": 0.2,
    "in_area_wide_unknown": 0.1,
    "areas_near": 0.1,
    "areas_apart": -0.3,
    "areas_far": -1.7,
    "areas_unknown": 0.1,
    "areas_wide_near": 0.2,
    "areas_wide_apart": -0.5,
    "areas_wide_far": -1.7,
    "areas_wide_unknown": -0.6,
    "one_region": 0.1,
    "one_region_wide": 0.5,
    "nowhere": 0.1,
    "nowhere_wide": -0.3,
    # When: by the days told, else by publication; days apart; `sudden` for what is over in a day, `elsewhere` where
    # the two name different places.
    "dated_0_sudden": 1.2,
    "dated_0_sudden_elsewhere": 0.9,
    "dated_1_sudden": 0.0,
    "dated_3_sudden": -0.5,
    "dated_7_sudden": -2.1,
    "dated_more_sudden": -2.6,
    "dated_0_lasting": 1.8,
    "dated_0_lasting_elsewhere": 1.1,
    "dated_1_lasting": 0.3,
    "dated_3_lasting": 0.2,
    "dated_7_lasting": -1.1,
    "dated_more_lasting": -1.3,
    "published_0_sudden": 0.3,
    "published_1_sudden": 0.3,
    "published_3_sudden": 0.3,
    "published_7_sudden": -0.6,
    "published_more_sudden": -1.5,
    "published_0_lasting": 1.0,
    "published_1_lasting": 1.0,
    "published_3_lasting": 1.0,
    "published_7_lasting": 0.1,
    "published_more_lasting": -0.6,
    # What happened.
    "same_hazard": 0.7,
    "related_hazard": -0.1,
    "related_hazard_wide": -0.9,
    "other_hazard": -2.7,
    "other_cause": -0.6,
    # How many.
    "same_count": 0.3,
    "same_count_elsewhere": 1.0,
    "same_round_count": 0.3,
    "same_round_count_elsewhere": 0.1,
    "risen": 0.9,
    "risen_elsewhere": 0.5,
    "fallen": -1.1,
    "corrected": 0.7,
    "other_figures": -0.6,
    # How it is told.
    "same_sentence": 3.2,
    "same_title": 1.0,
    "name": 0.9,
    "names": 0.9,
    "another": -3.0,
    "same_source": 0.4,
    # How many names of the facts of either the other gives too; `of_one` where only one of them gives names.
    "heard_0": -3.0,
    "heard_1": -0.1,
    "heard_2": 0.9,
    "heard_3": 0.9,
    "heard_0_wide": -1.9,
    "heard_1_wide": 0.6,
    "heard_2_wide": 1.1,
    "heard_3_wide": 1.2,
    "heard_of_one_0": -1.0,
    "heard_of_one_1": 0.4,
    "heard_of_one_2": 0.5,
    "heard_of_one_0_wide": -1.0,
    "heard_of_one_1_wide": 0.8,
    "heard_of_one_2_wide": 0.8,
}
