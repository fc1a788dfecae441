"""What notebooks show of a country, recorded once a process: it takes seconds."""

from functools import cache

from stories import pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.document.compose import compose_document
from nasssap_lib.document.outline import Chapter, Outline
from nasssap_lib.document.record import Record, record_country

SMALL = ("01_stocktaking", "06_monitoring")


@cache
def recorded(country: str, language: str = "en") -> Record:
    """What two notebooks show; in another language the first alone."""
    with in_language(language, pack_of(country).translations(language), country):
        return record_country(country, language=language, notebooks=SMALL if language == "en" else SMALL[:1])


def document_of(country: str, *chapters: Chapter, language: str = "en", prose=None, by: str = "guarantee"):
    """A document of some chapters, from what is recorded."""
    with in_language(language, pack_of(country).translations(language), country):
        return compose_document(pack_of(country), recorded(country, language), Outline(chapters, by), prose)
