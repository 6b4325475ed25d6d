"""What to send, to whom, when and why (pure).

decide.py   what an incident's figures do to its alert, with a named reason
route.py    who is told
oncall.py   who is on call, when one hands over to the next, when nobody is
hours.py    when teams are at work
"""
