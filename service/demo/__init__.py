"""The whole path once, on this machine alone.

street.py   a loopback server: it serves the feed and receives the messages
feed.xml    the example: one invented report
alerts.yaml the rules it is judged by
story.py    what happens, step by step
"""
