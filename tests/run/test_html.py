"""The page of a report: what may stand in it, and what becomes of the rest."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from stories import pack_of

from nasssap_lib.run.html import clean_html, render_report


def links(html):
    return re.findall(r'href="([^"]*)"', html)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "../other.html", "//evil.example", "#a b", "#\" x", "/x",
     "http:///x", "mailto:a@b.c"],
)  # fmt: skip
def test_no_other_link_passes(address):
    assert "href" not in str(clean_html(f"<a href='{address}'>x</a>"))


def test_links_into_the_page_and_to_the_web_pass():
    assert links(str(clean_html('<a href="#gaps-children">x</a><a href="https://www.ilo.org/x">y</a>'))) == [
        "#gaps-children",
        "https://www.ilo.org/x",
    ]


@pytest.mark.parametrize(
    "html",
    ["<script>alert(1)</script>", "<style>p{}</style>", '<img src="http://x/y.png">', "<iframe src='x'></iframe>", '<p onclick="x()">',
     '<p style="background:url(http://x)">', "<svg onload='x()'>", '<form action="x"><input></form>', '<object data="x">'],
)  # fmt: skip
def test_what_runs_loads_or_styles_is_gone_and_the_words_around_it_stay(html):
    clean = str(clean_html(f"before{html}after"))
    assert "before" in clean
    assert not re.search(r"script|style|src|onclick|onload|<svg|<form|<object|<iframe", clean)


def test_a_report_shows_what_each_cell_shows_and_folds_its_code():
    cells = [
        new_markdown_cell("# Gaps\n\n## Who is left out?\n\nProse & <b>no tags</b>."),
        new_code_cell('country: str = "SEN"', metadata={"tags": ["parameters"]}),
        new_code_cell("show()", outputs=[new_output("display_data", {"text/html": "<p>19.9 %<script>x</script></p>"})]),
        new_code_cell("print()", outputs=[new_output("stream", text="<i>as it is</i>")]),
    ]
    page = render_report(new_notebook(cells=cells), pack_of("XTC").settings)
    assert "Gaps" in re.search("<title>(.*)</title>", page)[1]
    assert "<p>19.9 %</p>" in page and "<script" not in page
    assert "&lt;i&gt;as it is&lt;/i&gt;" in page and "&lt;b&gt;no tags&lt;/b&gt;" in page
    assert page.count("<details") == 2  # the two cells that calculate; the cell of parameters is not shown
    assert "## Who" not in page and "country: str" not in page
    assert '<body class="fictional">' in page
    assert 'class="fictional"' not in render_report(new_notebook(cells=cells), pack_of("SEN").settings)


def test_a_picture_is_an_image_with_its_alternative_text():
    """An SVG as <img> runs no script of its own; where there is only a PNG, that is shown."""
    described = {"nasssap": {"alt": 'Figure 1: "a" & b'}, "image/png": {"alt": "Figure 2"}}
    for data, alt in (
        ({"image/svg+xml": "<svg/>"}, "Figure 1: &#34;a&#34; &amp; b"),
        ({"image/png": "AAAA"}, "Figure 2"),
    ):
        output = new_output("display_data", data, metadata=described)
        page = render_report(new_notebook(cells=[new_code_cell("x", outputs=[output])]), pack_of("SEN").settings)
        assert f'alt="{alt}"' in page and 'src="data:image/' in page and "<svg" not in page
