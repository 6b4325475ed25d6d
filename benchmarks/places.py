"""What finding places costs: `python -m benchmarks.places`."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

from service.places import finder
from service.places.gazetteer import PACKED
from service.places.packed import Table

DENSE = """Shelling of El Fasher kills dozens as thousands flee towards Tawila
EL FASHER, Sudan (Agency) - At least 45 people were killed and more than 80 injured on Monday when shells hit a
market in El Fasher, the capital of North Darfur, a doctor at the Saudi Hospital said. Fighters of the Rapid
Support Forces have besieged the city since May 2024 and control most of Darfur, including Nyala in South
Darfur, El Geneina in West Darfur and Zalingei in Central Darfur. The Sudanese army said it had repelled an
attack on the Abu Shouk camp. In Khartoum the governor, Ahmed Othman, told reporters that aid convoys from Port
Sudan had been stopped near Kutum for the third time this month. The International Organization for Migration
counted 12,000 newly displaced people in Tawila and in the villages west of the Zamzam camp. Mariam Adam, who
walked for two days with four children, said armed men took their donkeys and their food. "We left everything in
Zamzam," she said. Doctors Without Borders said its clinic in Tawila treated 210 wounded people within a week.
The United Nations warned that food would run out in Kordofan too, where El Obeid and Kadugli are cut off.
Across the border in Chad, more than 3,000 people arrived in Adre and Farchana, the refugee agency said. Talks
in Jeddah and Geneva have failed to bring a truce; Egypt, Saudi Arabia and the United States called on both
sides to let trucks through at Adre. The hospital, which lost its power on Friday, is one of the last that still
work in the state. Schools have been closed since April, and water is sold by the barrel. The army took back
Omdurman last year and holds Wad Madani, Sennar and Kassala in the east, while fighting goes on around Babanusa.
Residents of Mellit said that drones struck the fuel market at night and that a family of six was buried under a
house. "There is no safe road left to Libya or to Chad," said Hassan Ibrahim, a teacher. The price of sorghum
has tripled since January. The World Food Programme said 25 trucks with flour are waiting in Tine, and that the
rains will close the road by July. Aid workers called the siege the worst of the war, and asked the Security
Council to act before more people starve to death.
"""
PLAIN = """Floods cut off towns in Beledweyne after the river bursts its banks
MOGADISHU, Somalia - At least 32 people have died and more than 240,000 were forced to leave their homes after days of
heavy rain made the Shabelle burst its banks in Hiraan, officials and aid workers said on Tuesday. In Beledweyne nine in
ten people have fled the low parts of the town, where the water stands as high as the roofs of the smaller houses. Boats
took patients out of the general hospital, which had to close its maternity ward and its store of vaccines. "We carried
my mother on a door," said Halima Abdi, who now sleeps with her five children under a sheet of plastic on a hill beside
the airstrip. Most families left with nothing but what they wore. The price of drinking water has doubled within a week,
and latrines in the camps have collapsed, which raises the fear of cholera. The bridge on the road towards Bulo Burte
was washed away on Sunday, so that lorries with food have to wait on the other side. Farther south the rain has damaged
fields of maize and sesame shortly before the harvest in Jowhar and Balad. In Baidoa, where many people displaced by the
drought of last year live in tents, about 1,900 shelters were destroyed. The government declared a state of emergency
and asked its partners for boats, tents and medicine. Ethiopia and Kenya have seen the same storms: in Mandera a wall
fell on a family of four, and near Gode the river carried away some 300 head of cattle. The United Nations released 25
million dollars from its emergency fund. A spokesman said that the worst may be still to come, because the water that
fell in the highlands of Ethiopia needs about ten days to arrive. Forecasts speak of more rain until the end of the
month. Schools in the district stay closed, and teachers sleep in the classrooms of the few that stand on higher ground.
Elders asked the young to help the old people reach the camps before dark, when crocodiles come close to the houses. The
health ministry counted 94 cases of acute watery diarrhoea within three days, most of them children below five years. A
nurse said that two of her colleagues had not been seen since their house fell in, and that nobody had yet been able to
look for them because the current was too strong. Farmers wait for seed, and herders for fodder that has become scarce.
"""


def main() -> None:
    """Print what the parts cost, in microseconds."""
    print(f"import, hand list and table opened: {_cold_start():8.1f} ms (interpreter's start not counted)")
    print(f"table opened:                       {_micros(lambda: Table(PACKED), 50) / 1000:8.2f} ms")
    names = _names()
    table = Table(PACKED)
    print(
        f"look-up in the table, no cache:     {_micros(lambda: [table.find(n) for n in names], 5) / len(names):8.2f} us"
    )
    find = finder()
    for name, article in (("plain", PLAIN), ("dense", DENSE)):
        start = time.perf_counter()
        found = find(article)
        first = (time.perf_counter() - start) * 1e6
        print(f"{name} article, {len(article):,} characters, {_capitals(article)} capitalised, {len(found)} places:")
        print(f"    first {first:.0f} us, again {_micros(partial(find, article), 300):.0f} us")
    for name, text in HOSTILE.items():
        print(f"{name + ':':36}{_micros(partial(find, text), 1) / 1e6:8.3f} s")


HOSTILE = {
    "1 MB of one capital": "A" * 1_000_000,
    "1 MB of spaces": " " * 1_000_000,
    "1 MB of capitalised words": "San Aleppo " * 90_000,
    "1 MB of hyphens and capitals": "A-" * 500_000,
}


def _micros(work: Callable[[], object], times: int) -> float:
    """The best of a few runs: what the work costs without the neighbours' noise."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1e6


def _cold_start() -> float:
    code = "import time; t = time.perf_counter(); from service.places import finder; finder()"
    code += "; print(time.perf_counter() - t)"
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True) for _ in range(5))
    return min(float(run.stdout) for run in runs) * 1000


def _capitals(text: str) -> int:
    return sum(word[0].isupper() for word in text.split())


def _names() -> list[str]:
    keys = Table(PACKED).all_keys()
    return random.Random(1).sample(keys, 5000)


if __name__ == "__main__":
    main()
