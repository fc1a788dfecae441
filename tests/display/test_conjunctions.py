"""Spanish conjunctions before words of all beginnings, by the examples of the Diccionario panhispánico de dudas."""

import pytest

from nasssap_lib.display.texts import in_language, ngettext
from nasssap_lib.display.words import join_words
from nasssap_lib.priorities.words import either


@pytest.mark.parametrize(
    ("first", "last", "joined"),
    [
        ("Becas", "Incentivos", "Becas e Incentivos"),
        ("padres", "hijos", "padres e hijos"),
        ("“Becas”", "“Índice”", "“Becas” e “Índice”"),
        ("INJUPEMP", "IHSS", "INJUPEMP e IHSS"),
        ("cobre", "hierro", "cobre y hierro"),
        ("agua", "hielo", "agua y hielo"),
        ("tú", "yo", "tú y yo"),
        ("vejez", "maternidad", "vejez y maternidad"),
    ],
)
def test_and_becomes_e_before_its_own_sound(first, last, joined):
    with in_language("es"):
        assert join_words([first, last]) == joined


@pytest.mark.parametrize(
    ("first", "last", "joined"),
    [
        ("siete", "ocho", "siete u ocho"),
        ("mujer", "hombre", "mujer u hombre"),
        ("“Pensión”", "“Otra”", "“Pensión” u “Otra”"),
        ("A", "B", "A o B"),
    ],
)
def test_or_becomes_u_before_its_own_sound(first, last, joined):
    with in_language("es"):
        assert either([first, last]) == joined


def test_a_number_is_read_as_a_word():
    def more(n):
        return ngettext("{names} or {n} more", "{names} or {n} more", n, names="A", n=n)

    with in_language("es"):
        assert [more(n) for n in (8, 11, 110, 3)] == ["A u 8 más", "A u 11 más", "A o 110 más", "A o 3 más"]


def test_other_languages_keep_theirs():
    assert join_words(["Becas", "Incentivos"]) == "Becas and Incentivos"
    with in_language("fr"):
        assert join_words(["Vie", "Invalidité"]) == "Vie et Invalidité"
