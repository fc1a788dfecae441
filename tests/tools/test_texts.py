"""The catalogues fit the code: places, plurals, no text that is gone; the tool never overwrites a translator; a language is one file."""

import ast
import io
import re
import shutil
from string import Formatter

import pytest
from babel.messages.pofile import read_po, write_po

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.display import texts
from nasssap_lib.display.numbers import format_number
from tools import texts as collecting
from tools.texts import LIBRARY, add_language, all_texts, branches, missing, of_python, text_arguments, updated

CATALOGUES = sorted(texts.CATALOGUES.glob("*.po"))


@pytest.fixture(scope="module", autouse=True)
def known():
    """All texts of the code, collected once: the tool collects them again at each catalogue that it updates."""
    found = all_texts()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collecting, "all_texts", lambda: dict(found))
        yield found


def read(path):
    return read_po(io.BytesIO(path.read_bytes()), locale=path.stem)


def places(text):
    """Names in braces; text that is never filled in may hold anything."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        return set()


ORDER = "order: "  # begins a translator's comment that states the places of a translation, where they stand in another order


def places_in_order(text):
    """Names in braces as they stand in a text, also those that stand there twice."""
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name]
    except ValueError:
        return []


def order_faults(message):
    """Two places that were swapped: what is in each is as right as before, and the sentence is wrong.

    The places of a translation stand in the order of the text, or in the one that its translator states in a comment.
    """
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    stated = [comment.removeprefix(ORDER).split(", ") for comment in message.user_comments if comment.startswith(ORDER)]
    for form in (form for form in forms(message) if len(places(form)) > 1):
        there, texts = places_in_order(form), [places_in_order(text) for text in ids]
        texts = [order for order in texts if set(there) <= set(order)] or texts  # a plural form may leave some out
        if stated and any(same_order(there, order) for order in texts):
            yield f"{ids[0]!r}: the order of the text, and a comment that states another one"
        elif not any(same_order(there, order) for order in stated or texts):
            yield f"{ids[0]!r}: the places {there}, expected {(stated or texts)[-1]}, or the comment “# {ORDER}{', '.join(there)}”"


def same_order(there, wanted):
    """Whether places stand in an order; of those that a plural form leaves out or says twice, the first."""
    if sorted(there) == sorted(wanted):
        return there == wanted
    first = lambda names, others: [name for name in dict.fromkeys(names) if name in others]  # noqa: E731
    return first(there, wanted) == first(wanted, there)


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def faults(catalogue):
    """What a reader of a language would see in English, and translations whose places or plurals do not fit their text."""
    wrong = [f"{message.id!r} is {'fuzzy' if message.fuzzy else 'untranslated'}" for message in missing(catalogue)]
    for message in catalogue:
        if not message.id or message.fuzzy or not all(forms(message)):
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set().union(*map(places, ids))
        if len(ids) > 1 and len(forms(message)) != catalogue.num_plurals:
            wrong.append(f"{ids[0]!r}: {len(forms(message))} forms, the language has {catalogue.num_plurals}")
        wrong += [
            f"{ids[0]!r}: {sorted(places(form) ^ wanted)} in {form!r}" for form in forms(message)
            if places(form) - wanted or wanted - places(form) - ({"n", "number"} if len(ids) > 1 else set())
        ]  # fmt: skip
        wrong += order_faults(message)
    return wrong


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_text_is_translated_and_its_places_and_plurals_fit(path):
    assert faults(read(path)) == []


@pytest.mark.parametrize(
    ("sound", "spoiled", "said"),
    [
        ('msgstr "Femmes"', 'msgstr ""', "untranslated"),
        ('msgid "Women"', '#, fuzzy\nmsgid "Women"', "fuzzy"),
        ("{share} en {year}", "{share} en {jahr}", "jahr"),
        ("{share} en {year}", "{share}", "year"),
        ("{share} en {year}", "{year} en {share}", "# order: year, share"),
        ('msgid "{share} in', '# order: year, share\nmsgid "{share} in', "a comment that states another one"),
        ('msgstr[1] "{n} figures"', 'msgstr[1] "{m} figures"', "'m'"),
    ],
)
def test_one_text_that_is_not_translated_fuzzy_or_with_another_place_is_found(sound, spoiled, said):
    head = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
    text = (
        'msgid "Women"\nmsgstr "Femmes"\n\nmsgid "{share} in {year}"\nmsgstr "{share} en {year}"\n\n'
        'msgid "{n} figure"\nmsgid_plural "{n} figures"\nmsgstr[0] "{n} figure"\nmsgstr[1] "{n} figures"\n'
    )
    read_text = lambda words: read_po(io.BytesIO((head + words).encode()), locale="fr")  # noqa: E731
    assert faults(read_text(text)) == []
    (fault,) = faults(read_text(text.replace(sound, spoiled)))
    assert said in fault


def with_swapped(text, one, other):
    """A text in which each of two places stands where the other stood."""
    change = {one: other, other: one}
    return re.sub(r"\{(\w+)", lambda place: "{" + change.get(place[1], place[1]), text)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_any_two_places_that_are_swapped_in_a_catalogue_are_found(path, tmp_path):
    """In a copy of the catalogue, the first and the last place of each translation that has two."""
    catalogue, swapped = read(path), []
    for message in catalogue:
        there = places_in_order(forms(message)[-1]) if message.id else []
        if there and there[0] != there[-1]:
            turned = [with_swapped(text, there[0], there[-1]) for text in forms(message)]
            message.string = tuple(turned) if isinstance(message.string, tuple) else turned[0]
            swapped.append(message.id if isinstance(message.id, str) else message.id[0])
    copy = tmp_path / path.name
    with copy.open("wb") as file:
        write_po(file, catalogue)
    found = [fault for fault in faults(read(copy)) if "the places [" in fault or "the order of the text" in fault]
    assert (
        len(swapped) > 300
        and [text for text in swapped if not any(fault.startswith(repr(text)) for fault in found)] == []
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_new_text_of_the_code_is_left_out_of_a_catalogue(path, known):
    ids = [message.id if isinstance(message.id, str) else message.id[0] for message in read(path) if message.id]
    assert [text for text in known if (text if isinstance(text, str) else text[0]) not in ids] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_text_of_a_catalogue_is_gone_from_the_code(path, known):
    there = {text if isinstance(text, str) else text[0] for text in known}
    ids = [message.id if isinstance(message.id, str) else message.id[0] for message in read(path) if message.id]
    assert [text for text in ids if text not in there] == []


def test_texts_of_all_kinds_are_collected(known):
    for text, file in {
        "Old age": "nasssap_lib/terms.py",
        "All countries": "nasssap_lib/run/template/report.html.j2",
        "Reports": "nasssap_lib/run/template/bundle.html.j2",
        "<b>Decides:</b> {change}": "nasssap_lib/run/template/index.html.j2",
        ("{n} figure", "{n} figures"): "nasssap_lib/chapter/chapter.py",
        "Technical working draft, not a government document.": "nasssap_lib/chapter/chapter.py",
    }.items():
        assert file in known[text]
    assert any(isinstance(text, str) and text.startswith("# Gap identification") for text in known)
    assert "max" not in known and "%" not in known and "facts" not in known
    assert "{first}; {next}" in known  # French sets some signs apart


def test_every_text_is_a_literal_so_that_it_is_found():
    """No f-string, no sum of pieces: such a text is in no catalogue."""
    glued = [
        f"{path.name}:{node.lineno} {name}"
        for path in sorted(LIBRARY.rglob("*.py")) for name, arguments in text_arguments(path.read_bytes())
        for argument in arguments for node in branches(argument) if isinstance(node, ast.JoinedStr | ast.BinOp)
    ]  # fmt: skip
    assert glued == []


def test_texts_are_found_inside_f_strings_conditions_and_plurals():
    source = """f"<i>{_('inside')}</i>"; _("yes" if x else "no"); ngettext("{n} a", "{n} as", n); counted(n, "b", "bs"); _(variable)"""
    assert set(of_python(source.encode())) == {"inside", "yes", "no", ("{n} a", "{n} as"), ("b", "bs")}


HEADER = r"""msgid ""
msgstr ""
"Language: fr\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"Content-Type: text/plain; charset=utf-8\n"
"""


def test_a_translation_is_kept_a_changed_text_is_fuzzy_and_a_lost_one_obsolete():
    old = f"""# Words of a translator.
{HEADER}
# mine
msgid "All countries"
msgstr "Tous les pays"

