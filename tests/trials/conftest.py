"""A plant that has worked through a small history, and commands run on its database."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from service.cli import main
from tests.flow.conftest import Plant, plant
from tests.story.articles import feed, item

__all__ = ["plant"]

ALEPPO = (
    "<p>At least {killed} civilians were killed in shelling of Aleppo in Syria on Thursday, the Red Cross said.</p>"
)
KHARKIV = "<p>Four civilians were killed in shelling of Kharkiv in Ukraine on Thursday, officials said.</p>"
HOMS = "<p>Two civilians were killed in shelling of Homs in Syria on Thursday, the United Nations said.</p>"
WAR = "<p>About 1,200 civilians were killed in the 2006 war in Lebanon.</p>"
FOOTBALL = "<p>The champions were displaced at the top of the table. Two players were injured in the match.</p>"
ARABIC = "<p>قُتل ما لا يقل عن تسعة عشر مدنياً في غارات جوية على المدينة يوم الخميس، بحسب منظمة الإغاثة.</p>"
OLD = "Mon, 18 Nov 2024 18:30:00 GMT"


@dataclass
class Trials:
    """Commands on the database of a plant."""

    plant: Plant
    capsys: pytest.CaptureFixture[str]
    folder: Path

    def run(self, *arguments: str, status: int = 0) -> str:
        self.capsys.readouterr()
        assert main(list(arguments)) == status
        return self.capsys.readouterr().out

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))

    def changed(self, *changes: tuple[str, str]) -> str:
        """The path of the rules in force with some of their text changed."""
        text = (self.folder / "alerts.yaml").read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = self.folder / "new.yaml"
        path.write_text(text)
        return str(path)


@pytest.fixture
def trials(
    plant: Plant,
    tmp_path: Path,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Trials:
    """After an evening's news: a strike told twice, one in Ukraine, one too small, and what is no news to us."""
    stories = (
        item("wire", "1", "Shelling of Aleppo", ALEPPO.format(killed=12)),
        item("wire", "2", "Shelling of Kharkiv", KHARKIV),
        item("wire", "3", "Shelling of Homs", HOMS),
        item("wire", "4", "A war remembered", WAR),
        item("wire", "5", "Champions beaten", FOOTBALL),
        item("wire", "6", "Long ago", HOMS, published=OLD),
    )
    plant.newsroom.publish("/wire", feed("wire", *stories))
    plant.turn()
    later = item("other", "8", "Aleppo shelled", ALEPPO.format(killed=12), published="Thu, 28 Nov 2024 18:33:00 GMT")
    arabic = item("other", "7", "غارات جوية", ARABIC)
    plant.newsroom.publish("/other", feed("other", later, arabic).replace("<language>en", "<language>ar"))
    plant.pass_time(minutes=5)
    plant.turn()
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    monkeypatch.setenv("TOCSIN_DATABASE_URL", database_url)
    monkeypatch.setenv("TOCSIN_RULES", str(tmp_path / "alerts.yaml"))
    monkeypatch.setenv("TOCSIN_CLOCK", str(tmp_path / "clock"))
    monkeypatch.setenv("TOCSIN_SECRET", "a secret for these tests")
    return Trials(plant, capsys, tmp_path)
