"""Signals become incidents (pure).

match.py      which open incident a report belongs to, or a new one
figures.py    what is said of each facet: recommended, parts, others
area.py       what people would call the place
assemble.py   all figures of a happening → Incident
level.py      an incident against the thresholds → Assessment
"""
