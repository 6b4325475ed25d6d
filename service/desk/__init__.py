"""What people do to alerts: load, pure change, store, all in one transaction.

acknowledge.py   "I am checking"
oncall.py        who is on call, and who instead for a time
keys.py          API keys: made, checked, removed
"""
