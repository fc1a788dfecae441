"""A report as a reader opens it: headless Chromium with the network counted, at desktop and phone width."""

import os
import re
import time

import pytest
from browsing import CHROMIUM, open_browser
from stories import FIRST_THEN_ALL

from nasssap_lib.display.style import FOOT

PAPER = 718  # pixels of CSS between the margins of A4

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def reports(batch_of_all):
    return batch_of_all / "reports"


@pytest.fixture(scope="module")
def tab():
    """A page of the browser in which all reports are opened one after the other, what it asks the network for, and its complaints."""
    with open_browser() as browser:
        page, asked, complaints = browser.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        yield page, asked, complaints


def resize(page, width, media="screen"):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media=media)


def open_page(tab, path, width):
    page, asked, complaints = tab
    page.goto("about:blank")
    resize(page, width)
    asked.clear()
    complaints.clear()
    page.goto(path.as_uri())
    return page, [url for url in asked if not url.startswith(("data:", "file:"))], list(complaints)


def wait_for_address(page, end):
    """What a key or a click leads to; Playwright hears of it a moment later, so that its address may not be asked at once."""
    page.wait_for_url(re.compile(re.escape(end) + "$"))


def test_a_report_shows_everything_without_the_network(tab, reports):
    page, asked, complaints = open_page(tab, reports / "SEN" / "02_gap_identification.html", 1200)
    assert asked == []
    assert complaints == []
    for width in (1200, 390):
        resize(page, width)
        images = page.evaluate("[...document.images].map(part => [part.complete, part.naturalWidth, part.alt.length])")
        assert len(images) >= 3
        assert all(complete and size > 0 and alt > 20 for complete, size, alt in images)
        assert "14.1 million" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            "the page itself must not scroll sideways"
        )


@pytest.mark.parametrize("width", [1200, 390])
def test_an_exhibit_and_a_row_have_a_link_that_leads_to_them_and_is_not_printed(tab, reports, width):
    page, *_ = open_page(tab, reports / "SEN" / "02_gap_identification.html", width)
    here = page.locator("#gaps caption").get_by_role("link", name="link to Table 2.")
    here.focus()  # the keyboard alone reaches it
    page.keyboard.press("Enter")
    wait_for_address(page, "#gaps")
    row = page.get_by_role("rowheader", name="Mothers with newborns").get_by_role("link").first
    row.focus()
    page.keyboard.press("Enter")
    wait_for_address(page, "-mothers-with-newborns")
    name = page.evaluate("location.hash.slice(1)")
    assert page.evaluate("document.querySelector(':target').id") == name
    assert page.locator(":target").bounding_box()["y"] < 900
    page.emulate_media(media="print")
    assert not here.is_visible()
    assert row.is_visible()


def test_the_index_leads_to_every_report(tab, reports):
    page, asked, _ = open_page(tab, reports / "index.html", 1200)
    assert asked == []
    links = page.evaluate("[...document.querySelectorAll('.reports a')].map(link => link.getAttribute('href'))")
    assert len(links) >= 27
    assert all((reports / link).is_file() for link in links)
    page.click(".reports a[href^='SEN'] >> nth=0")
    wait_for_address(page, "SEN/01_stocktaking.html")
    assert "Senegal" in page.title()


SCREENS = {
    "01_stocktaking": 15,
    "02_gap_identification": 12,
    "03_priority_setting": 14,
    "04_costing_and_financing": 12,
    "05_action_plan": 6,
    "06_monitoring": 8,
}  # of 1280 × 900
SECTIONS = {
    "05_action_plan": 8,
    "06_monitoring": 9,
}  # fewest that a chapter's contents name, where they are fewer than ten
OUTSIDE = """() => {
    const edge = document.documentElement.clientWidth + 1
    return [...document.querySelectorAll('main *')].filter(part =>
        part.getBoundingClientRect().right > edge && part.getClientRects().length && !part.closest('thead, figure')
    ).map(part => part.tagName + ' ' + part.textContent.slice(0, 40))
}"""
ANSWER = """() => {
    const links = [...document.querySelectorAll('ol.answer a')].map(link => link.hash)
    const contents = [...document.querySelectorAll('nav.contents a')].map(link => link.hash)
    const found = place => [...document.querySelectorAll(place)]
    const points = [...document.querySelectorAll('ol.answer > li')]
    return {
        points: points.length, bottom: points.at(-1).getBoundingClientRect().bottom, contents: contents.length,
        lost: [...links, ...contents].filter(place => found(place).length != 1),
        folded: links.filter(place => !found(place)[0]?.checkVisibility({visibilityProperty: true})),
    }
}"""
FIGURES = """() => [...document.querySelectorAll('figure')].map(figure => {
    const title = figure.querySelector('figcaption').getBoundingClientRect(), image = figure.querySelector('img')
    return {
        shown: figure.checkVisibility(), x: title.x, width: title.width, scale: image.clientWidth / image.naturalWidth
    }
})"""


