"""Health of feeds, queues and ourselves (pure): progress, not presence.

state.py       everything that is known of how Tocsin does, at one moment
problems.py    what of it is a problem: the one list that alerts, metrics and the ready page show
steadiness.py  a problem is told when it lasts, and over when it stays away
pulse.py       how a feed used to bring news, kept as it brings them
silence.py     has a feed been failing for too long?
"""
