"""What to send, to whom, when and why (pure).

decide.py      what an incident's figures do to its alert, with a named reason
life.py        what news and time do to it; acts.py: what officers do
escalation.py  each route's steps, one after another, then again
upcoming.py    what happens next by itself
telling.py     notices, numbered; notes.py: the sentence that says why now
silencing.py   what a silence would hide, and whether that is too much
hold.py        what waits for quiet hours, a digest, the hourly cap
route.py       who is told; watch.py: who that is at a moment
oncall.py      who is on call, when one hands over to the next, when nobody is
hours.py       when teams are at work
brief.py       what one who comes in should know; drill.py: exercises
"""
