"""Reports: an item made readable.

plain_text.py   HTML → the words a reader would see
report.py       item → report, its fingerprint, and the key by which it is known again
"""

from service.reports.html_text import plain_text
from service.reports.report import fingerprint, report_from, seen_key

__all__ = ["fingerprint", "plain_text", "report_from", "seen_key"]
