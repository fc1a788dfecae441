"""Columns that tell of single persons are known by their names in three languages or by their shape; published figures are not."""

import pytest

from nasssap_lib.exchange.persons import (
    ATTRIBUTE,
    IDENTIFIER,
    are_birth_years,
    are_long_numbers,
    are_metres,
    are_places,
    is_name,
    is_telephone,
    plain_name,
    shape_of,
)


@pytest.mark.parametrize(
    "name",
    [
        "Household ID", "person_id", "N° de téléphone", "Téléphone portable", "Prénom", "Nom et prénoms", "Date de naissance",
        "NIN", "CNI",
        "Matricule", "Numéro de carte", "beneficiary_name", "nom du bénéficiaire", "Adresse", "latitude", "GPS", "Teléfono",
        "Celular", "Apellidos",
        "Nombre completo", "Fecha de nacimiento", "Cédula", "DNI", "id_hogar", "código beneficiario", "Correo electrónico",
        "Dirección", "mobile number",
        "Date of birth", "year_of_birth", "National ID", "First name", "e-mail", "code ménage",
        "Matr.", "N° CNSS", "No. NSSF", "Numéro de sécurité sociale", "CNSS no", "N° dossier",
    ],
)  # fmt: skip
def test_names_of_columns_that_identify(name):
    assert IDENTIFIER.fullmatch(plain_name(name))


@pytest.mark.parametrize(
    "name",
    [
        "persons",
        "households",
        "name",
        "nom",
        "scheme",
        "children",
        "source",
        "country",
        "indicator",
        "value",
        "code",
        "members",
        "subject",
        "CNSS",
        "NSSF contributors",
        "n",
    ],
)
def test_names_of_columns_that_results_have(name):
    assert not IDENTIFIER.fullmatch(plain_name(name))


