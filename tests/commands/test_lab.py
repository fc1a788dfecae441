"""The workbench as a researcher uses it: JupyterLab in a browser, a country, a slider, a scenario, the report."""

import os
import shutil
from contextlib import suppress

import pytest
from browsing import CHROMIUM, open_browser
from lab_server import started_lab
from own_notebooks import use_notebooks, write_part
from playwright.sync_api import TimeoutError

from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.batch import run_batch

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="chromium is not installed"),
]


# Whether a cell has a number or waits for one: "[*]:".
BEGUN = r"[...document.querySelectorAll('.jp-InputPrompt')].some(prompt => /\[(\*|\d+)\]/.test(prompt.innerText))"
OFTEN = 100  # milliseconds between two looks at a page; without, it is looked at in each frame, as often as it is drawn
REPORT = "02_gap_identification"


@pytest.fixture
def packs(tmp_path):
    root = tmp_path / "packs"
    root.mkdir()
    shutil.copy(data_root() / "codebook.csv", root)
    for code in ("SEN", "ZMB"):
        shutil.copytree(data_root() / code, root / code, ignore=shutil.ignore_patterns("scenarios"))
    return root


@pytest.fixture
def lab(packs, tmp_path):
    """Address of a JupyterLab started by `nasssap lab`, with its token."""
    with started_lab(tmp_path, "--data", str(packs)) as (address, _process):
        yield address


def test_from_a_slider_to_a_scenario_in_a_report(lab, packs, tmp_path, monkeypatch):
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 1200})
        foreign = []
        page.on(
            "request",
            lambda request: (
                foreign.append(request.url) if not request.url.startswith((lab, "data:", "blob:")) else None
            ),
        )
        page.goto(f"{lab}/lab/tree/notebooks/explore.ipynb?reset&token=secret")
        run_all(page)
        page.get_by_label("Country", exact=True).select_option("Zambia (ZMB)")
        gap = page.locator(".widget-html-content:has-text('Gap:')")
        wait_for_gap(page, "text.includes('17.4 million')")  # Zambia in 2030, the rate of 2021 kept
        before = gap.inner_text()
        handle = page.locator(".widget-slider:has-text('Target coverage') .noUi-handle")
        handle.focus()
        ten_steps_up(page)
        wait_for_gap(page, "text.includes('10 million at the target')")  # from 50 to 60 % of 25 million
        assert gap.inner_text() != before
        wait_for_readout(page, "60")
        choose_bar(page, "still not covered", ["rate of 2021 kept", "whole population", "UN WPP 2024", "assumption"])
        page.keyboard.press("Shift+Tab")  # the bars can be chosen with the keyboard alone
        page.keyboard.press("Space")
        wait_for_facts(page, "to be reached", ["target coverage × target population"])
        page.locator(".widget-dropdown:has-text('Measure') select").select_option("Social pension from age 65")
        cost = page.locator(".widget-html-content:has-text('Zambia · In 2030'):has-text('persons reached')")
        cost.filter(has_text="Social pension from age 65").wait_for()  # a click at once may come before the choice
        page.get_by_text("Add to the scenario").click()
        choose_bar(page, "Social pension from age 65", ["(1 + administration)", "months a year", "UN WPP 2024"])
        wait_until_idle(page)  # what the kernel still has to say would undo the key
        before = cost.inner_text()
        page.locator(".widget-slider:has-text('Benefit') .noUi-handle").focus()
        ten_steps_up(page)
        wait_for_readout(page, "15.00")
        wait_for_another(page, "Zambia · In 2030: Social pension", before)  # until the kernel has heard of it
        page.locator(".widget-text:has-text('Scenario') input").fill("from_the_browser")
        page.keyboard.press("Tab")
        page.wait_for_timeout(500)
        wait_until_idle(page)  # a name that waits for the kernel would come after the click
        page.get_by_text("Write the scenario").click()
        page.wait_for_selector(f"text=nasssap run ZMB --data {packs} --scenario from_the_browser")
        page.screenshot(path=os.environ.get("NASSSAP_SCREENSHOT", str(tmp_path / "workbench.png")))
        assert foreign == []
        page.close()
        write_part(tmp_path / "notebooks", REPORT)  # on its first page stands what differs
        use_notebooks(monkeypatch, tmp_path / "notebooks")
        (record,) = run_batch(["ZMB"], [REPORT], {}, packs, tmp_path / "out", 1, scenario="from_the_browser")
        assert record.status == "done", record.message
        page = browser.new_page()
        page.goto((tmp_path / "out" / "reports" / "ZMB" / "from_the_browser" / f"{REPORT}.html").as_uri())
        table = page.locator("table", has_text="Scenario from_the_browser: what differs from the baseline")
        assert "Social pension from age 65" in table.inner_text()


