"""The page of a report: what may stand in it, and what becomes of the rest."""

import re

import pytest

from nasssap_lib.run.html import clean_html


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
