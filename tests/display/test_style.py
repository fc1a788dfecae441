"""The frame of every picture: text keeps to its room, the finding is its alternative text, nothing depends on the caller's settings."""

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text
from picture_checks import text_problems

from nasssap_lib.display import style
from nasssap_lib.display.style import (
    MOST_LINES,
    TITLE_LINES,
    Caption,
    add_number,
    break_words,
    draw_parts,
    figure_foot,
    figure_head,
    label_width,
    open_frame,
    styled,
    text_width,
    title_height,
    wrap,
)

CAPTION = Caption("Testland", "Statistics, 2025")


@given(st.lists(st.text("abcdefW", min_size=1, max_size=12), max_size=12), st.sampled_from([0.5, 1.0, 3.0]))
def test_wrapping_loses_no_word_and_leaves_no_line_too_wide_that_could_be_broken(words, width):
    lines = wrap(" ".join(words), width, 9)
    assert " ".join(lines).split() == words
    assert all(text_width(line, 9) <= width or " " not in line for line in lines)


def test_a_line_is_not_broken_between_a_number_and_its_sign():
    assert wrap("19.9\N{NO-BREAK SPACE}% of all\npeople", 0.1, 9) == ["19.9\N{NO-BREAK SPACE}%", "of", "all", "people"]


def test_a_wider_text_is_measured_wider_as_matplotlib_draws_it():
    assert text_width("WWW", 9) > text_width("iii", 9) > text_width("", 9) == 0
    assert text_width("same", 18) == pytest.approx(2 * text_width("same", 9), rel=0.02)
    assert text_width("same", 9, "bold") > text_width("same", 9)


@pytest.mark.parametrize("title", ["Short", "A very long finding about social protection " * 5, "$x$ and \\alpha_1"])
def test_title_subtitle_and_source_have_their_room_above_and_below_the_plot(title):
    frame = open_frame(title, "what is measured " * 12, CAPTION, 2.0)
    axes = frame.axes()
    axes.axis("off")
    assert frame.height == 2.0
    width, height = frame.figure.get_size_inches()
    assert axes.get_position().height * height == pytest.approx(2.0)
    assert axes.get_position().width * width == pytest.approx(frame.width)
    assert text_problems(frame.figure) == []


def test_the_finding_is_the_alternative_text_and_a_picture_without_source_names_none():
    frame = open_frame("The finding", "What is measured", Caption("Testland", ""), 1.0)
    assert frame.figure.get_label() == "The finding. What is measured"
    assert not any("Source" in text.get_text() for text in frame.figure.findobj(Text))
    add_number(frame.figure, "Figure 9.9")
    assert "Figure 9.9" in [text.get_text() for text in frame.figure.findobj(Text)]


@pytest.mark.parametrize("title", ["Short", "A very long finding about social protection " * 5])
def test_the_head_of_a_picture_ends_between_subtitle_and_plot(title):
    frame = open_frame(title, "what is measured " * 12, CAPTION, 2.0)
    measured, inches = figure_head(frame.figure)
    assert measured == ("what is measured " * 12).strip()
    below = min(text.get_window_extent().y0 for text in frame.figure.texts[:2]) / frame.figure.dpi
    height = frame.figure.get_size_inches()[1]
    assert frame.bottom + frame.height < height - inches < below
    assert figure_head(Figure()) == ("", 0.0)


@pytest.mark.parametrize("title", ["Short", "A very long finding about social protection " * 5])
def test_the_title_of_a_picture_ends_above_its_subtitle(title):
    figure = open_frame(title, "what is measured", CAPTION, 2.0).figure
    title, subtitle = (text.get_window_extent() for text in figure.texts[:2])
    top = figure.get_size_inches()[1] - title_height(figure)
    assert subtitle.y1 / figure.dpi < top < title.y0 / figure.dpi + style.MARGIN
    assert title_height(Figure()) == 0.0


@pytest.mark.parametrize("source", ["", "Statistics, 2025", "; ".join(["An institute with a long name, 2024"] * 9)])
def test_the_foot_of_a_picture_begins_below_its_plot_and_holds_its_sources(source):
    frame = open_frame("A finding", "what is measured", Caption("Testland", source), 2.0)
    told, inches = figure_foot(frame.figure)
    assert told == (f"Source: {source}." if source else "")
    assert frame.bottom - 0.15 < inches < frame.bottom
    assert figure_foot(Figure()) == ("", 0.0)


def test_a_callers_settings_change_no_picture_and_stay_as_they_were():
    seen = []
    draw = styled(lambda: seen.append((matplotlib.rcParams["font.family"], matplotlib.rcParams["text.parse_math"])))
    with matplotlib.rc_context({"font.family": "serif", "text.parse_math": True}):
        draw()
        assert matplotlib.rcParams["font.family"] == ["serif"]
    assert seen == [(["DejaVu Sans"], False)]


def test_parts_of_a_bar_follow_one_another_and_make_the_whole():
    axes = Figure(figsize=(6, 3)).add_axes([0.1, 0.6, 0.8, 0.3])
    draw_parts(axes, [("covered", 0.25, 250.0, {"color": "k"}), ("left", 0.75, 750.0, {"color": "w"})])
    bars = [bar for bar in axes.patches if bar.get_height() == pytest.approx(0.8)]
    assert [bar.get_x() for bar in bars] == [0.0, 0.25]
    assert bars[-1].get_x() + bars[-1].get_width() == pytest.approx(1)
    said = [text.get_text() for text in axes.texts]
    assert said == ["covered · 25\N{NO-BREAK SPACE}% · 250", "left · 75\N{NO-BREAK SPACE}% · 750"]


def test_labels_get_the_room_of_their_widest_line():
    assert label_width(["a", "longest line\nb"]) == label_width(["longest line"]) > label_width(["a"])
    assert label_width([]) < label_width(["a"])


@pytest.mark.parametrize("text", ["x" * 5000, "a name of many words " * 250, "වැඩිහිටිදීමනාව" * 300, "i" * 300])
def test_a_name_of_any_length_fits_and_is_measured_in_pieces(text, monkeypatch):
    measured = []
    monkeypatch.setattr(style, "text_width", lambda words, *how: measured.append(len(words)) or text_width(words, *how))
    lines = break_words(text, 1.2, 8.4)
    assert len(lines) <= MOST_LINES and all(text_width(line, 8.4) <= 1.2 for line in lines)
    assert lines[-1].endswith("…") or "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert sum(measured) < 200_000  # letters: halves are tried, not one letter less and one letter less


def test_what_fits_is_as_it_was():
    assert break_words("Older persons, 65+", 3.0, 9) == wrap("Older persons, 65+", 3.0, 9) == ["Older persons, 65+"]
    assert break_words("", 1, 9) == [] and "".join(break_words("x" * 900, 1.2, 8, most=None)) == "x" * 900


def test_a_vowel_sign_stays_with_its_letter_where_a_word_is_broken():
    lines = break_words("දී" * 40, 0.5, 9)
    assert len(lines) > 2 and not [line for line in lines if line.startswith("\u0dd3")]


def test_a_title_of_any_length_leaves_room_for_the_picture():
    frame = open_frame("word " * 2000, "x" * 3000, Caption("Testland", "S" * 3000), 2.0)
    assert max(len(text.get_text().splitlines()) for text in frame.figure.texts[:1]) == TITLE_LINES
    assert frame.figure.get_size_inches()[1] < 7
