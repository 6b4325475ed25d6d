"""read and assign: signals become incidents, whatever else the report says."""

from tests.flow.conftest import Plant
from tests.story.articles import feed, item

ALEPPO = """<p>At least 31 civilians were killed in shelling of Aleppo in Syria on Thursday, the United
Nations said.</p>
<p>In neighbouring Lebanon about 1,200 civilians were killed in the 2006 war.</p>"""
TYRE = "<p>At least 45 civilians were killed in an air strike on Tyre in Lebanon on Thursday, the Red Cross said.</p>"


def test_history_elsewhere_does_not_block_that_country(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", item("wire", "1", "Shelling of Aleppo", ALEPPO)))
    plant.turn()
    plant.newsroom.publish("/other", feed("other", item("other", "2", "Air strike on Tyre", TYRE)))
    plant.pass_time(minutes=2)
    plant.turn()
    assert plant.rows("SELECT country FROM incident ORDER BY id") == [("SYR",), ("LBN",)]
    assert plant.rows("SELECT error FROM cell WHERE error IS NOT NULL") == []


def test_every_figure_is_appended_once(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", item("wire", "1", "Shelling of Aleppo", ALEPPO)))
    plant.newsroom.publish("/other", feed("other", item("other", "9", "Aleppo shelled", ALEPPO)))
    plant.turn()
    assert plant.rows("SELECT count(*) FROM incident") == [(1,)]
    assert plant.rows("SELECT count(*), count(DISTINCT id) FROM figure") == plant.rows(
        "SELECT count(*), count(DISTINCT id) FROM signal WHERE incident_id > 0"
    )


def test_a_text_in_a_language_we_do_not_read_is_counted_as_not_read(plant: Plant) -> None:
    arabic = "<p>قُتل ما لا يقل عن تسعة عشر مدنياً في غارات جوية على المدينة يوم الخميس، بحسب منظمة الإغاثة.</p>"
    plant.newsroom.publish(
        "/wire", feed("wire", item("wire", "1", "غارات جوية", arabic)).replace("<language>en", "<language>ar")
    )
    plant.turn()
    assert plant.rows("SELECT outcome, count FROM daily_count") == [("not_read", 1)]
