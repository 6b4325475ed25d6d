"""Happenings for kill tests: each in a country of its own, so that none is taken for another."""

from benchmarks.articles import TOWNS
from tests.story.articles import item

PLACES = (
    *TOWNS,
    ("Mosul", "Iraq"),
    ("Gao", "Mali"),
    ("Djibo", "Burkina Faso"),
    ("Quetta", "Pakistan"),
    ("Benghazi", "Libya"),
    ("Malakal", "South Sudan"),
    ("Mekelle", "Ethiopia"),
    ("Bambari", "the Central African Republic"),
    ("Diffa", "Niger"),
    ("Pemba", "Mozambique"),
    ("Tripoli", "Lebanon"),
    ("Cali", "Colombia"),
    ("Maroua", "Cameroon"),
    ("Bujumbura", "Burundi"),
)
BODY = """<p>At least {killed} civilians were killed in an attack on {town} in {country} on Thursday,
the United Nations said.</p>"""


def happening(number: int) -> str:
    """The item of a feed that tells of it."""
    town, country = PLACES[number]
    return item(
        "wire", f"attack-{number}", f"Attack on {town}", BODY.format(killed=31 + number, town=town, country=country)
    )


def words(number: int) -> str:
    """What a message about it says, and about no other."""
    return f"at least {31 + number} civilians"