@pytest.mark.parametrize("chapter", SCREENS)
@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_every_report_fits_its_screens_and_nothing_in_it_is_wider_than_screen_phone_or_paper(
    tab, reports, country, chapter
):
    """One load a report; the answer on its first screen leads to its exhibits, and on a phone its pictures can be read."""
    page, asked, complaints = open_page(tab, reports / country / f"{chapter}.html", 1280)
    assert page.evaluate("document.documentElement.scrollHeight") <= 900 * SCREENS[chapter]
    answer = page.evaluate(ANSWER)
    assert 3 <= answer["points"] <= 5 and answer["bottom"] <= 900
    assert (answer["lost"], answer["folded"]) == ([], []) and answer["contents"] >= SECTIONS.get(chapter, 10)
    assert (asked, complaints) == ([], [])
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    for width, media in ((1280, "screen"), (390, "screen"), (PAPER, "print")):
        resize(page, width, media)
        assert page.evaluate(OUTSIDE) == [], (width, media)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width == 390:
            figures = page.evaluate(FIGURES)
            assert len(figures) >= (1 if chapter in SECTIONS else 2)  # a country without a plan has no Gantt chart
            titles_are_whole_and_no_text_is_smaller_than_nine_pixels(figures)


def titles_are_whole_and_no_text_is_smaller_than_nine_pixels(figures):
    for figure in figures:
        assert figure["shown"] and figure["width"] <= 390 and figure["x"] >= 0
        assert FOOT / 72 * 96 * figure["scale"] >= 9


def test_chapters_lead_to_one_another_and_to_their_country_in_the_index(tab, reports):
    page, *_ = open_page(tab, reports / "SEN" / "01_stocktaking.html", 1280)
    for chapter in list(SCREENS)[1:]:
        page.get_by_role("link", name="Next:").click()
        wait_for_address(page, f"SEN/{chapter}.html")
    assert page.get_by_role("link", name="Next:").count() == 0
    page.get_by_role("link", name="Before:").click()
    wait_for_address(page, f"{list(SCREENS)[-2]}.html")
    page.get_by_role("link", name="All countries").click()
    wait_for_address(page, "index.html#SEN")
    assert "Senegal" in page.locator(":target").inner_text()


def test_what_is_folded_is_printed_and_its_pages_are_as_many_as_are_read(tab, reports):
    """A4; Chromium prints the folded exhibits too, but not how they were calculated."""
    page, *_ = open_page(tab, reports / "SEN" / "02_gap_identification.html", 1280)
    folded = page.locator("details.exhibit td").first
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 900})
    assert folded.is_visible() and not page.locator("details.method").first.is_visible()
    titles = page.locator("figcaption, details.exhibit > summary")  # on paper the picture and the table have them
    assert titles.count() > 5 and not any(title.is_visible() for title in titles.all())
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 8 <= pages <= 24


def test_the_keyboard_scrolls_a_picture_on_a_phone_and_stops_once_at_each(tab, reports):
    page, *_ = open_page(tab, reports / "SEN" / "02_gap_identification.html", 390)
    stops = []
    for _press in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", "what has the focus must be seen"
        stops.append(page.evaluate("Boolean(document.activeElement.closest('figure'))"))
    else:
        pytest.fail("the focus never leaves the page")
    assert sum(stops) == page.locator("figure:visible").count() >= 3
    picture = page.locator("figure > div").first
    picture.focus()
    for _press in range(3):
        page.keyboard.press("ArrowRight")
    until = time.monotonic() + 5  # the page's policy lets nothing be evaluated that waits
    while not page.evaluate("document.querySelector('figure > div').scrollLeft > 0"):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_every_result_table_has_its_place_in_the_report(batch_of_all):
    for folder in sorted((batch_of_all / "data" / "processed").glob("???/0*")):
        page = (batch_of_all / "reports" / folder.parent.name / f"{folder.name}.html").read_text(encoding="utf-8")
        missing = [path.stem for path in folder.glob("*.csv") if f'id="{path.stem}"' not in page]
        assert not missing, f"{folder.parent.name} {folder.name}: {missing}"
