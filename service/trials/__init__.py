"""Rules and texts tried out without any service: nothing here is stored, and nothing rings.

told.py       reports given as JSON Lines → figures → incidents, judged as the running service would
replay.py     an incident's figures → what would have rung, under several versions of the rules
compare.py    two outcomes → what appears, vanishes, rises, falls
backtest.py   stored or given history → outcomes under old and new rules
reread.py     kept texts read again → which figures differ, and what that does to alerts
answer.py     why a figure did not ring
missed.py     why a report or a text did not ring: the stage that dropped it
suggest.py    how many alerts a week a ladder of bounds would have yielded
"""