SHAPES = {
    "telephone": ["+221 77 123 45 67", "0712345678", "77-123-45-67", "(071) 234-5678"],
    "code": ["SN1234567", "SN2345678", "SN3456789", "SN4567890", "SN5678901"],
    "birth": ["1985-03-12", "12/05/1990", "3 mars 2001", "1979-01-30", "2004-11-02"],
    "place": ["14.6937, -17.4441", "14.7910,-16.9359", "(16.0179, -16.4896)"],
    "name": ["Awa Diop", "Mamadou Ndiaye", "Diop, Fatou", "M. Juan Pérez"],
    "email": ["a@b.sn", "c@d.org", "e@f.com"],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_cells_are_known_by_their_shape(shape):
    assert shape_of(SHAPES[shape]) == shape
    assert shape_of(SHAPES[shape][:2]) == "", "two are chance"
    assert shape_of(SHAPES[shape] + ["n/a"]) == shape


@pytest.mark.parametrize(
    "cells",
    [
        ["17 763 163", "8 245 119", "1 004 200", "2 450 000"], ["17,763,163", "8,245,119", "1,004,200"], ["0.19912345",
        "0.25411234", "0.12345678"],
        ["2015-2020", "2016-2021", "2017-2022", "2018-2023", "2019-2024"], ["10.0–12.5 %", "11.0–13.5 %", "12.0–14.5 %",
        "9.1–9.9 %", "3.1–4.4 %"],
        ["WPP-2024", "ILO-2023", "WB-2022", "GM-SG-2025-12", "AIO-2020"], ["C102", "C128", "C130", "R202", "C183"], ["2019",
        "2020", "2021", "2022", "2023"],
        ["Old Age Pension", "Family Cash Transfer", "School Feeding"], ["14700000", "15200000", "15800000", "16400000", "17000000"],
        ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"],
        ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4", "2028-Q1"],
    ],
)  # fmt: skip
def test_what_is_published_has_none_of_these_shapes(cells):
    assert shape_of(cells) == ""
    assert not are_long_numbers(cells)


def test_long_numbers_and_places_by_their_figures_alone():
    assert are_long_numbers(["771234567", "768765432", "781112223", "705554443", "773332221"])
    assert not are_long_numbers(["123456789", "223456781", "323456782", "423456783", "523456784"]), (
        "a series that grows"
    )
    north, west = (
        ["14.6937", "14.7910", "16.0179", "12.5605", "13.1021"],
        ["-17.4441", "-16.9359", "-16.4896", "-16.2719", "-14.2134"],
    )
    assert are_places(north, west) and are_places(west, north)
    assert not are_places(["0.1991", "0.2541", "0.3", "0.4112", "0.5001"], ["0.7123", "0.6001", "0.5", "0.4", "0.3"])
    assert not are_places(
        ["0.333333", "0.600000", "4.000000", "0.800000", "0.20001"],
        ["0.264773", "0.274583", "1.830556", "0.28519", "0.1321"],
    )


def test_single_cells():
    assert [is_telephone(text) for text in ("+1 555-123-4567", "12.05.2024", "1 234 567", "12345678")] == [
        True,
        False,
        False,
        False,
    ]
    assert [is_name(text) for text in ("Awa", "Mary Jane Smith", "maria garcia", "Saint-Louis", "Jean-Pierre Sow")] == [
        False,
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "name",
    [
        "edad",
        "Âge",
        "ingreso",
        "Sal.",
        "taille_menage",
        "score_pmt",
        "decision",
        "Sexe",
        "village",
        "toit",
        "household income",
    ],
)
def test_what_is_asked_of_a_person_is_known_by_its_name(name):
    assert ATTRIBUTE.fullmatch(plain_name(name))


@pytest.mark.parametrize("name", ["region", "cost", "share", "persons", "agency", "saldo", "passage"])
def test_names_of_results_are_no_questions(name):
    assert not ATTRIBUTE.fullmatch(plain_name(name))


def test_names_of_persons_in_further_countries():
    for name in (
        "Tsegaye Bekele",
        "Hirut Alemu",
        "Selamawit Haile",
        "Jeanne Mukamana",
        "Mwajuma Juma",
        "Bahadur Gurung",
    ):
        assert is_name(name), name
    for name in ("Addis Ababa", "Debre Markos", "Cash Plus Pilot", "Productive Safety Net"):
        assert not is_name(name), name


def test_places_at_full_precision_and_in_metres():
    north = [f"14.7{i * 7919 % 9973:04}123456789" for i in range(1, 11)]
    west = [f"-17.4{i * 7907 % 9967:04}123456789" for i in range(1, 11)]
    east = [f"39.2{i * 7907 % 9967:04}123456789" for i in range(1, 11)]
    assert (
        are_places(north, west, ["x", "y"])
        and are_places(north, west, ["p", "q"])
        and are_places(north, east, ["p", "q"])
    )
    wide = (
        [f"{40 + i * 7 % 10}.1234567890{i}" for i in range(10)],
        [f"{10 + i * 3 % 10}.1234567890{i}" for i in range(10)],
    )
    assert are_places(*wide, ["y", "x"]) and not are_places(*wide, ["men", "women"]), "computed percentages"
    metres = [str(230_000 + i * 7919 % 9973) for i in range(10)], [str(1_620_000 + i * 7907 % 9967) for i in range(10)]
    assert are_metres(["e", "n"], *metres) and are_metres(["utm_y", "utm_x"], *metres[::-1])
    assert not are_metres(["households", "persons"], *metres)
    assert not are_metres(["x", "y"], sorted(metres[0]), sorted(metres[1])), "a series that grows"


def test_years_of_births_come_again_in_no_order():
    assert are_birth_years(["1961", "1987", "1961", "2003", "1949"])
    assert not are_birth_years(["1990", "2000", "2010", "2020", "2021"])
    assert not are_birth_years(["2015", "2020", "2018", "2015", "2019"]), "years of surveys"
