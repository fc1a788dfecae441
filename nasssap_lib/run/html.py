"""A small page from an executed notebook: no script, no network, code folded, pictures with alternative text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import count, groupby
from pathlib import Path

import mistune
import nbformat
import nh3
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from nasssap_lib.chapter.notebooks import chapters, heading, read_notebook
from nasssap_lib.chapter.output import country_name, svg_data_address
from nasssap_lib.display.texts import N_, PSEUDO, _, current_language, named, ngettext
from nasssap_lib.pack.model import Settings
from nasssap_lib.run.page_languages import marked_as_english
from nasssap_lib.run.page_tables import with_labels

TEMPLATES = Path(__file__).parent / "template"
REPORT = "report.html.j2"
TAGS = {
    "a", "b", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "i", "li", "ol", "p", "pre",
    "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
PARAMETERS, OPENED, CALCULATED = (
    N_("Parameters of this run"), N_("How the country was opened"), N_("How this was calculated"),
)  # fmt: skip
ASKED = re.compile(r"\?(?=\s|$)")  # where a section's question ends
SENTENCE = re.compile(r"\.(?=\s|$)")
Link = tuple[str, str]  # words and address
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


def compile_templates() -> None:
    """Compile the templates that each batch renders, before any process is forked that would do so for itself."""
    for name in (REPORT, "index.html.j2"):
        _environment().get_template(name)


def _html(text: str, **values) -> Markup:
    """A text of the library that holds tags, in the reader's language; values are escaped."""
    return Markup(_(text)).format(**values)  # noqa: S704


def render_page(template: str, **values) -> str:
    """A page of the suite from one of its templates, in the language that is spoken."""
    style = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704
    return _environment().get_template(template).render(style=style, language=current_language(), **values)


def render_report(
    notebook: nbformat.NotebookNode, settings: Settings, index: str = "../index.html", name: str = "",
    english: Collection[str] = (),
) -> str:  # fmt: skip
    """The report of an executed notebook: its answer, its contents, then the evidence.

    Parameters
    ----------
    notebook : executed
    settings : of the country; a fictional one is marked on the page
    index : address of the index, seen from the page
    name : of the notebook, so that the page leads to the chapters before and after it
    english : texts of the pack that stand on the page in English, though it is in another language

    Returns
    -------
    one self-contained HTML page
    """
    blocks = sorted(_all_blocks(notebook.cells), key=lambda block: block.get("last", False))
    head = next(
        (block["html"] for block in blocks if block["kind"] == "html" and 'class="eyebrow"' in block["html"]),
        Markup(""),
    )
    body = [block for block in blocks if block.get("html") is not head or not head]
    title = heading(notebook.cells[0].source) if notebook.cells else ""
    foreign: set[str] = set()
    for block in (block for block in body if block["kind"] == "html"):
        marked, met = marked_as_english(str(block["html"]), english)
        block["html"], foreign = Markup(marked), foreign | met  # noqa: S704 · it was clean
    sections = [(block["id"], block["title"]) for block in body if block["kind"] == "heading"]
    after = next((i for i, block in enumerate(body) if block.get("id") == "section-2"), len(body))
    return render_page(
        REPORT, title=title, country=country_name(settings), code=settings.code, fictional=settings.fictional, head=head,
        blocks=_folded(body[:after]), evidence=_folded(body[after:]), sections=sections, index=index, beside=_neighbours(name),
        foreign=_foreign_words(len(foreign)),
    )  # fmt: skip


def _foreign_words(number: int) -> str:
    """How many texts of the pack stand on the page in English; "" where none does."""
    if not number:
        return ""
    return ngettext(
        "{n} text of the country pack has no translation and stands here in English.",
        "{n} texts of the country pack have no translation and stand here in English.",
        number,
        n=number,
    )


def _neighbours(name: str) -> list[Link]:
    """The chapters before and after one, with their pages, which lie beside its own."""
    known = chapters()
    if name not in known:
        return []
    place, words = known.index(name), {-1: N_("Before: {title}"), 1: N_("Next: {title}")}
    near = [(known[place + step], words[step]) for step in (-1, 1) if 0 <= place + step < len(known)]
    return [(_(text, title=read_notebook(other).title), f"{other}.html") for other, text in near]


