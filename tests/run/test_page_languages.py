"""What stands on a page in English though the page is in another language says so, and is counted."""

import re

from nbformat.v4 import new_code_cell, new_notebook, new_output
from stories import pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.run.html import render_report
from nasssap_lib.run.page_languages import marked_as_english

CELLS = (
    "<table><tbody><tr><td>Cash &amp; care</td><td><small>CSS</small></td><td>Cash &amp; care</td></tr></tbody></table>"
)


def test_a_whole_text_is_marked_and_a_part_of_one_is_not():
    html, met = marked_as_english(CELLS, {"Cash & care"})
    assert html.count('<span lang="en">Cash &amp; care</span>') == 2 and met == {"Cash & care"}
    assert marked_as_english(CELLS, {"Cash"}) == (CELLS, set())
    assert marked_as_english(CELLS, ()) == (CELLS, set())


def test_a_long_text_and_its_sentences_are_marked_also_behind_another_one():
    note = "Paid twice a year & in cash. Replace it by the country's own."
    page = "<td>s'appuie sur CSS. Paid twice a year &amp; in cash.</td><td>Replace it by the country&#39;s own. ; à vérifier</td>"
    html, met = marked_as_english(page, {note, "CSS"})
    assert (
        html.count('<span lang="en">') == 2
        and 'CSS. <span lang="en">Paid twice a year &amp; in cash.</span></td>' in html
    )
    assert met == {"Paid twice a year & in cash.", "Replace it by the country's own."}
    assert marked_as_english(f"<td>{note.replace('&', '&amp;')}</td>", {note})[1] == {note}


def test_the_page_counts_each_text_once_and_says_nothing_where_all_is_translated():
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[new_output("display_data", {"text/html": CELLS})])])
    settings = pack_of("SEN").settings
    with in_language("fr"):
        page = render_report(notebook, settings, english={"Cash & care", "Not on this page"})
        assert re.search(r'<p class="note">1 [^<]*</p>', page) and page.count('lang="en"') == 2
        assert 'lang="en"' not in render_report(notebook, settings)


def test_a_pack_says_which_of_its_prose_has_no_translation():
    pack = pack_of("XTC")
    english = pack.untranslated("fr")
    assert english and not english & set(pack.translations("fr"))
    assert not english & (set(pack.schemes["short_name"]) | set(pack.sources["title"]))
    assert pack.untranslated("en") == frozenset()
