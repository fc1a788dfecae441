"""The notebooks of the suite: which there are, and what each says of itself: number, title, question, parameters, prose.

A new notebook is one file ``notebooks/04_example.ipynb``: nothing else lists it. Its first cell is ``# Title`` and perhaps
``## Question``, its first code cell declares the parameters. The file is English; its Markdown is translated by the catalogues.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nasssap_lib.chapter.parameters import COMMON, KINDS, Parameter
from nasssap_lib.display.texts import PSEUDO, _, current_language, marked
from nasssap_lib.errors import ParameterError

NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
LIBRARY = Path(__file__).resolve().parents[1]
NUMBERED = "[0-9][0-9]_*.ipynb"
INJECTED = "# Parameters\n"  # how papermill begins the cell that it adds
MARK = re.compile(r"(\s*(?:#+ |[-*] |\d+\. |> )?)(.*)")


def notebooks_folder() -> Path | None:
    """The notebooks that were installed with this library: its own in a wheel, those beside it in a clone.

    The current folder has no say: what a folder from elsewhere calls ``notebooks/`` is never run.
    """
    folders = (LIBRARY / "notebooks", LIBRARY.parent / "notebooks")
    return next((folder for folder in folders if next(folder.glob(NUMBERED), None)), None)


def chapters() -> list[str]:
    """Names of the numbered notebooks, in their order.

    Examples
    --------
    >>> chapters()[:2]
    ['01_stocktaking', '02_gap_identification']
    """
    folder = notebooks_folder()
    return sorted(path.stem for path in folder.glob(NUMBERED) if NAME.fullmatch(path.stem)) if folder else []


@dataclass(frozen=True)
class Notebook:
    """What a notebook says of itself.

    head : source of its first cell · parameters : those that it declares; None where its file is not at hand · code : sources of its
    other code cells
    """

    name: str
    head: str
    parameters: dict[str, Parameter] | None
    code: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Its number among the chapters; 0 where it has none."""
        return int(self.name[:2]) if re.match(r"\d\d_", self.name) else 0

    @cached_property
    def title(self) -> str:
        """Its first heading, in the reader's language."""
        return heading(translated_prose(self.head))

    @cached_property
    def question(self) -> str:
        """The heading below its title, in the reader's language; "" where it has none."""
        return heading(translated_prose(self.head), "## ")


def heading(source: str, mark: str = "# ") -> str:
    r"""The first heading of a Markdown text; "" where it has none.

    Examples
    --------
    >>> heading("# Stocktaking\n\nWhat exists"), heading("Prose")
    ('Stocktaking', '')
    """
    return next((line.removeprefix(mark).strip() for line in source.splitlines() if line.startswith(mark)), "")


def read_notebook(name: str) -> Notebook:
    """What one of the installed notebooks says of itself.

    Parameters
    ----------
    name : its file's name without ending

    Raises
    ------
    ParameterError : there is no notebook of that name

    Examples
    --------
    >>> notebook = read_notebook("02_gap_identification")
    >>> notebook.number, notebook.title, notebook.parameters["year"].kind
    (2, 'Gap identification', <class 'int'>)
    """
    folder = notebooks_folder()
    if notebook := _read(folder, name) if folder else None:
        return notebook
    raise ParameterError({"name": f"no notebook {name[:60]!r}; there are {', '.join(chapters())}"})


def read_opened_notebook(name: str) -> Notebook:
    """What the notebook says of itself that the running kernel executes.

    Parameters
    ----------
    name : as the notebook calls itself. Its file lies in the working directory of its kernel, which is how a copy that somebody
        changed is known, or among the installed ones. Where it does not (a copy under another name), the kernel is
        asked, whose parameter cell was executed: it knows names and types

    Raises
    ------
    ParameterError : there is no notebook of that name
    """
    if notebook := _read(Path.cwd(), name):
        return notebook
    declared = getattr(sys.modules["__main__"], "__annotations__", {})
    try:
        return read_notebook(name)
    except ParameterError:
        if not NAME.fullmatch(name) or (notebooks_folder() and "country" not in declared):
            raise
    words = re.sub(r"^\d\d_", "", name).replace("_", " ").capitalize()
    parameters = {key: Parameter(_kind(value)) for key, value in declared.items()}
    return Notebook(name, f"# {words}", parameters if "country" in declared else None)


def injected_names(cells: Iterable[str] | None = None) -> list[str]:
    """The names that papermill gave values to in this kernel: a cell of its own, which a misspelled name reaches too.

    Parameters
    ----------
    cells : sources that the kernel has executed; None: it is asked

    Examples
    --------
    >>> injected_names(["year = 0", "# Parameters\\ncountry = 'SEN'\\nyaer = 2025"])
    ['country', 'yaer']
    """
    if cells is None:
        cells = getattr(sys.modules["__main__"], "In", [])
    (*_, source) = ["", *(cell for cell in cells if str(cell).startswith(INJECTED))]
    try:
        nodes = ast.parse(source).body
    except SyntaxError:
        return []
    return [
        target.id
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]


