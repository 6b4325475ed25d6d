"""What people do to alerts: load, pure change, store, all in one transaction.

acknowledge.py   "I am checking"
keys.py          API keys: made, checked, removed
"""
