"""The whole path once, on this machine alone.

    street.py   a loopback server: it serves the feed and receives the messages
    feed.xml    the example: one invented report
    story.py    what happens, step by step
"""
