"""Signals become incidents (pure).

accounts.py   what one report tells of one happening
ground.py     where it plays: towns, areas, distances      hazards.py  which hazards go together
profile.py    what tells an incident from others
features.py   what the two have in common, in words        points.py   what each is worth
match.py      is an account of an incident?
pins.py       what officers decided of figures → rulings
gather.py     the figures of a country → which are of one incident, and why
origins.py    whose figure it is, and its grade
figures.py    what is said of each facet: recommended, parts, others
grading.py    agreement, contradiction, correction
area.py       what people would call the place
assemble.py   all figures of a happening → Incident
bounds.py     which bounds a figure is held against
level.py      an incident against the thresholds → Assessment
axes.py       urgency, certainty, and whether it is over
"""
