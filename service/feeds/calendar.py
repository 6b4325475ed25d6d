"""Names of months and days as feeds write them, in nine languages, and of time zones."""

import unicodedata
from collections import defaultdict

# One line a language, January to December; other forms after a bar, two-word names with an underscore.
MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar|jänner februar märz|maerz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ru": "январь|января февраль|февраля март|марта апрель|апреля май|мая июнь|июня июль|июля"
    " август|августа сентябрь|сентября октябрь|октября ноябрь|ноября декабрь|декабря",
    "uk": "січень|січня лютий|лютого березень|березня квітень|квітня травень|травня червень|червня"
    " липень|липня серпень|серпня вересень|вересня жовтень|жовтня листопад|листопада грудень|грудня",
    # Egypt and the Gulf, then Iraq and the Levant, then the Maghreb.
    "ar": "يناير|كانون_الثاني|جانفي فبراير|شباط|فيفري مارس|آذار أبريل|نيسان|أفريل مايو|أيار|ماي يونيو|حزيران|جوان"
    " يوليو|تموز|جويلية أغسطس|آب|أوت سبتمبر|أيلول|شتنبر أكتوبر|تشرين_الأول نوفمبر|تشرين_الثاني|نونبر"
    " ديسمبر|كانون_الأول|دجنبر",
}
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"

# Hours east of Greenwich (RFC 5322 for North America, tz database for the rest). Names that
# stand for several zones (IST, BST in Asia, CST in China) are read as feeds mostly mean them.
ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "wat": 1,
    "cest": 2, "mesz": 2, "cat": 2, "sast": 2, "eet": 2, "eest": 3, "eat": 3, "msk": 3, "trt": 3, "ast": -4,
    "gst": 4, "aft": 4.5, "pkt": 5, "ist": 5.5, "npt": 5.75, "mmt": 6.5, "ict": 7, "wib": 7, "wita": 8, "hkt": 8,
    "sgt": 8, "pht": 8, "awst": 8, "wit": 9, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13, "adt": -3, "brt": -3, "art": -3, "est": -5, "edt": -4, "cot": -5, "pet": -5, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip


def folded(text: str) -> str:
    """Lower case, without accents, with the digits 0 to 9 whatever script wrote them."""
    if text.isascii():
        return text.lower()
    bare = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in bare)


def _numbers(months: dict[str, str]) -> dict[str, int]:
    """Every full name, and every beginning of three letters or more that fits one month only."""
    meanings: dict[str, set[int]] = defaultdict(set)
    full: dict[str, int] = {}
    for line in months.values():
        for number, names in enumerate(line.split(), start=1):
            for one in folded(names).split("|"):
                full[one] = number
                for length in range(3, len(one)):
                    meanings[one[:length]].add(number)
    return {word: min(fits) for word, fits in meanings.items() if len(fits) == 1} | full


MONTH_NUMBERS = _numbers(MONTHS)
TWO_WORDS = {word.replace("_", " "): word for word in MONTH_NUMBERS if "_" in word.strip("_")}
WEEKDAY_NUMBERS = {day[:3]: number for number, day in enumerate(WEEKDAYS.split())}
