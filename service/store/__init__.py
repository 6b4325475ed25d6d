"""The only room with SQL.

    tables.py     what is kept, in the order data flows
    database.py   reading and writing transactions, on SQLite and PostgreSQL
    queue.py      claiming, finishing and failing rows, alike for the five stages
    the others    one file for each thing kept; functions take an open connection

Nothing here judges: functions store what they are given and find what is asked.
"""
