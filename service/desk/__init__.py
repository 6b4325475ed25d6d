"""What people do to alerts: load, pure change, store, all in one transaction.

acknowledge.py   "I am checking"
incidents.py     merge, split, move, verify
redact.py        the words of a report removed (removal.py: from each value)
keys.py          API keys: made, checked, removed
audit.py         every line of every log, as text
"""