def ten_steps_up(page):
    """Move the slider that has the focus: once by an arrow, as one moves it on, and the rest by pages of five steps and back."""
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")


def wait_until_idle(page):
    """Wait until the kernel has nothing to do."""
    page.wait_for_function(
        "document.querySelector('.jp-Notebook-ExecutionIndicator')?.getAttribute('data-status') === 'idle'",
        timeout=90_000,
        polling=OFTEN,
    )


def wait_for_readout(page, value):
    """Wait until a slider shows this value."""
    readouts = "[...document.querySelectorAll('.widget-readout')].map(readout => readout.innerText)"
    page.wait_for_function(f"value => {readouts}.includes(value)", arg=value, polling=OFTEN)


def wait_for_another(page, words, before):
    """Wait until the line with these words says something else than before."""
    lines = "[...document.querySelectorAll('.widget-html-content')].map(line => line.innerText)"
    other = f"([words, before]) => {lines}.some(text => text.includes(words) && text !== before)"
    page.wait_for_function(other, arg=[words, before], polling=OFTEN)


def wait_for_gap(page, condition):
    """Wait until the line on the gap says what is expected."""
    lines = "[...document.querySelectorAll('.widget-html-content')].map(line => line.innerText)"
    page.wait_for_function(f"{lines}.some(text => text.includes('Gap:') && {condition})", timeout=30_000, polling=OFTEN)


def choose_bar(page, words, facts):
    """Choose a bar below its picture and read what is known of it."""
    page.locator(f".widget-radio label:has-text('{words}') input").first.check()
    wait_for_facts(page, words, facts)


def wait_for_facts(page, words, facts):
    """Wait until the facts of the chosen bar stand below its picture."""
    tables = "[...document.querySelectorAll('.widget-html-content table')].map(table => table.innerText)"
    page.wait_for_function(
        f"wanted => {tables}.some(text => wanted.every(part => text.includes(part)))",
        arg=[words, "Source", "Year", *facts],
        timeout=30_000,
        polling=OFTEN,
    )


def run_all(page):
    # On a busy machine JupyterLab asks which kernel to use before it knows them, now and then twice: each dialog is
    # answered with what it proposes, and the next look at the page may find another one.
    dialog = page.locator("dialog.jp-Dialog")
    page.add_locator_handler(dialog, lambda: accept(dialog), no_wait_after=True)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=90_000)
    wait_until_idle(page)
    for _ in range(4):  # a click on the menu is lost while JupyterLab is still arranging itself
        with suppress(TimeoutError):
            page.locator(".jp-Notebook .jp-CodeCell").first.click()
            page.click("text=Run >> nth=0")
            page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
            page.wait_for_function(BEGUN, timeout=5_000, polling=OFTEN)  # a click that was lost is seen soon
            page.wait_for_selector(".widget-dropdown:has-text('Country')", timeout=25_000)
            return
        with suppress(
            TimeoutError
        ):  # a page that lost its kernel while it started does not find it again by clicks: load it anew
            page.reload()
            page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=25_000)
            wait_until_idle(page)
    raise AssertionError("the cells did not run")


def accept(dialog):
    """Take what the newest dialog proposes, if it is still there."""
    with suppress(TimeoutError):
        dialog.locator("button.jp-mod-accept").last.click(timeout=5_000)
