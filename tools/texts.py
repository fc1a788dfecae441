"""The catalogues of translations, kept in step with the code: ``python3 tasks.py texts``.

Every text that a reader can see is collected: sentences of the code (``_``, ``N_``, ``ngettext``, ``counted``) and of the page
templates, words of the code lists in ``terms.py``, of reasons, of parameters of options and notebooks, and the prose of the notebooks. Each
``catalogues/CODE.po`` gets what is new, untranslated; a translation is never overwritten: where its text changed in the code it
is kept and marked fuzzy (no reader sees it), where its text is gone it is kept at the end as obsolete.

A new language is one file: ``python3 tasks.py texts CODE`` makes ``catalogues/CODE.po`` with its plural forms.
"""

from __future__ import annotations

import ast
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from nasssap_lib import terms
from nasssap_lib.chapter.notebooks import declared_parameters
from nasssap_lib.chapter.parameters import COMMON
from nasssap_lib.display import texts
from nasssap_lib.files import write_text
from nasssap_lib.pack import assumed_rates, changed_financing, scenario
from nasssap_lib.reasons import REASONS

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "nasssap_lib"
KEYWORDS = {
    "_": None,
    "N_": None,
    "_html": None,
    "translate": None,
    "ngettext": (1, 2),
    "counted": (2, 3),
    "counted_amount": (2, 3),
}
CODE = re.compile(r"[a-z0-9_]+")
TRANSLATED = re.compile(r"[^\W\d_]|[:;!?“]")  # letters, and signs that languages set or write otherwise
WIDTH = 120
ALIKE = 0.8  # how much of a text must be left for its translation to be worth a translator's look
UNKEPT = re.compile(
    '"(Project-Id|Report-Msgid|POT-|PO-Revision|Last-Translator|Language-Team|Generated-By)'
)  # dates, nobody
CHARSET = "Content-Type: text/plain; charset=utf-8\\n"

Text = str | tuple[str, str]  # one text, or one and many
Found = tuple[Text, str]  # a text and the file it stands in


def all_texts(root: Path = ROOT) -> dict[Text, list[str]]:
    """Every text of the project, and the files it stands in: sorted by the first of them, then by its words."""
    found: dict[Text, set[str]] = {}
    for text, file in [*_in_code(root), *_in_lists(), *_in_notebooks(root)]:
        if TRANSLATED.search(re.sub(r"{\w*}", "", _first(text))):
            found.setdefault(text, set()).add(file)
    files = {text: sorted(places) for text, places in found.items()}
    return dict(sorted(files.items(), key=lambda item: (item[1][0], _first(item[0]))))


def _in_code(root: Path) -> Iterator[Found]:
    for path in sorted((root / "nasssap_lib").rglob("*.*")):
        read = {".py": of_python, ".j2": of_template}.get(path.suffix)
        yield from ((text, path.relative_to(root).as_posix()) for text in (read(path.read_bytes()) if read else ()))


def of_python(source: bytes) -> Iterator[Text]:
    """Texts of a module, by its syntax tree: Babel's own reader does not look into f-strings before Python 3.12."""
    for name, arguments in text_arguments(source):
        literals = [[part.value for part in branches(node) if _is_text(part)] for node in arguments]
        if all(literals):
            yield from zip(*literals, strict=True) if KEYWORDS[name] else literals[0]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def text_arguments(source: bytes) -> Iterator[tuple[str, list[ast.expr]]]:
    """Every call of a function that shows a text: its name, and the arguments that are texts."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        arguments = (
            [node.args[i - 1] for i in KEYWORDS[name] or (1,) if len(node.args) >= i] if name in KEYWORDS else []
        )
        if arguments:
            yield name, arguments


def branches(node: ast.expr) -> list[ast.expr]:
    """An expression, or both branches of a conditional one."""
    return [*branches(node.body), *branches(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def of_template(source: bytes) -> Iterator[Text]:
    """Texts of a page template."""
    found = babel_extract(io.BytesIO(source), list(KEYWORDS), (), {"encoding": "utf-8"})
    for _line, _name, text, _comments in found:
        yield from [text] if isinstance(text, str) else (text or ())[:1]


def _in_lists() -> Iterator[Found]:
    """Words of code lists: those of ``terms`` and the room's own that are looked up by a code."""
    for name, codes in vars(terms).items():
        if isinstance(codes, Mapping) and not name.startswith("_"):
            yield from ((text, "nasssap_lib/terms.py") for value in codes.items() for text in _words(*value))
    yield from ((text, "nasssap_lib/reasons.py") for text in REASONS.values())
    for module in (scenario, assumed_rates, changed_financing):
        file = f"{module.__name__.replace('.', '/')}.py"
        for column in module.PARAMETERS.values():
            yield from ((text, file) for text in (column.meaning, *column.codes.values()) if text)
    yield scenario.POPULATION, "nasssap_lib/pack/scenario.py"


