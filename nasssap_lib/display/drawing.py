"""A picture drawn once: matplotlib's one pass over a figure becomes an SVG of short numbers and, beside it, its pixels."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from functools import lru_cache
from html import escape

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import rgb2hex
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform

from nasssap_lib.display.fonts import drawable
from nasssap_lib.display.glyphs import SCALE, Face, line_extent, line_glyphs, line_path, outline
from nasssap_lib.display.style import STYLE

UNITS = 1200  # of the SVG, an inch: whole numbers are exact to a sixteenth of a point
EM = 500  # units of the height of a letter
FONTS = {"DejaVuSans": "r", "DejaVuSans-Bold": "b", "DejaVuSans-Oblique": "i"}  # short names of letters in the SVG
COMMANDS = {Path.MOVETO: "m", Path.CURVE3: "q", Path.CURVE4: "c"}


def draw(figure: Figure, dpi: float, top: float = 0.0, bottom: float = 0.0) -> tuple[str, np.ndarray]:
    """A figure as SVG and as pixels, from one pass.

    Parameters
    ----------
    figure : is drawn with the suite's style
    dpi : pixels an inch
    top, bottom : inches at its upper and lower edge that are left out, where nothing should be drawn

    Returns
    -------
    SVG text on one line; pixels as an array of height × width × RGBA. The same figure gives the same text and pixels

    Examples
    --------
    >>> svg, pixels = draw(Figure(figsize=(2, 1)), 100)
    >>> svg[:4], pixels.shape
    ('<svg', (100, 200, 4))
    """
    width, height = figure.get_size_inches()
    with matplotlib.rc_context(STYLE):
        figure.set_dpi(dpi)
        renderer = _Both(width, height, dpi)
        figure.draw(renderer)
    pixels = np.asarray(renderer.pixels.buffer_rgba())
    return renderer.svg.text(top, bottom), pixels[round(top * dpi) : len(pixels) - round(bottom * dpi)]


def texts_of(artist: Artist) -> Iterator[str]:
    """All texts of a figure or a part of it, without those of an axis that is not drawn: to be asked, it would make its ticks.

    Examples
    --------
    >>> figure = Figure()
    >>> axes = figure.add_subplot(title="Gaps")
    >>> _ = axes.axis("off")
    >>> list(filter(None, texts_of(figure)))
    ['Gaps']
    """
    if isinstance(artist, Axis) and not (artist.axes.axison and artist.get_visible()):
        return
    if isinstance(artist, Text):
        yield artist.get_text()
    for part in artist.get_children():
        yield from texts_of(part)


def _face(prop) -> Face:
    return Face(tuple(prop.get_family()), prop.get_style(), prop.get_weight())


class _Drawn(RendererBase):
    """What both renderings have in common: their size in pixels, y downwards, and the room that a text takes."""

    def __init__(self, width: float, height: float, dpi: float):
        super().__init__()
        self.width, self.height, self.dpi = width * dpi, height * dpi, dpi

    def get_canvas_width_height(self):
        return self.width, self.height

    def points_to_pixels(self, points):
        return points * self.dpi / 72

    def get_text_width_height_descent(self, s, prop, ismath):
        extent = line_extent(s, _face(prop))
        scale = self.points_to_pixels(prop.get_size_in_points() / SCALE)
        return extent.width * scale, (extent.above + extent.below) * scale, extent.below * scale


class _Both(_Drawn):
    """Passes everything on to the SVG and to the pixels."""

    def __init__(self, width: float, height: float, dpi: float):
        super().__init__(width, height, dpi)
        self.svg = _Svg(width, height, dpi)
        self.pixels = RendererAgg(self.width, self.height, dpi)

    def draw_path(self, gc, path, transform, rgbFace=None):
        self.svg.draw_path(gc, path, transform, rgbFace)
        self.pixels.draw_path(gc, path, transform, rgbFace)

    def draw_markers(self, gc, *args, **kwargs):
        self.svg.draw_markers(gc, *args, **kwargs)
        self.pixels.draw_markers(gc, *args, **kwargs)

    def draw_image(self, gc, x, y, im, transform=None):
        self.svg.draw_image(gc, x, y, im)
        self.pixels.draw_image(gc, x, y, im)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        self.svg.draw_text(gc, x, y, s, prop, angle)
        scale = self.points_to_pixels(prop.get_size_in_points() / SCALE)
        up, step = self.height - y, 0.0
        if not angle:
            # as a font's hints do: letters that meet the pixels alike are crisp, and take fewer bytes
            x, up, step = round(2 * x) / 2, round(up), 0.5 / scale
        place = Affine2D().scale(scale).rotate_deg(angle).translate(x, up)
        plain = self.new_gc()
        plain.copy_properties(gc)
        plain.set_linewidth(0)
        plain.set_snap(False)
        self.pixels.draw_path(plain, line_path(s, _face(prop), step), place, gc.get_rgb())


class _Svg(_Drawn):
    """Writes SVG: one element a shape, letters defined once, numbers whole in ``UNITS``.

    Attributes stand in single quotes, which a notebook's JSON need not escape.
    """

    def __init__(self, width: float, height: float, dpi: float):
        super().__init__(width, height, dpi)
        self.size = (width, height)
        self.unit = UNITS / dpi
        self.upright = Affine2D().scale(self.unit, -self.unit).translate(0, height * UNITS)  # from pixels, y upwards
        self.shapes: list[str] = []
        self.definitions: dict[str, str] = {}

    def text(self, top: float = 0.0, bottom: float = 0.0) -> str:
        """The picture without so many inches at its edges, on one line."""
        width, height = self.size[0], self.size[1] - top - bottom
        head = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{_short(width * 72)}pt",
            "height": f"{_short(height * 72)}pt",
            "viewBox": f"0 {round(top * UNITS)} {_short(width * UNITS)} {_short(height * UNITS)}",
        }
        definitions, shapes = "".join(self.definitions.values()), "".join(self.shapes)
        return f"<svg{_attributes(head)}><defs>{definitions}</defs>{shapes}</svg>"

    def draw_path(self, gc, path, transform, rgbFace=None):
        line = rgbFace is None and gc.get_hatch() is None
        corner = (self.width * self.unit, self.height * self.unit)
        data = path_data(path, transform + self.upright, (0, 0, *corner) if line else None, line)
        if data:
            self.shapes.append(
                f"<path{_attributes({'d': data} | self._look(gc, rgbFace, len(path) > 2) | self._clip(gc))}/>"
            )

    def draw_image(self, gc, x, y, im, transform=None):
        from PIL import Image

        png = io.BytesIO()
        Image.fromarray(im[::-1]).save(png, "png")  # matplotlib's first row is the lowest
        height, width = im.shape[:2]
        lengths = {"x": x, "y": self.height - y - height, "width": width, "height": height}
        source = f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode('ascii')}"
        look = {name: str(round(length * self.unit)) for name, length in lengths.items()}
        look |= {"preserveAspectRatio": "none", "href": source}
        clip = _attributes(self._clip(gc))
        self.shapes.append(f"<g{clip}><image{_attributes(look)}/></g>")

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        letters = [self._letter(*placed) for placed in line_glyphs(s, _face(prop))]
        if not letters:
            return
        turn = f"rotate({_short(-angle)})" if angle else ""
        scale = _short(prop.get_size_in_points() / 72 * UNITS / EM, 5)
        place = f"translate({round(x * self.unit)} {round(y * self.unit)}){turn}scale({scale})"
        look = _attributes(_colour("fill", gc.get_rgb(), _forced(gc)) | {"transform": place})
        words = (
            escape(drawable(s), quote=False).replace("--", "- -").removesuffix("-")
        )  # two hyphens would end the comment
        group = f"<!--{words}--><g{look}>{''.join(letters)}</g>"
        clip = _attributes(self._clip(gc))
        self.shapes.append(f"<g{clip}>{group}</g>" if clip else group)

    def _letter(self, name: str, x: float, y: float) -> str:
        """A letter of a line, defined where it is the first of its kind."""
        font, _, glyph = name.rpartition("-")
        short = FONTS.get(font, f"{font}-") + glyph
        if short not in self.definitions:
            self.definitions[short] = f"<path id='{short}' d='{_letter_data(name)}'/>"
        across, down = round(x * EM / SCALE), round(-y * EM / SCALE)
        return f"<use href='#{short}'" + (f" x='{across}'" if across else "") + (f" y='{down}'/>" if down else "/>")

    def _look(self, gc, fill, corners: bool) -> dict[str, str]:
        """Fill, line and pattern of a shape, with what its corners look like where it has any."""
        forced = _forced(gc)
        look = {"fill": "none"} if fill is None else _colour("fill", fill, forced)
        if gc.get_hatch() is not None:
            look["fill"] = f"url(#{self._hatch(gc, fill)})"
        if not gc.get_linewidth():
            return look
        look |= _colour("stroke", gc.get_rgb(), forced) | {"stroke-width": self._length(gc.get_linewidth())}
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            look["stroke-dasharray"] = ",".join(map(self._length, dashes))
            look["stroke-dashoffset"] = self._length(offset)
        if corners and gc.get_joinstyle() != "miter":
            look["stroke-linejoin"] = gc.get_joinstyle()
        if gc.get_capstyle() != "butt":
            look["stroke-linecap"] = {"projecting": "square"}.get(gc.get_capstyle(), gc.get_capstyle())
        return look

    def _length(self, points: float) -> str:
        return _short(points / 72 * UNITS, 1)

    def _hatch(self, gc, fill) -> str:
        """The id of a pattern: a sixth of the inch that matplotlib fills, or a third where rows that alternate are odd in number."""
        signs = gc.get_hatch()
        density = 1 if all(signs.count(sign) % 2 == 0 for sign in signs) else 2
        size = UNITS * density // 6
        line = path_data(gc.get_hatch_path(density), Affine2D().scale(size, -size).translate(0, size))
        look = _colour("fill", gc.get_hatch_color(), None) | _colour("stroke", gc.get_hatch_color(), None)
        look |= {"stroke-width": self._length(gc.get_hatch_linewidth())}
        area = {"width": str(size), "height": str(size)}
        ground = "" if fill is None else f"<rect{_attributes(area | _colour('fill', fill, None))}/>"
        box = _attributes({"patternUnits": "userSpaceOnUse"} | area)
        return self._define("h", f"<pattern id='{{}}'{box}>{ground}<path{_attributes({'d': line} | look)}/></pattern>")

    def _clip(self, gc) -> dict[str, str]:
        """The part of the picture outside of which a shape is not seen."""
        path, transform = gc.get_clip_path()
        box = gc.get_clip_rectangle()
        if path is None and box is not None:
            path, transform = Path.unit_rectangle(), Affine2D().scale(box.width, box.height).translate(box.x0, box.y0)
        if path is None:
            return {}
        data = path_data(path, transform + self.upright)
        name = self._define("c", f"<clipPath id='{{}}'><path d='{data}'/></clipPath>")
        return {"clip-path": f"url(#{name})"}

    def _define(self, kind: str, element: str) -> str:
        """The id of a definition: made of its content, so that on one page no id means two things."""
        salted = f"{matplotlib.rcParams['svg.hashsalt']}{element}"
        name = kind + hashlib.sha256(salted.encode()).hexdigest()[:8]
        self.definitions.setdefault(name, element.format(name))
        return name


def _attributes(values: dict[str, str]) -> str:
    """Attributes of an element, each after a space."""
    return "".join(f" {name}='{value}'" for name, value in values.items())


def _forced(gc) -> float | None:
    """How far a shape covers what is below, where the shape and not its colours says so."""
    return gc.get_alpha() if gc.get_forced_alpha() else None


def _colour(name: str, colour, forced: float | None) -> dict[str, str]:
    """A colour of SVG, and how far it covers what is below."""
    alpha = forced if forced is not None else (colour[3] if len(colour) > 3 else 1.0)
    return {name: rgb2hex(colour[:3])} | ({f"{name}-opacity": _short(alpha, 3)} if alpha != 1.0 else {})


def path_data(path: Path, transform=None, clip=None, simplify: bool = False) -> str:
    """A path as the ``d`` of an SVG path: whole numbers, each counted from the point before it.

    Examples
    --------
    >>> path_data(Path([(0, 0), (10, 0), (10, 5.2), (-1, 9)]))
    'm0 0h10v5l-11 4'
    """
    simplify = bool(simplify and path.should_simplify)
    parts, x, y, start = [], 0, 0, (0, 0)
    for points, code in path.iter_segments(transform or IdentityTransform(), clip=clip, simplify=simplify):
        if code == Path.CLOSEPOLY:
            parts.append("z")
            x, y = start
            continue
        whole = [round(value) for value in points.tolist()]
        if code == Path.LINETO:
            parts.append(_line(whole[0] - x, whole[1] - y))
        else:
            parts.append(COMMANDS[code] + _joined([v - (y if i % 2 else x) for i, v in enumerate(whole)]))
        x, y = whole[-2:]
        if code == Path.MOVETO:
            start = x, y
    return "".join(parts)


def _line(across: int, down: int) -> str:
    if not across or not down:
        return f"h{across}" if across else f"v{down}" if down else ""
    return "l" + _joined([across, down])


def _joined(numbers: list[int]) -> str:
    """Numbers in a row: a minus sign parts them as well as a space."""
    return " ".join(map(str, numbers)).replace(" -", "-")


@lru_cache(maxsize=4096)
def _letter_data(name: str) -> str:
    return path_data(outline(name), Affine2D().scale(EM / SCALE, -EM / SCALE))


def _short(value: float, decimals: int = 2) -> str:
    """A number without the zeros at its end."""
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else str(round(value))
