"""What people do: load, pure change, store, all in one transaction.

alerts.py       acknowledge, assign, remark, put off, close, open again
answers.py      the same by a few words from a telephone or a mail
silences.py     what shall not ring for a time
oncall.py       who is on call, and who instead for a time
incidents.py    merge, split, move, verify
redact.py       the words of a report removed (removal.py: from each value)
keys.py         API keys: made, checked, removed
audit.py        every line of every log, as text
"""