msgid "Techical working draft, not a goverment document."
msgstr "Document de travail"

msgid "Nobody says this any more, whatever happens to the weather"
msgstr "Perdu"
"""
    text = updated(old, "fr")
    assert text.startswith("# Words of a translator.\nmsgid")
    catalogue = read_po(io.BytesIO(text.encode()), locale="fr")
    assert catalogue["All countries"].string == "Tous les pays"
    assert catalogue["All countries"].user_comments == ["mine"]
    draft = catalogue["Technical working draft, not a government document."]
    assert draft.fuzzy and draft.string == "Document de travail"
    assert '#~ msgstr "Perdu"' in text
    assert draft in missing(catalogue)
    assert updated(text, "fr") == text, "a second call changes nothing"
    assert not re.search(r"\.(py|j2|ipynb):\d", text), "a location with a line changes with every edit"
    back = updated(
        text.replace('#~ msgid "Nobody says this any more, whatever happens to the weather"', '#~ msgid "Sources"'),
        "fr",
    )
    assert read_po(io.BytesIO(back.encode()), locale="fr")["Sources"].string == "Perdu", (
        "a text that came back finds its words"
    )


@pytest.fixture
def german(tmp_path, monkeypatch):
    """A copy of the catalogues with one language more."""
    shutil.copytree(texts.CATALOGUES, tmp_path / "catalogues")
    words = 'msgid "Table {number}"\nmsgstr "Tabelle {number}"\n\n#, fuzzy\nmsgid "All countries"\nmsgstr "Falsch"\n'
    (tmp_path / "catalogues" / "de.po").write_text(f"{HEADER.replace('fr', 'de')}\n{words}", encoding="utf-8")
    monkeypatch.setattr(texts, "CATALOGUES", tmp_path / "catalogues")
    yield tmp_path / "catalogues" / "de.po"
    texts.use_language("")
    texts._catalogue.cache_clear()


def test_a_new_language_is_one_file(german):
    assert "de" in texts.languages()
    chapter = open_chapter("02_gap_identification", "XTC", language="de")
    assert texts._("Table {number}", number="1") == "Tabelle 1"
    assert texts._("All countries") == "All countries", "a fuzzy translation is seen by nobody"
    assert format_number(1234.5) == "1.234,5"
    assert "Gap identification" in chapter._repr_html_()
    assert len(missing(read(german))) == 1


def test_a_language_is_begun_with_the_plural_forms_that_it_has(german):
    add_language("pl")
    add_language("de")
    polish = read(german.with_name("pl.po"))
    assert (polish.num_plurals, polish.charset) == (3, "utf-8")
    assert "Tabelle" in german.read_text("utf-8"), "one that is there is left alone"
    assert all(not message.string or not any(forms(message)) for message in read_po(
        io.BytesIO(updated(german.with_name("pl.po").read_text("utf-8"), "pl").encode()), locale="pl"
    ) if message.id)  # fmt: skip


NO_BREAK = "\N{NO-BREAK SPACE}"
FRENCH_SIGNS = re.compile(rf" [:;?!»](?=[\s.,)]|$)|«(?!{NO_BREAK})|(?<!{NO_BREAK})»|(?<=[^\W\d_])[?!;]")
PERCENT = re.compile(r"(?<=[\d}]) %")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_sign_is_parted_from_what_it_belongs_to_at_the_end_of_a_line(path):
    spoken = [form for message in read(path) if message.id for form in forms(message)]
    assert [form[:90] for form in spoken if PERCENT.search(form)] == []
    if path.stem == "fr":
        prose = [re.sub(r"`[^`]*`|https?://\S+", "", form) for form in spoken]
        assert [form[:90] for form in prose if FRENCH_SIGNS.search(form)] == []
    assert (
        FRENCH_SIGNS.search("Qui paie ?") and PERCENT.search("30 %") and not FRENCH_SIGNS.search(f"Qui paie{NO_BREAK}?")
    )


TOOLS = re.compile(r"\bpacks?\b|\w\.csv\b|\btyped\b|\bnotebooks?\b|docs/")
TOOLS_IN_FRENCH = re.compile(r"\bdossiers?\b|\bsaisie?s?\b|\bcarnets?\b|\btrames?\b")
AT_WORK = re.compile(  # files, workbooks and the tool itself are what these speak of
    r"sheet_|sides|comparison|html|template|commands|outline|explor|start|reasons|costing/words\.py"
)


def of_reports(catalogue):
    """Messages that stand in reports and documents, not in workbooks, lists of what to fill in, or messages of a command."""
    return [
        message for message in catalogue
        if message.id and not any(AT_WORK.search(place) for place, _line in message.locations)
    ]  # fmt: skip


def test_a_report_speaks_of_the_countrys_data_and_not_of_the_tools_files():
    messages = of_reports(read(next(path for path in CATALOGUES if path.stem == "fr")))
    english = [
        text for message in messages for text in (message.id if isinstance(message.id, tuple) else (message.id,))
    ]
    plain = [re.sub(r"\{\w+\}|`[^`]*`", "", text) for text in english]
    assert len(plain) > 1500 and [text[:90] for text in plain if TOOLS.search(text)] == []
    assert [form[:90] for message in messages for form in forms(message) if TOOLS_IN_FRENCH.search(form)] == []
    assert (
        TOOLS.search("nothing in the pack")
        and TOOLS.search("fill measures.csv")
        and TOOLS_IN_FRENCH.search("l'ordre saisi")
    )
