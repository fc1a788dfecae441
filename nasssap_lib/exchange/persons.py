"""What tells a column about single persons: its name in English, French or Spanish, or the shape of its cells alone.

Telephone numbers, codes of cards, dates of birth, places and names of persons have shapes that no published figure has.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

FEWEST_CELLS = 3  # so many different cells of one shape are no chance
FEWEST_CODES = 5
MOST = 0.6  # of the cells that say something
WORD = r"(?:de_la|de_los|de_las|de_l|du|des|de|d|del|of_the|of|la|le|l|el)_"
PERSON = (
    r"(?:person|individual|indiv|member|household|hh|respondent|interview|resp|beneficiary|recipient|claimant|applicant|pensioner"
    r"|patient|insured|worker|employee|child|mother|head|menage|individu|personne|beneficiaire|enquete|assure|membre|chef|patient"
    r"|hogar|persona|individuo|beneficiario|miembro|afiliado|asegurado|encuestado|jefe)"
)
NUMBERED = r"(?:id|no|nr|num|number|code|key|numero|codigo|clave|identifiant|identificador|matricule|ref)"
IDENTIFIER = re.compile(
    r"(?:person|individual|indiv|member|household|hh|respondent|interview|resp)_?(?:id|no|nr|num|number|code|key)?"
    rf"|{PERSON}_?{NUMBERED}|{NUMBERED}_?(?:{WORD})?{PERSON}"
    r"|subject_?(?:id|no|nr|num|number|code|key)"  # a subject alone is what a row is about
    r"|pid|hhid|idhh|idno|hid|hv001|hhid_\w+|menage|individu|hogar|persona|uuid|guid|participant_?\w*"
    r"|national_id|nid|nin|nni|cni|cin|nic|id_?card\w*|id_?number|passport\w*|passeport\w*|pasaporte\w*|cedula\w*|dni|curp|rut|nuip|ssn"
    rf"|(?:social_security|insurance|file|card|account)_(?:no|number)|numero_(?:{WORD})?(?:securite_sociale|carte|dossier|compte|cuenta|seguro_social)"
    r"|matr(?:icule)?s?|num_?documento|documento(?:_identidad)?|(?:carte|piece)_(?:d_)?identite|identite|identidad"
    r"|(?:\w+_)?(?:phone|telephone|tel|mobile|cellphone|gsm|whatsapp|msisdn|celular|movil|telefono)(?:_(?:no|number|numero|portable|movil|mobile|fijo|fixe|\d))?"
    r"|date_of_birth|dob|birth_?date|birthday|(?:date_)?(?:de_)?naissance|ddn|ne_le|(?:fecha_)?(?:de_)?nacimiento|fec_nac"
    r"|(?:year|annee|ano|anio)_(?:of_|de_)?(?:birth|naissance|nacimiento)|birth_?year"
    r"|first_?name|last_?name|surname|full_?name|given_?name|family_?name|forename|prenoms?|nom_(?:de_famille|complet|et_prenoms?|prenoms?)"
    rf"|apellidos?(?:_\w+)?|nombres?_(?:y_)?apellidos?|nombre_completo|{PERSON}_name|(?:name|nom|nombre)_(?:{WORD})?{PERSON}"
    r"|e_?mail(?:_address)?|courriel|correo(?:_electronico)?|home_address|street_address|adresse|direccion|domicile|domicilio"
    r"|(?:n|no|nr|nro|num|numero|number)_(?:de_|d_)?(?:cnss?|cnps|ipres|css|ipm|cnas|cns|inps|nss|niss|nif|nssf|nhif|sha|ssnit|rssb|ejeheza|psssf|zssf|napsa|epf|etf|ihss|imss"
    r"|igss|isss|ccss|afp|rtn|tin|assurance|securite_sociale|matricule|dossier)|(?:cnss?|cnps|inps|nssf|ssnit|napsa|epf|ihss|imss|insurance|assurance)_(?:n|no|nr|id|num|numero|number)"
    r"|(?:gps_?)?(?:latitude|longitude|latitud|longitud|lat|lon|lng)|gps|gps_?coord\w*|coordonnees|coordenadas|coordinates"
)
ATTRIBUTE = re.compile(  # what is asked of a person or a household and decided about it, a row each
    r"(?:age|edad|hh_?size|household_size|taille(?:_du)?_menage|tamano(?:_del)?_hogar|n_?miembros)(?:_\w+)?"
    r"|(?:\w+_)?(?:income|revenus?|ingresos?|wages?|sal|salaires?|salarios?|salary|montant|monto|pmt|expenditure|depenses?|gasto)"
    r"|(?:score|puntaje|pmt|revenu|ingreso|income|salaire|montant)(?:_\w+)?|decision|eligib\w*|statut|status|estado_civil|marital\w*|etat_civil|situation_matrimoniale"
    r"|sexe?|sexo|gender|genre|genero|village|quartier|barrio|aldea|hameau|toit|toiture|roof|techo|sol|floor|piso|murs?|walls?|paredes|ethnie|ethnicity|religion"
    r"|handicap|disability|discapacidad|instruction|education|educacion|niveau_(?:d_)?(?:etudes?|instruction)|profession|occupation|ocupacion|birth\w*|annee_naiss\w*"
)
SEPARATED = re.compile(r"(?:\+|00)?\(?\d+\)?(?:[ .\-/\u00a0\u202f]\(?\d+\)?)*")
DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?:[ T][\d:.]*)?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2]|[^\W\d]{3,10}\.?)[-/. ](?P<z>(?:19|20)\d\d)"
)
PLACE = re.compile(r"[(\[]?-?\d{1,3}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}[)\]]?|POINT ?\(.*\)|\d{1,3}°\s?\d.*[NSEWO].*")
DEGREES = re.compile(r"-?\d{1,3}\.\d{4,8}")  # as of a telephone; what is computed has more digits
LONG_DEGREES = re.compile(r"-?\d{1,3}\.\d{4,17}")
EAST, NORTH = (
    re.compile(r"[1-8]\d{5}(?:\.\d+)?"),
    re.compile(r"\d{5,7}(?:\.\d+)?"),
)  # metres of a map, as UTM gives them
MAPPED = re.compile(  # columns of a map
    r"(?:\w+_)?(?:x|y|e|n|lat\w*|lon\w*|lng|east(?:ing)?|north(?:ing)?|utm|este|norte|est|nord|coord\w*|gps|pos)(?:_\w+)?\d?"
)
CODE = re.compile(r"[A-Za-z0-9]+(?:[ /-][A-Za-z0-9]+)*")
WHOLE_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d+")
NAME_PARTS = re.compile(r"[^\W\d_](?:[\w'\N{RIGHT SINGLE QUOTATION MARK}-]*|\.)")
EMAIL = re.compile(r"\S+@\S+\.\w{2,}")
FREQUENT = """
abdou abdoulaye abdul abebe abebech abena achieng adama adjoa adwoa agnes ahmad ahmed aicha aissatou akello akosua
alassane alejandra alejandro alemayehu alemitu ali alice alicia alioune almaz alpha ama amadou amina aminata ana
andrea andres angela anna anne anthony antoine antonio anura arthur asha aster astou atieno awa ayesha babacar bahadur
bakary baraka barbara beatriz bekele belaynesh berhanu bernard bethlehem bineta birtukan boubacar boureima budi bupe
carlos carmen carolina catherine cecilia chaltu chaminda chanda charles cheikh chilufa chinedu chioma chisomo
christine claire claude claudia coumba cristina daniel daniela daouda david dawit deepa demeke dereje desta dewi diana
diarra diego dieynaba dilani drissa dunia eduardo elena elias elizabeth emeka emmanuel enrique eric esi esperance
esther eunice eyerusalem fanta fatima fatimata fatou fatoumata felix fernando fidele fikadu fikru florence francis
francisco francois furaha gabriel gebre genet george gerardo getachew girma gita gladys glenda gloria grace guadalupe
guillermo habib habimana haile hailu hamadou hamidou hana hari harouna hassan hawa hector helen henri hirut hussein
ibrahim ibrahima idrissa immaculee ines innocent isabel ismail issa jacqueline jacques james jane janet javier jean
jeanne jesus joao john jorge jose joseph josephine joyce juan juana julia julio juma justine kadiatou kadidia kamal
kamala kamau kapembwa karim karla kassa kebede khadija khady kidist kofi kojo kouassi krishna kumar kumari kwabena
kwame kwasi lakshmi lassana laura laurent lemlem lemma liya lucia luis luisa mahamadou mahamane malick mamadou manuel
marc marcel margaret maria mariam mariama marie mario marta martha martin mary maryam maya mbali mekdes mekonnen mercy
meseret mesfin michael michel miguel mirna modibo mohamed mohammad mohammed monica moses moussa moustapha muhammad
mukamana mulenga mulu mulugeta mustafa mutale mwajuma mwamba nafissatou nana ndayishimiye ndeye neema negash nelson
ngone ngozi nguyen nicolas nimal niyonzima nkechi noemi nouhou nyambura odhiambo okello orlando oscar osmin otieno
oumar oumou ousmane pablo patricia patrick paul pauline pedro peter philippe pierre priya putu rafael rahel rahim
rahima rajesh ram ramata ramon rasmane raul ravi rebecca rehema reina ricardo richard robert roberto rokhaya rosa rose
ruth saidou salif salimata salimatou salma samuel sandra sanjay santiago sara sarah sekou selam selamawit senait
seydou shirin sintayehu sita sofia solomon sophie souleymane stephen sunil suresh susan suyapa tadesse tamrat tariku
tekle teresa tesfaye thabo thandiwe therese thi thomas tigist tilahun tsegaye tsehay tunde uwase uwimana victor
victoria vijay vincent wanjiku wanjiru wilmer wondimu worku xiomara yacine yacouba yao yared yaw yetunde yohannes
yolanda youssef yusuf zainab zeleke zenebech
"""
GIVEN_NAMES = frozenset(FREQUENT.split())
SHAPES = {
    "telephone": "telephone numbers",
    "code": "codes of one kind, as of cards or persons",
    "birth": "dates, as of births",
    "place": "places on a map",
    "name": "names of persons",
    "email": "e-mail addresses",
}


def plain_name(name: str) -> str:
    """The name of a column in small letters of English.

    Examples
    --------
    >>> plain_name("N° de téléphone")
    'n_de_telephone'
    """
    letters = unicodedata.normalize("NFD", name.casefold())
    return re.sub(r"[^a-z0-9]+", "_", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip(
        "_"
    )


def shape_of(cells: Sequence[str]) -> str:
    """What the cells of a column are, judged by their shape alone: a key of ``SHAPES``, or "" for what may be published.

    Examples
    --------
    >>> shape_of(["+221 77 123 45 67", "77 234 56 78", "78 345 67 89"]), shape_of(["17 763 163", "8 245 119", "1 004 200"])
    ('telephone', '')
    """
    different = set(cells)
    if len(different) < FEWEST_CELLS:
        return ""
    tests = {"email": EMAIL.fullmatch, "place": PLACE.fullmatch, "telephone": is_telephone, "name": is_name}
    for shape, test in tests.items():
        if len(list(filter(test, different))) >= max(FEWEST_CELLS, MOST * len(different)):
            return shape
    if _are_births(different):
        return "birth"
    return "code" if _are_codes(cells) else ""


def is_telephone(cell: str) -> bool:
    """Whether a text is written as telephone numbers are: groups of digits that are not thousands, or a zero or plus in front.

    Examples
    --------
    >>> [is_telephone(text) for text in ("+94 71 234 5678", "0712345678", "77-123-45-67", "12 345 678", "2024-05-12", "2019-2020")]
    [True, True, True, False, False, False]
    """
    if len(cell) < 8 or not SEPARATED.fullmatch(cell):
        return False
    digits = re.sub(r"\D", "", cell)
    if not 8 <= len(digits) <= 14 or DATE.fullmatch(cell) or re.fullmatch(r"\d+\.\d+", cell):
        return False
    if cell.startswith(("+", "0", "(0")):
        return not WHOLE_NUMBER.fullmatch(cell.removeprefix("+")) or digits == cell.lstrip("+")
    return len(re.findall(r"\d+", cell)) > 2 and not WHOLE_NUMBER.fullmatch(cell)


def is_name(cell: str) -> bool:
    """Whether a text is two to five words, one of them a frequent given name.

    Examples
    --------
    >>> is_name("Awa Diop"), is_name("Diop, Mamadou"), is_name("Old Age Pension"), is_name("St. John's harbour workers")
    (True, True, False, False)
    """
    words = cell.replace(",", " ").split()
    if not 2 <= len(words) <= 5 or not all(NAME_PARTS.fullmatch(word) and not word[0].islower() for word in words):
        return False
    return any(plain_name(part) in GIVEN_NAMES for word in words for part in word.split("-"))


def _are_births(cells: set[str]) -> bool:
    """Whether dates lie as far apart as births do; dates of editions and laws that a table lists are years, or few."""
    years = [int(match["y"] or match["z"]) for cell in cells if (match := DATE.fullmatch(cell))]
    return len(years) >= max(FEWEST_CODES, MOST * len(cells)) and max(years) - min(years) >= 10


def _are_codes(cells: Sequence[str]) -> bool:
    """Whether nearly all cells differ and are of one pattern of letters and digits that is no number, date, quarter or span of years."""
    different = set(cells)
    if len(different) < FEWEST_CODES or len(different) < 0.9 * len(cells):
        return False
    patterns = Counter(_pattern(cell) for cell in different)
    usual, times = patterns.most_common(1)[0]
    return usual.count("9") >= 5 and times >= 0.8 * len(different)


def _pattern(cell: str) -> str:
    r"""A code with A for letters and 9 for digits; "" for what is none.

    Examples
    --------
    >>> _pattern("SN-004512"), _pattern("1 760 1985 00123"), _pattern("12 345 678"), _pattern("2019-2020"), _pattern("2027-Q1")
    ('AA-999999', '9 999 9999 99999', '', '', '')
    """
    if (
        not CODE.fullmatch(cell)
        or WHOLE_NUMBER.fullmatch(cell)
        or DATE.fullmatch(cell)
        or re.fullmatch(r"\d{1,4}[ /-]\d{1,4}|\d{4}[ -]?[QT][1-4]", cell)  # a span of years, a quarter
    ):
        return ""
    if re.search(r"[a-z]{4}", cell):  # a word with a number behind it
        return ""
    return re.sub(r"\d", "9", re.sub(r"[A-Za-z]", "A", cell))


def are_long_numbers(cells: Sequence[str]) -> bool:
    """Whether cells are whole numbers of one length from eight digits on, in no order, hardly one of them round: no counts.

    Examples
    --------
    >>> are_long_numbers(["771234567", "768765432", "781112223", "705554443", "773332221"])
    True
    >>> are_long_numbers(["14700000", "15200000", "15800000", "16400000", "17000000"])
    False
    """
    digits = [cell for cell in cells if re.fullmatch(r"\d{8,14}", cell)]
    if len(digits) < max(FEWEST_CODES, MOST * len(cells)) or len({len(cell) for cell in digits}) > 1:
        return False
    numbers = [int(cell) for cell in digits]
    ordered = numbers in (sorted(numbers), sorted(numbers, reverse=True)) and len(numbers) < 20
    return (
        not ordered
        and len(set(numbers)) >= 0.9 * len(numbers)
        and sum(number % 100 == 0 for number in numbers) < len(numbers) / 4
    )


def are_places(one: Sequence[str], other: Sequence[str], names: Sequence[str] = ()) -> bool:
    """Whether two columns beside one another are degrees of latitude and longitude within one country.

    Degrees with more digits than a telephone gives may be computed figures: they count where the columns are called so,
    where both lie within three degrees, or where one is south or west and the other is not.

    Examples
    --------
    >>> are_places(["14.6937", "14.7910", "16.0179", "12.5605", "13.1021"], ["-17.4441", "-16.9359", "-16.4896", "-16.2719", "-14.2134"])
    True
    >>> are_places(["0.1991", "0.2541"] * 3, ["0.7123", "0.6001"] * 3)
    False
    """
    ranges = []
    for cells in (one, other):
        if (
            len(cells) < FEWEST_CODES
            or not all(map(LONG_DEGREES.fullmatch, cells))
            or len(set(cells)) < 0.8 * len(cells)
        ):
            return False
        values = [float(cell) for cell in cells]
        ranges.append((min(values), max(values)))
    computed = not all(map(DEGREES.fullmatch, [*one, *other]))
    widest = 12 if computed else 25
    if computed and not (names and all(map(MAPPED.fullmatch, names))):
        (low, high), (south, north) = ranges
        widest = 12 if (low > 0) != (south > 0) and (high < 0) != (north < 0) else 3
    narrow = all(
        high - low <= widest and low >= -180 and high <= 180 and not 0 <= low <= high <= 1 for low, high in ranges
    )
    far = any(low > 3 or high < -3 for low, high in ranges)  # hardly a country lies at both zeros
    return narrow and far and any(low >= -90 and high <= 90 for low, high in ranges)


def are_metres(names: Sequence[str], one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two columns beside one another, called so, are metres to the east and the north as of UTM.

    Examples
    --------
    >>> east, north = ["230117", "239004", "231777", "236120", "233391"], ["1620009", "1628114", "1623377", "1621502", "1629981"]
    >>> are_metres(["e", "n"], east, north), are_metres(["men", "women"], east, north)
    (True, False)
    """
    if len(one) < FEWEST_CODES or len(one) != len(other) or not all(map(MAPPED.fullmatch, names)):
        return False
    metres = any(
        all(map(EAST.fullmatch, east)) and all(map(NORTH.fullmatch, north))
        for east, north in ((one, other), (other, one))
    )
    return metres and _scattered(one) and _scattered(other)


def _scattered(cells: Sequence[str]) -> bool:
    """Whether figures differ, stand in no order and lie within a region's width of one another."""
    values = [float(cell) for cell in cells]
    ordered = values in (sorted(values), sorted(values, reverse=True))
    return not ordered and len(set(values)) >= 0.8 * len(values) and max(values) - min(values) <= 0.5 * max(values)


def are_birth_years(cells: Sequence[str]) -> bool:
    """Whether years lie as far apart as births do, come again and stand in no order.

    Examples
    --------
    >>> are_birth_years(["1961", "1987", "1961", "2003", "1949"]), are_birth_years(["1990", "2000", "2010", "2020", "2021"])
    (True, False)
    """
    if len(cells) < FEWEST_CODES or not all(re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", cell) for cell in cells):
        return False
    years = [float(cell) for cell in cells]
    return (
        max(years) - min(years) >= 20
        and len(set(years)) < len(years)
        and years not in (sorted(years), sorted(years, reverse=True))
    )
