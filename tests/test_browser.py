"""A report as a reader opens it: headless Chromium with the network counted, at desktop and phone width."""

import os

import pytest
from browsing import CHROMIUM, open_browser

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
    here = page.get_by_role("link", name="link to Table 2.6")
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
    links = page.evaluate("[...document.querySelectorAll('td a')].map(link => link.getAttribute('href'))")
    assert len(links) >= 27
    assert all((reports / link).is_file() for link in links)
    page.click("td a[href^='SEN'] >> nth=0")
    assert "Senegal" in page.title()
    page.close()
