"""A small page from an executed notebook: no script, no network, code folded, pictures with alternative text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import mistune
import nbformat
import nh3
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from nasssap_lib.chapter.notebooks import heading
from nasssap_lib.chapter.output import country_name, svg_data_address
from nasssap_lib.display.texts import N_, _, current_language, named
from nasssap_lib.pack.model import Settings

TEMPLATES = Path(__file__).parent / "template"
TAGS = {
    "a", "b", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "i", "li", "ol", "p", "pre",
    "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
PARAMETERS, OPENED, CALCULATED = (
    N_("Parameters of this run"), N_("How the country was opened"), N_("How this was calculated"),
)  # fmt: skip
TARGET = re.compile(r"#[a-z0-9][a-z0-9_-]*|https?://[^/\\].*")
ATTRIBUTES = {"*": {"class", "id"}, "a": {"href"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}


def clean_html(html: str) -> Markup:
    """HTML without anything that runs, loads or styles: a short list of tags, classes, ids, links into the page and to the web.

    Examples
    --------
    >>> str(clean_html('<p class="note" onclick="x()">a<script>b</script></p>'))
    '<p class="note">a</p>'
    >>> str(clean_html('<a href="#gaps">here</a> <a href="../evil.html">there</a>'))
    '<a href="#gaps" rel="noopener noreferrer">here</a> <a rel="noopener noreferrer">there</a>'
    """
    return Markup(
        nh3.clean(
            html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel="noopener noreferrer",
            attribute_filter=_known_target,
        )
    )  # noqa: S704  # fmt: skip


def _known_target(_tag: str, attribute: str, value: str) -> str | None:
    """A link may lead to a place of the same page or to an address of the web, never to a file beside the page."""
    return None if attribute == "href" and not TARGET.fullmatch(value) else value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(_=_, _html=_html, named=named)
    return environment


def _html(text: str, **values) -> Markup:
    """A text of the library that holds tags, in the reader's language; values are escaped."""
    return Markup(_(text)).format(**values)  # noqa: S704


def render_page(template: str, **values) -> str:
    """A page of the suite from one of its templates, in the language that is spoken."""
    style = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704
    return _environment().get_template(template).render(style=style, language=current_language(), **values)


def render_report(notebook: nbformat.NotebookNode, settings: Settings, index: str = "../index.html") -> str:
    """The report of an executed notebook.

    Parameters
    ----------
    notebook : executed
    settings : of the country; a fictional one is marked on the page
    index : address of the index, seen from the page

    Returns
    -------
    one self-contained HTML page
    """
    blocks = sorted(
        (block for i, cell in enumerate(notebook.cells) for block in _blocks(cell, i == 0)),
        key=lambda block: block.get("last", False),
    )
    head = next(
        (block["html"] for block in blocks if block["kind"] == "html" and 'class="eyebrow"' in block["html"]),
        Markup(""),
    )
    body = [block for block in blocks if block.get("html") is not head or not head]
    title = heading(notebook.cells[0].source) if notebook.cells else ""
    return render_page(
        "report.html.j2", title=title, country=country_name(settings), fictional=settings.fictional, head=head,
        blocks=body, index=index,
    )  # fmt: skip


def _blocks(cell: nbformat.NotebookNode, first: bool) -> list[dict]:
    """What the page shows of a cell; title and question of the first one stand in the head of the report."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type == "markdown":
        shown = ("# ", "## ") if first else ("# ",)
        text = "\n".join(line for line in cell.source.splitlines() if not line.startswith(shown))
        return [{"kind": "html", "html": _markdown(text)}]
    if cell.cell_type != "code" or "parameters" in tags:
        return []
    if "injected-parameters" in tags:
        return [_code(cell, PARAMETERS, last=True)]
    outputs = [block for output in cell.outputs if (block := _output(output))]
    opening = "open_chapter(" in cell.source
    return [*outputs, _code(cell, OPENED if opening else CALCULATED, last=opening)]


def _code(cell: nbformat.NotebookNode, summary: str, last: bool) -> dict:
    return {"kind": "code", "summary": _(summary), "code": cell.source, "last": last}


def _markdown(text: str) -> Markup:
    return clean_html(mistune.create_markdown(escape=True, plugins=["table"])(text))


def _output(output: nbformat.NotebookNode) -> dict | None:
    data = output.get("data", {})
    if "image/svg+xml" in data:
        alt = output.metadata.get("nasssap", {}).get("alt", "")
        return {"kind": "picture", "address": svg_data_address(data["image/svg+xml"]), "alt": alt}
    if "image/png" in data:
        alt = output.metadata.get("image/png", {}).get("alt", "")
        return {"kind": "picture", "address": f"data:image/png;base64,{data['image/png'].strip()}", "alt": alt}
    if "text/html" in data:
        return {"kind": "html", "html": clean_html(data["text/html"])}
    text = data.get("text/plain") or output.get("text", "") or "\n".join(output.get("traceback", []))
    return {"kind": "text", "text": text} if text else None