def _all_blocks(cells: list[nbformat.NotebookNode]) -> Iterator[dict]:
    """What the page shows of the cells, in order; how to read a section stands with how it was calculated."""
    explained, numbers = [], count(1)
    for i, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            shown, further = _text_blocks(cell.source, i == 0, numbers)
            yield from shown
            explained += further
        else:
            found = _blocks(cell)
            for block in found:
                if block["kind"] == "code" and not block["last"]:
                    block["explained"], explained = explained, []
            yield from found
    yield from ({"kind": "html", "html": text} for text in explained)


def _text_blocks(source: str, first: bool, numbers: Iterator[int]) -> tuple[list[dict], list[Markup]]:
    """A heading and the question below it; and what else there is to say, for those who ask. Of the first cell the page has the head."""
    lines = source.splitlines()
    heads = [line[3:].strip() for line in lines if line.startswith("## ") and not first]
    shown = ("# ", "## ") if first or len(heads) == 1 else ("# ",)
    text = "\n".join(line for line in lines if not line.startswith(shown)).strip()
    asked, further = (text, "") if first or len(heads) > 1 else _question(text)
    blocks = [
        {"kind": "heading", "id": f"section-{next(numbers)}", "title": head} for head in heads[:1] if len(heads) == 1
    ]
    blocks += [{"kind": "html", "html": _markdown(asked)}] if asked else []
    return blocks, [_markdown(further)] if further else []


def _question(text: str) -> tuple[str, str]:
    """The question that a section answers, else its first sentence; and the rest.

    Examples
    --------
    >>> _question("Who pays? Rates of different years are named.")
    ('Who pays?', 'Rates of different years are named.')
    >>> _question("All sources.")
    ('All sources.', '')
    """
    if current_language() == PSEUDO:
        return text, ""  # its marks stand around the whole text
    end = ASKED.search(text) or SENTENCE.search(text)
    return (text[: end.end()].strip(), text[end.end() :].strip()) if end else (text, "")


def _folded(blocks: list[dict]) -> list[dict]:
    """Blocks of which those that belong to one folded exhibit stand together under its title."""
    folded = []
    for summary, some in groupby(blocks, key=lambda block: block.get("fold", "")):
        some = list(some)
        folded += [{"kind": "fold", "summary": summary, "blocks": some}] if summary else some
    return folded


def _blocks(cell: nbformat.NotebookNode) -> list[dict]:
    """What the page shows of a cell of code."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type != "code" or "parameters" in tags:
        return []
    if "injected-parameters" in tags:
        return [_code(cell, PARAMETERS, last=True)]
    outputs = [block for output in cell.outputs if (block := _output(output))]
    opening = "open_chapter(" in cell.source
    return [*outputs, _code(cell, OPENED if opening else CALCULATED, last=opening)]


def _code(cell: nbformat.NotebookNode, summary: str, last: bool) -> dict:
    return {"kind": "code", "summary": _(summary), "code": cell.source, "last": last, "explained": []}


def _markdown(text: str) -> Markup:
    return clean_html(mistune.create_markdown(escape=True, plugins=["table"])(text))


def _output(output: nbformat.NotebookNode) -> dict | None:
    data, ours = output.get("data", {}), output.get("metadata", {}).get("nasssap", {})
    fold = {"fold": str(ours["fold"])} if ours.get("fold") else {}
    title = ours.get("title", "")
    if "image/svg+xml" in data:
        address = svg_data_address(data["image/svg+xml"])
        return {"kind": "picture", "address": address, "alt": ours.get("alt", ""), "title": title, **fold}
    if "image/png" in data:
        alt = output.metadata.get("image/png", {}).get("alt", "")
        return {"kind": "picture", "address": f"data:image/png;base64,{data['image/png'].strip()}", "alt": alt, **fold}
    if "text/html" in data:
        return {"kind": "html", "html": Markup(with_labels(clean_html(data["text/html"]))), **fold}
    text = data.get("text/plain") or output.get("text", "") or "\n".join(output.get("traceback", []))
    return {"kind": "text", "text": text, **fold} if text else None