def _words(key: object, value: object) -> Iterator[str]:
    """What a reader sees of an entry of a code list: its words; of several parts, and of its key, what is no code."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for item in value.items() for text in _words(*item))
    elif is_dataclass(value):
        value = [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, list | tuple | set):
        yield from (part for part in [key, *value] if isinstance(part, str) and not CODE.fullmatch(part))


def _in_notebooks(root: Path) -> Iterator[Found]:
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source, file = "".join(cell["source"]), f"notebooks/{path.name}"
            if cell["cell_type"] == "markdown":
                yield source, file
            elif path.name[0].isdigit() and "parameters" in cell["metadata"].get("tags", []):  # the batch sweeps them
                declared = declared_parameters(source)
                yield from ((declared[name].meaning, file) for name in declared if name not in COMMON)


def template() -> Catalog:
    """All texts as a catalogue without translations; locations name files, never lines, so that only real changes show."""
    catalogue = Catalog()
    for text, files in all_texts().items():
        catalogue.add(text, locations=[(file, None) for file in files])
    return catalogue


def updated(old: str, language: str) -> str:
    """The text of a catalogue in step with the code; what translators wrote stays.

    Parameters
    ----------
    old : text of the .po file; comments and plural forms of its header are kept
    language : its code
    """
    header, _, _ = old.partition("\n\n")
    before = read_po(io.BytesIO(old.encode()), locale=language)
    known = {_first(message.id): message for message in before if message.id}
    known |= {text: old for text, old in before.obsolete.items() if not any(_forms(known.get(text, Message(""))))}
    fresh, after = template(), Catalog(locale=language)
    gone = {text: message for text, message in known.items() if text not in fresh and any(_forms(message))}
    for message in (message for message in fresh if message.id):
        text = _first(message.id)
        if translated := known.get(text) or _changed(message, gone):
            message.string = translated.string if _fits(message, translated) else message.string
            message.flags |= translated.flags & {"fuzzy"} if text in known else {"fuzzy"}
            message.user_comments = translated.user_comments
        after[message.id] = message
    after.obsolete.update(gone)
    written = io.BytesIO()
    write_po(written, after, width=WIDTH, omit_header=True, include_lineno=False)
    kept = "\n".join(line for line in header.splitlines() if not UNKEPT.match(line))
    return f"{kept}\n\n{written.getvalue().decode().strip()}\n"


def _changed(message: Message, gone: dict[str, Message]) -> Message | None:
    """The translation of the text that a new one replaces, where one that is gone resembles it; it is taken from those."""
    candidates = [text for text, other in gone.items() if _fits(message, other)]
    near = get_close_matches(_first(message.id), candidates, n=1, cutoff=ALIKE)
    return gone.pop(near[0]) if near else None


def _fits(message: Message, other: Message) -> bool:
    """Whether both are counted texts, or neither is."""
    return isinstance(message.string, tuple) == isinstance(other.string, tuple)


def _first(text: Text | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def missing(catalogue: Catalog) -> list[Message]:
    """The messages of a catalogue that its readers see in English: untranslated or fuzzy."""
    return [
        message for message in catalogue
        if message.id and (message.fuzzy or not all(_forms(message)))
    ]  # fmt: skip


def _forms(message: Message) -> Iterable[str]:
    return message.string if isinstance(message.string, tuple) else [message.string]


def add_language(code: str) -> None:
    """An empty catalogue; nothing where there is one.

    Raises
    ------
    babel.UnknownLocaleError : no language of that code
    """
    path = texts.CATALOGUES / f"{code}.po"
    if not path.is_file():
        head = f"Language: {code}\\n", f"Plural-Forms: {Catalog(locale=code).plural_forms}\\n", CHARSET
        write_text(path, 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}"\n' for line in head) + "\n")


def main(new: Iterable[str] = ()) -> int:
    """Update every catalogue and say what is missing; ``new`` names languages to begin."""
    for code in new:
        add_language(code)
    for path in sorted(texts.CATALOGUES.glob("*.po")):
        text = updated(path.read_text(encoding="utf-8"), path.stem)
        write_text(path, text)
        catalogue = read_po(io.BytesIO(text.encode()), locale=path.stem)
        left = missing(catalogue)
        fuzzy = sum(message.fuzzy for message in left)
        print(
            f"{path.stem}: {len(left)} of {len(catalogue)} texts missing, {fuzzy} of them fuzzy; {path.relative_to(ROOT)}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
