"""Health of feeds, queues and ourselves (pure): progress, not presence.

readiness.py   is work getting done?
silence.py     has a feed been failing for too long?
"""
