"""What people answer, read: a code, and what to do (pure).

text.py     a few words → the code and the act
words.py    the words for each act, by language (data)
letter.py   the bytes of a mail → its sender and the words that answer, or that no person wrote it
sender.py   words that came in, and whose they are
signed.py   a gateway's signed request → its sender and the words
"""
