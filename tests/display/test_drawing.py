"""A picture is drawn once: its SVG shows what matplotlib's own would, and its pixels the same picture."""

import re
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text

from nasssap_lib.display.drawing import UNITS, draw, path_data
from nasssap_lib.display.style import Caption, open_frame

SVG = "{http://www.w3.org/2000/svg}"


def a_picture() -> Figure:
    """Something of everything: text, bars, patterns, lines, markers, a clipped line, an image."""
    frame = open_frame("A finding of one & two", "what is <measured>", Caption("Testland", "S -- T"), 2.0)
    axes = frame.axes(left=0.5, bottom=0.4)
    axes.barh([0, 1], [3, 2], hatch="////", facecolor="white", edgecolor="#14506e")
    axes.barh([2], [2], hatch="...", facecolor="white", edgecolor="#b5442e", alpha=0.5)
    axes.plot([0, 9], [0, 9], "--", marker="o", color="#e2a03f")
    axes.imshow(np.arange(6).reshape(2, 3), extent=(2, 3, 0, 1), aspect="auto")
    axes.text(0.5, 0.5, "turned", rotation=90)
    axes.set(xlim=(0, 4), ylim=(-1, 3))
    return frame.figure


def test_one_pass_gives_both_and_the_second_drawing_equals_the_first(monkeypatch):
    passes = []
    drawn = Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda figure, renderer: passes.append(drawn(figure, renderer)))
    figure = a_picture()
    svg, pixels = draw(figure, 100)
    assert len(passes) == 1
    again, same = draw(figure, 100)
    assert svg == again and (pixels == same).all()
    assert svg == draw(a_picture(), 100)[0]
    assert pixels.shape[:2] == tuple(int(inches * 100) for inches in figure.get_size_inches()[::-1])


@pytest.mark.parametrize(("top", "bottom"), [(0.25, 0.0), (0.0, 0.5), (0.25, 0.5)])
def test_what_is_cut_off_are_the_edges_and_nothing_else_changes(top, bottom):
    figure = a_picture()
    height = figure.get_size_inches()[1]
    (svg, pixels), (inner, fewer) = draw(figure, 100), draw(figure, 100, top, bottom)
    assert (fewer == pixels[round(100 * top) : len(pixels) - round(100 * bottom)]).all()
    assert len(pixels) - len(fewer) == 100 * (top + bottom)
    whole, part = (list(map(float, ElementTree.fromstring(text).get("viewBox").split())) for text in (svg, inner))
    assert part == pytest.approx([0, UNITS * top, whole[2], whole[3] - UNITS * (top + bottom)])
    assert float(ElementTree.fromstring(inner).get("height")[:-2]) == pytest.approx(
        (height - top - bottom) * 72, abs=0.01
    )
    assert svg.partition("<defs>")[2] == inner.partition("<defs>")[2]


def test_the_svg_is_sound_small_and_refers_to_nothing_that_it_does_not_hold():
    svg, _ = draw(a_picture(), 110)
    root = ElementTree.fromstring(svg)
    identities = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identities) == len(set(identities))
    used = set(re.findall(r"(?:href='|url\()#(\w+)", svg))
    assert used and used <= set(identities)
    assert len(root.findall(f".//{SVG}pattern")) == 2 and len(root.findall(f".//{SVG}image")) == 1
    assert "\n" not in svg and not re.search(r"[-\d]\.\d{3}", re.sub(r"(scale|matrix)\(.*?\)|base64,.*?'", "", svg))
    assert "<script" not in svg and '"' not in svg


def test_every_text_of_the_picture_stands_in_the_svg_as_words_and_as_letters():
    svg, _ = draw(a_picture(), 110)
    comments = re.findall(r"<!--(.*?)-->", svg)
    assert {"A finding of one &amp; two", "what is &lt;measured&gt;", "turned", "Source: S - - T."} <= set(comments)
    assert svg.count("<use ") > 60


@pytest.mark.parametrize("dpi", [72, 110])
def test_letters_stand_where_matplotlib_puts_them(dpi):
    """The same text at any resolution, to a unit of the SVG."""
    figure = Figure(figsize=(4, 1))
    figure.text(0.25, 0.5, "here", size=10, family=["DejaVu Sans"])
    x, y = re.search(r"translate\((\d+) (\d+)\)", draw(figure, dpi)[0]).groups()
    assert (int(x), int(y)) == pytest.approx((UNITS, UNITS / 2), abs=1)


@pytest.mark.parametrize(("hatch", "pitch"), [("////", 12), ("..", 12), ("xxx", 6), (".", 3)])
def test_a_pattern_is_as_dense_as_matplotlib_draws_it(hatch, pitch):
    """A row of signs repeats itself so many times an inch: as often in the tile of the SVG as in matplotlib's inch."""
    figure = Figure(figsize=(2, 2))
    figure.add_artist(matplotlib.patches.Rectangle((0, 0), 1, 1, hatch=hatch, facecolor="white"))
    pattern = ElementTree.fromstring(draw(figure, 100)[0]).find(f".//{SVG}pattern")
    inches = int(pattern.get("width")) / UNITS
    here, there = (Path.hatch(hatch, density) for density in (round(6 * inches), 6))
    levels = [len(np.unique(path.vertices[path.codes == Path.MOVETO][:, 1].round(6))) for path in (here, there)]
    assert (levels[0] - 1) / inches == levels[1] - 1
    assert pitch * inches == pytest.approx(round(pitch * inches))  # the tile ends where the pattern begins anew


def test_colours_that_let_others_shine_through_say_so_and_black_is_black():
    figure = Figure(figsize=(2, 1))
    figure.add_artist(matplotlib.patches.Rectangle((0, 0), 1, 1, facecolor=(1, 0, 0, 0.25), edgecolor="none"))
    figure.add_artist(matplotlib.patches.Rectangle((0, 0), 1, 1, facecolor="black", alpha=0.5, linewidth=0))
    svg, _ = draw(figure, 100)
    assert "fill='#ff0000' fill-opacity='0.25'" in svg and "fill='#000000' fill-opacity='0.5'" in svg


def test_the_pixels_show_what_matplotlib_shows(monkeypatch):
    """Where no text is, our pixels are those of Agg."""
    monkeypatch.setattr(Text, "draw", lambda *args, **kwargs: None)
    figure = a_picture()
    _, pixels = draw(figure, 100)
    canvas = matplotlib.backends.backend_agg.FigureCanvasAgg(figure)
    with matplotlib.rc_context({"svg.hashsalt": None, "hatch.linewidth": 0.7}):
        canvas.draw()
    assert (np.asarray(canvas.buffer_rgba()) == pixels).all()


def test_a_path_closes_where_it_began_and_counts_on_from_there():
    path = Path(
        [(1, 1), (4, 1), (4, 5), (0, 0), (2, 2), (3, 2)],
        [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY, Path.MOVETO, Path.LINETO],
    )
    assert path_data(path) == "m1 1h3v4zm1 1h1"
