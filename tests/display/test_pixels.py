"""The small PNG keeps the picture: its flat colours exactly, none far from what was drawn."""

import io

import numpy as np
from PIL import Image

from nasssap_lib.display.pixels import COLOURS, small_png

WHITE, BLUE, RED = (255, 255, 255, 255), (20, 80, 110, 255), (181, 68, 46, 255)


def read(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def test_a_picture_of_few_colours_is_kept_exactly_also_where_a_colour_is_rare():
    pixels = np.full((60, 80, 4), WHITE, dtype=np.uint8)
    pixels[:30] = BLUE
    pixels[59, 79] = RED
    assert (read(small_png(pixels)) == pixels[..., :3]).all()


def test_of_many_colours_the_flat_ones_stay_and_the_others_come_close():
    rng = np.random.default_rng(1)
    pixels = np.full((100, 100, 4), WHITE, dtype=np.uint8)
    pixels[:50] = BLUE
    grey = rng.integers(0, 256, (10, 100), dtype=np.uint8)
    pixels[45:55, :, :3] = grey[..., None]  # the edges of letters
    found = read(small_png(pixels))
    assert (found[:45] == BLUE[:3]).all() and (found[55:] == WHITE[:3]).all()
    assert np.abs(found.astype(int) - pixels[..., :3]).max() <= 16
    assert len(np.unique(found.reshape(-1, 3), axis=0)) <= COLOURS


def test_the_same_pixels_give_the_same_bytes_and_a_slice_is_read_as_it_looks():
    pixels = np.random.default_rng(2).integers(0, 256, (20, 30, 4), dtype=np.uint8)
    assert small_png(pixels) == small_png(pixels.copy()) == small_png(np.asfortranarray(pixels))
