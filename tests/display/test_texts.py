"""One door for texts: catalogues, plurals, names of packs, reasons, and a language that shows what was left out."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from nasssap_lib.display import texts
from nasssap_lib.display.texts import (
    _,
    current_language,
    in_language,
    join_sentences,
    label,
    languages,
    named,
    ngettext,
    reason_words,
    use_language,
)
from nasssap_lib.errors import NasssapError, ParameterError


@pytest.fixture
def german(tmp_path, monkeypatch):
    """A language that nobody has written a line of code for: one file."""
    catalogue = Catalog(locale="de")
    catalogue.add("Women", "Frauen")
    catalogue.add("Men", "Männer", flags=["fuzzy"])
    catalogue.add(("{n} figure", "{n} figures"), ("{n} Zahl", "{n} Zahlen"))
    catalogue.add("{sex} are not reached", "Nicht erreicht: {sex}")
    with (tmp_path / "de.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(texts, "CATALOGUES", tmp_path)
    texts._catalogue.cache_clear()
    yield
    texts._catalogue.cache_clear()


def test_a_place_of_a_text_may_have_any_name():
    assert _("{text} · {count}", text="a", count=2) == "a · 2"
    assert ngettext("{one} of {count}", "{many} of {count}", 2, one="a", many="b", count=3) == "b of 3"


def test_a_catalogue_is_a_language(german):
    assert languages() == ["en", "de"]
    with in_language("de"):
        assert _("Women") == "Frauen"
        assert [ngettext("{n} figure", "{n} figures", n, n=n) for n in (1, 2)] == ["1 Zahl", "2 Zahlen"]
        assert _("{sex} are not reached", sex=_("Women")) == "Nicht erreicht: Frauen"


def test_what_a_translator_has_not_confirmed_is_not_used(german):
    with in_language("de"):
        assert _("Men") == "Men"


def test_the_header_of_a_catalogue_is_no_text(german):
    with in_language("de"):
        assert _("") == ""


def test_a_language_ends_with_its_block_also_after_an_error():
    with pytest.raises(RuntimeError), in_language("fr"):
        assert current_language() == "fr"
        raise RuntimeError
    assert current_language() == "en"


@pytest.mark.parametrize("language", ["french", "FR", "../fr", "xx"])
def test_an_unknown_language_is_refused_with_those_that_there_are(language):
    with pytest.raises(ParameterError, match=f"language: expected one of {', '.join(languages())}"):
        use_language(language)


def test_the_pseudo_language_marks_every_text_and_no_name():
    with in_language("qps", {"Fund": "Caisse"}):
        assert _("Women") == "⟦Women⟧"
        assert label({"a": "Old age"}, "a") == "⟦Old age⟧"
        assert label({"a": "Old age"}, "b") == "b"
        assert named("Fund") == "Caisse"
        assert reason_words("") == ""
        assert join_sentences([_("One."), "", _("Two.")]) == "⟦⟦One.⟧ ⟦Two.⟧⟧"


def test_braces_of_a_value_are_no_places():
    assert _("{country} first", country="{x}") == "{x} first"


@pytest.mark.parametrize(
    "msgid,msgstr",
    [
        ("Figure {number}", "Abbildung"),  # the number would be gone
        ("Figure {number}", "Abbildung {number} {foo}"),  # a place that nobody fills
        ("Figure {number}", "Abbildung {number"),
    ],
)
def test_a_translation_with_other_places_is_named_with_its_catalogue(tmp_path, monkeypatch, msgid, msgstr):
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    (tmp_path / "de.po").write_text(f'{header}\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n', encoding="utf-8")
    monkeypatch.setattr(texts, "CATALOGUES", tmp_path)
    texts._catalogue.cache_clear()
    with (
        pytest.raises(NasssapError, match=r"de\.po: translation of 'Figure {number}': expected the places {number}"),
        in_language("de"),
    ):
        _("Figure {number}", number=1)
    texts._catalogue.cache_clear()


@pytest.mark.parametrize("content", [b"\xff\xfe broken", b'msgid "half'])
def test_a_catalogue_that_cannot_be_read_is_named(tmp_path, monkeypatch, content):
    (tmp_path / "de.po").write_bytes(content)
    monkeypatch.setattr(texts, "CATALOGUES", tmp_path)
    texts._catalogue.cache_clear()
    with pytest.raises(NasssapError, match=r"de\.po: not a catalogue that can be read"), in_language("de"):
        _("Women")
    texts._catalogue.cache_clear()


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u202a", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\x1b", "\u2028", "\xad", "\x85"]
)
def test_a_name_steers_no_line_in_which_it_stands(sign):
    assert named(f"Fund{sign} of{sign} all") == "Fund of all"


@pytest.mark.parametrize("name", ["ශ්‍රී ලංකා", "می‌خواهم", "الحماية", "Ọ̀ṣun", "a\tb\nc", "60\xa0%", "œ 😀"])
def test_what_words_need_stays_in_them(name):
    assert named(name) == name
