"""Reads a PDF as a screen reader does, by its tags; and as a printer does, by where its letters end."""

import re
from functools import lru_cache

import pikepdf

BLOCKS = ("/P", "/Div")
LETTERS = "BDC BMC EMC Tf Tj TJ"  # operators that mark, choose and show letters


COLUMN_HEAD, ROW_HEAD = "/TH/Column", "/TH/Row"


def _scope(node: pikepdf.Dictionary) -> str:
    """Of what the head of a table is one."""
    return "".join(str(given.Scope) for given in node.get("/A", []) if "/Scope" in given)


@lru_cache(maxsize=2)  # of one document several things are asked
def tags(pdf: pikepdf.Pdf) -> tuple[tuple[str, str], ...]:
    """Tag and text of each element of a document in the order of reading; a head of a table says of what it is one."""
    texts = {page.objgen: marked_texts(page) for page in pdf.pages}

    def text_of(node, page) -> str:
        if isinstance(node, int):
            return texts[page.objgen].get(node, "")
        if isinstance(node, pikepdf.Array):
            return "".join(text_of(part, page) for part in node)
        page = node.get("/Pg", page)
        if node.get("/Type") == "/MCR":
            return texts[page.objgen].get(int(node.MCID), "")
        inner = text_of(node.K, page) if "/K" in node else ""
        return f" {inner} " if node.get("/S") in BLOCKS else inner

    def walk(node, page):
        if isinstance(node, pikepdf.Array):
            for part in node:
                yield from walk(part, page)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            page = node.get("/Pg", page)
            yield f"{node.S}{_scope(node)}", re.sub(r"\s+", " ", text_of(node.get("/K", pikepdf.Array()), page)).strip()
            yield from walk(node.get("/K", pikepdf.Array()), page)

    return tuple(walk(pdf.Root.StructTreeRoot.K, None))


def of_kind(pdf: pikepdf.Pdf, *kinds: str) -> list[str]:
    return [text for kind, text in tags(pdf) if kind in kinds]


def spoken(text: str) -> str:
    """A text as the tags give it: white space is a space."""
    return re.sub(r"\s+", " ", text).strip()


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    return [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == kind and "/P" in item
    ]


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    """Titles of the bookmarks in the order of reading."""

    def walk(items):
        for item in items:
            yield item.title
            yield from walk(item.children)

    with pdf.open_outline() as outline:
        return list(walk(outline.root))


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Descriptors of the fonts of a document."""
    return [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]


def colours(page) -> set[str]:
    """Colours of red, green and blue that a page is drawn with."""
    drawn = (operands for operands, _operator in pikepdf.parse_content_stream(page, "scn SCN rg RG"))
    return {
        "#" + "".join(f"{round(float(part) * 255):02x}" for part in operands)
        for operands in drawn
        if len(operands) == 3
    }


def marked_texts(page) -> dict[int, str]:
    """Texts of a page by the number under which the tags know them."""
    fonts = {name: letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts, open_marks, font = {}, [], {}
    for operands, operator in pikepdf.parse_content_stream(page, LETTERS):
        match str(operator):
            case "BDC":
                named = operands[1] if isinstance(operands[1], pikepdf.Dictionary) else {}
                open_marks.append((named.get("/MCID"), named.get("/ActualText")))
                if open_marks[-1][1] is not None:
                    add(texts, open_marks, str(open_marks[-1][1]))
            case "BMC":
                open_marks.append((None, None))
            case "EMC":
                open_marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if not any(actual is not None for _, actual in open_marks):
                add(texts, open_marks, shown(operands[0], font))
    return texts


def add(texts: dict[int, str], open_marks: list, words: str) -> None:
    """A piece of text to that of the innermost mark that the tags know."""
    known = [int(mark) for mark, _ in open_marks if mark is not None]
    if known:
        texts[known[-1]] = texts.get(known[-1], "") + words


def artifacts(page) -> list[str]:
    """Lines of a page that only the eye sees."""
    fonts, kinds, found, font = {name: letters(font) for name, font in page.Resources.Font.items()}, [], [], {}
    for operands, operator in pikepdf.parse_content_stream(page, LETTERS):
        match str(operator):
            case "BDC" | "BMC":
                kinds.append(str(operands[0]))
            case "EMC":
                kinds.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if "/Artifact" in kinds:
                found.append(shown(operands[0], font))
    return found


def shown(operand, font: dict[str, str]) -> str:
    """Letters of a line as a content stream has it."""
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String)).hex()
    return "".join(font[codes[i : i + 4]] for i in range(0, len(codes), 4))


def letters(font) -> dict[str, str]:
    """What the codes of a font stand for."""
    return _letters(font.ToUnicode.read_bytes())


@lru_cache(maxsize=32)
def _letters(written: bytes) -> dict[str, str]:
    cmap, found = written.decode("ascii"), {}
    for lines in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        found |= dict(re.findall(r"<(\w+)>\s*<(\w+)>", lines))
    for lines in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", lines):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[f"{int(first, 16) + step:04x}"] = f"{int(to, 16) + step:04x}"
    return {code.lower(): bytes.fromhex(to).decode("utf-16-be") for code, to in found.items()}


def drawn_lines(page):
    """Each line of letters of a page: its place, its letters, its font and size, and the kinds of marked content that it stands in."""
    fonts = {name: (widths_of(font), letters(font)) for name, font in page.Resources.Font.items()}
    kinds, matrices, here, font, size = [], [], pikepdf.Matrix(), ({}, {}), 0.0
    for operands, operator in pikepdf.parse_content_stream(page, f"{LETTERS} q Q cm Tm"):
        match str(operator):
            case "BDC" | "BMC":
                kinds.append(str(operands[0]))
            case "EMC":
                kinds.pop()
            case "q":
                matrices.append(here)
            case "Q":
                here = matrices.pop()
            case "cm":
                here = pikepdf.Matrix(operands) @ here
            case "Tm":
                line = pikepdf.Matrix(operands)
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case "Tj" | "TJ":
                parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                yield line @ here, parts, font, size, tuple(kinds)


def rightmost(page) -> float:
    """Points from the left at which the last letter of a page ends, spaces at the end of a line aside."""
    ends = (
        place.transform((advance(parts, *font) * size / 1000, 0))[0]
        for place, parts, font, size, _kinds in drawn_lines(page)
    )
    return max(0.0, *ends)


def lowest(page) -> float:
    """Points from below at which the lowest line of a page stands, what only the eye sees aside."""
    heights = (place.transform((0, 0))[1] for place, *_, kinds in drawn_lines(page) if "/Artifact" not in kinds)
    return min(float(page.mediabox[3]), *heights)


def advance(parts, widths: dict[int, float], names: dict[str, str]) -> float:
    """Thousandths of the type's size from the first letter of a line to the end of the last that is no space."""
    end = here = 0.0
    for part in parts:
        if not isinstance(part, pikepdf.String):
            here -= float(part)
            continue
        for code in (bytes(part)[i : i + 2] for i in range(0, len(bytes(part)), 2)):
            here += widths[int.from_bytes(code)]
            end = end if names.get(code.hex(), "").isspace() else here
    return end


def widths_of(font) -> dict[int, float]:
    """Width of each letter of a font by its code, in thousandths of the type's size."""
    listed, widths = list(font.DescendantFonts[0].W), {}
    while listed:
        first, second = int(listed.pop(0)), listed.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + n: float(width) for n, width in enumerate(second)}
        else:
            width = float(listed.pop(0))
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
    return widths