def _read(folder: Path, name: str) -> Notebook | None:
    """A notebook of a folder; nothing of it is executed. None where it is not there."""
    path = folder / f"{name}.ipynb"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    declaring = _parameter_source(cells)
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    code = tuple(source for source in sources if source != declaring)
    return Notebook(name, "".join(cells[0]["source"]), declared_parameters(declaring), code)


def _parameter_source(cells: Iterable[dict]) -> str:
    tagged = ("".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", []))
    return next(tagged, "")


def declared_parameters(source: str) -> dict[str, Parameter]:
    """The parameters that a cell declares: ``name: type = default  # meaning``, a line each.

    Examples
    --------
    >>> declared_parameters("year: int = 0  # 0: each at its own year")
    {'year': Parameter(kind=<class 'int'>, meaning='0: each at its own year', default=0)}
    """
    lines = source.splitlines()
    return {
        node.target.id: Parameter(
            _kind(ast.unparse(node.annotation)),
            lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode().strip(" #"),
            ast.literal_eval(node.value) if node.value else None,
        )
        for node in ast.parse(source).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


def _kind(annotation: object) -> type:
    """The type that an annotation names; any where it is none of those that a parameter can have."""
    return annotation if annotation in KINDS else KINDS_BY_NAME.get(str(annotation), object)


KINDS_BY_NAME = {kind.__name__: kind for kind in KINDS}


def notebook_faults(notebook: Notebook) -> list[str]:
    """What is wrong with a notebook of the batch, in words: what would run for another country, or under another name.

    Examples
    --------
    >>> notebook_faults(read_notebook("01_stocktaking"))
    []
    >>> notebook_faults(Notebook("04_new", "Prose", {}, ('chapter = open_chapter("01_stocktaking", country)',)))[1:]
    ["no title: its first cell begins with '# '", "opens the chapter '01_stocktaking', expected its own name '04_new'"]
    """
    names = [*opened_names(notebook.code)]
    faults = (
        [] if notebook.parameters else ["no cell with the tag 'parameters' that declares country: str = … and so on"]
    )
    faults += [] if notebook.title else ["no title: its first cell begins with '# '"]
    faults += [] if names else [f"no open_chapter({notebook.name!r}, country, data, results, scenario, language)"]
    wrong = [name for name in names if name != notebook.name]
    faults += [f"opens the chapter {name!r}, expected its own name {notebook.name!r}" for name in wrong]
    silent = [name for name in notebook.parameters or {} if not re.search(rf"\b{name}\b", "\n".join(notebook.code))]
    return faults + [f"the parameter {name} is declared and used nowhere" for name in silent]


def opened_names(sources: Iterable[str]) -> Iterator[str]:
    """The names under which code opens a chapter.

    Examples
    --------
    >>> list(opened_names(['chapter = open_chapter("01_stocktaking", country)']))
    ['01_stocktaking']
    """
    for source in sources:
        yield from re.findall(r"\bopen_chapter\(\s*[\"']([^\"']*)[\"']", source)


def undeclared(notebook: Notebook, names: Iterable[str]) -> list[str]:
    """Those of the names that a notebook's parameter cell does not declare, though every run needs or was given them."""
    return [name for name in names if name in COMMON and name not in (notebook.parameters or COMMON)]


def translated_prose(source: str) -> str:
    r"""The Markdown of a cell in the reader's language; the catalogue knows it by the whole source.

    In the pseudo-language headings, paragraphs, items and cells of tables keep their marks, and the text of each is wrapped.

    Examples
    --------
    >>> from nasssap_lib.display.texts import in_language
    >>> with in_language("qps"):
    ...     translated_prose("# Title\n\nA line\ngoes on.\n\n- item\n\n| a | b |\n|---|---|")
    '# ⟦Title⟧\n\n⟦A line goes on.⟧\n\n- ⟦item⟧\n\n| ⟦a⟧ | ⟦b⟧ |\n|---|---|'
    """
    if current_language() != PSEUDO:
        return _(source)
    blocks = re.sub(r"(?<=[^\n|])\n(?=[^\n|#>\s*-])(?!\d+\. )", " ", source)  # a paragraph on one line
    return "\n".join(map(_wrapped_line, blocks.splitlines()))


def _wrapped_line(line: str) -> str:
    if line.startswith("|"):
        return re.sub(r"[^|\s-][^|]*?(?=\s*\|)", lambda cell: marked(cell[0]), line)
    mark, text = MARK.fullmatch(line).groups()
    return mark + marked(text)


def translate_notebook(notebook):
    """Put the Markdown of a notebook (of nbformat) into the reader's language; ids, tags and code stay as they are."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = translated_prose(cell.source)
    return notebook
