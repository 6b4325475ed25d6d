"""`tocsin up`: one parent, and what it starts.

broker.py       the embedded broker: a Valkey on a Unix socket
child.py        one child process: started, watched, remembered by its last words
supervisor.py   keeps children alive until it is told to stop them all
tether.py       how a child learns that its parent is gone
"""
