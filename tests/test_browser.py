"""A report as a reader opens it: headless Chromium with the network counted, at desktop and phone width."""

import os
import re
import time

import pytest
from browsing import CHROMIUM, open_browser
from stories import ALL

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
def browser():
    with open_browser() as opened:
        yield opened


def open_page(browser, path, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    return page, [url for url in asked if not url.startswith(("data:", "file:"))], complaints


@pytest.mark.parametrize("width", [1200, 390])
def test_a_report_shows_everything_without_the_network(browser, reports, width):
    page, asked, complaints = open_page(browser, reports / "SEN" / "02_gap_identification.html", width)
    assert asked == []
    assert complaints == []
    sizes = page.evaluate("[...document.images].map(image => [image.complete, image.naturalWidth, image.alt.length])")
    assert len(sizes) >= 3
    assert all(complete and size > 0 and alt > 20 for complete, size, alt in sizes)
    assert "14.1 million" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "the page itself must not scroll sideways"
    )
    page.close()


@pytest.mark.parametrize("width", [1200, 390])
def test_an_exhibit_and_a_row_have_a_link_that_leads_to_them_and_is_not_printed(browser, reports, width):
    page, *_ = open_page(browser, reports / "SEN" / "02_gap_identification.html", width)
    here = page.locator("#gaps caption").get_by_role("link", name="link to Table 2.")
    here.focus()  # the keyboard alone reaches it
    page.keyboard.press("Enter")
    assert page.url.endswith("#gaps")
    row = page.get_by_role("rowheader", name="Mothers with newborns").get_by_role("link").first
    row.focus()
    page.keyboard.press("Enter")
    name = page.evaluate("location.hash.slice(1)")
    assert name.endswith("-mothers-with-newborns")
    assert page.evaluate("document.querySelector(':target').id") == name
    assert page.locator(":target").bounding_box()["y"] < 900
    page.emulate_media(media="print")
    assert not here.is_visible()
    assert row.is_visible()
    page.close()


def test_the_index_leads_to_every_report(browser, reports):
    page, asked, _ = open_page(browser, reports / "index.html", 1200)
    assert asked == []
    links = page.evaluate("[...document.querySelectorAll('.reports a')].map(link => link.getAttribute('href'))")
    assert len(links) >= 27
    assert all((reports / link).is_file() for link in links)
    page.click(".reports a[href^='SEN'] >> nth=0")
    assert "Senegal" in page.title()
    page.close()


SCREENS = {
    "01_stocktaking": 15,
    "02_gap_identification": 12,
    "03_priority_setting": 14,
    "04_costing_and_financing": 12,
}  # of 1280 × 900
OUTSIDE = """() => [...document.querySelectorAll('main *')].filter(part =>
    part.getClientRects().length && !part.closest('thead') && !part.closest('figure')
    && part.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(part => part.tagName + ' ' + part.textContent.slice(0, 40))"""


@pytest.mark.parametrize("chapter", SCREENS)
@pytest.mark.parametrize("country", ALL)
def test_every_report_fits_its_screens_and_nothing_in_it_is_wider_than_screen_phone_or_paper(
    browser, reports, country, chapter
):
    page, asked, complaints = open_page(browser, reports / country / f"{chapter}.html", 1280)
    assert page.evaluate("document.documentElement.scrollHeight") <= 900 * SCREENS[chapter]
    assert (
        page.evaluate("[...document.querySelectorAll('ol.answer > li')].at(-1).getBoundingClientRect().bottom") <= 900
    )
    assert (asked, complaints) == ([], [])
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    for width, media in ((1280, "screen"), (390, "screen"), (PAPER, "print")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media)
        assert page.evaluate(OUTSIDE) == [], (width, media)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("chapter", SCREENS)
def test_the_answer_stands_on_the_first_screen_and_leads_to_its_exhibits(browser, reports, chapter):
    page, *_ = open_page(browser, reports / "SEN" / f"{chapter}.html", 1280)
    last = page.locator("ol.answer > li").last
    assert 3 <= page.locator("ol.answer > li").count() <= 5
    box = last.bounding_box()
    assert box["y"] + box["height"] <= 900
    for exhibit in page.evaluate("[...document.querySelectorAll('ol.answer a')].map(link => link.hash)"):
        assert page.locator(exhibit).count() == 1
        assert page.locator(exhibit).is_visible(), f"{exhibit} is folded"
    contents = page.evaluate("[...document.querySelectorAll('nav.contents a')].map(link => link.hash)")
    assert len(contents) >= 10 and all(page.locator(place).count() == 1 for place in contents)
    page.close()


def test_chapters_lead_to_one_another_and_to_their_country_in_the_index(browser, reports):
    page, *_ = open_page(browser, reports / "SEN" / "01_stocktaking.html", 1280)
    for chapter in list(SCREENS)[1:]:
        page.get_by_role("link", name="Next:").click()
        assert page.url.endswith(f"SEN/{chapter}.html")
    assert page.get_by_role("link", name="Next:").count() == 0
    page.get_by_role("link", name="Before:").click()
    assert page.url.endswith(f"{list(SCREENS)[-2]}.html")
    page.get_by_role("link", name="All countries").click()
    assert page.url.endswith("index.html#SEN") and "Senegal" in page.locator(":target").inner_text()
    page.close()


def test_what_is_folded_is_printed_and_its_pages_are_as_many_as_are_read(browser, reports):
    """A4; Chromium prints the folded exhibits too, but not how they were calculated."""
    page, *_ = open_page(browser, reports / "SEN" / "02_gap_identification.html", 1280)
    folded = page.locator("details.exhibit td").first
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 900})
    assert folded.is_visible() and not page.locator("details.method").first.is_visible()
    titles = page.locator("figcaption, details.exhibit > summary")  # on paper the picture and the table have them
    assert titles.count() > 5 and not any(title.is_visible() for title in titles.all())
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 8 <= pages <= 24
    page.close()


def test_the_keyboard_scrolls_a_picture_on_a_phone_and_stops_once_at_each(browser, reports):
    page, *_ = open_page(browser, reports / "SEN" / "02_gap_identification.html", 390)
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
    page.close()


@pytest.mark.parametrize("chapter", SCREENS)
def test_on_a_phone_titles_are_whole_and_no_text_of_a_picture_is_smaller_than_nine_pixels(browser, reports, chapter):
    page, *_ = open_page(browser, reports / "SEN" / f"{chapter}.html", 390)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert page.locator("figure").count() >= 2
    for figure in page.locator("figure").all():
        title = figure.locator("figcaption").bounding_box()
        assert title["width"] <= 390 and title["x"] >= 0
        wide, natural = figure.locator("img").evaluate("image => [image.clientWidth, image.naturalWidth]")
        assert FOOT / 72 * 96 * wide / natural >= 9
    page.close()


def test_every_result_table_has_its_place_in_the_report(batch_of_all):
    for folder in sorted((batch_of_all / "data" / "processed").glob("???/0*")):
        page = (batch_of_all / "reports" / folder.parent.name / f"{folder.name}.html").read_text(encoding="utf-8")
        missing = [path.stem for path in folder.glob("*.csv") if f'id="{path.stem}"' not in page]
        assert not missing, f"{folder.parent.name} {folder.name}: {missing}"
