"""The pixels of a picture as a small PNG: few colours, chosen so that none on the page is far from its own."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

COLOURS = 24
EFFORT = 6  # of zlib: more takes twice the time for a twentieth of the bytes


def small_png(pixels: NDArray[np.uint8]) -> bytes:
    """A PNG of at most ``COLOURS`` colours.

    Parameters
    ----------
    pixels : height × width × RGBA, nothing of it transparent

    Examples
    --------
    >>> small_png(np.full((2, 3, 4), 255, dtype=np.uint8))[1:4]
    b'PNG'
    """
    from PIL import Image

    packed = np.ascontiguousarray(pixels).view("<u4")[..., 0]
    runs, lengths = _runs(packed.ravel())
    colours, place = np.unique(runs, return_inverse=True)
    counts = np.bincount(place, lengths).astype(np.int64)
    channels = colours.view(np.uint8).reshape(-1, 4)[:, :3]
    chosen, nearest = _few_colours(channels.astype(float), counts)
    table = np.zeros(1 << 15, np.uint8)
    # colours too alike to be told apart by five bits get what the most frequent of them gets
    often_last = np.argsort(counts, kind="stable")
    table[_five_bits(colours[often_last])] = nearest[often_last]
    image = Image.fromarray(np.repeat(table[_five_bits(runs)], lengths).reshape(packed.shape))
    image.putpalette(channels[chosen].tobytes())
    written = io.BytesIO()
    image.save(written, "png", compress_level=EFFORT)
    return written.getvalue()


def _runs(pixels: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Colours that follow each other, and for how many pixels each goes on: a picture is mostly paper."""
    starts = np.concatenate(([0], np.flatnonzero(pixels[1:] != pixels[:-1]) + 1))
    return pixels[starts], np.diff(starts, append=len(pixels))


def _few_colours(channels: NDArray[np.float64], counts: NDArray[np.int64]) -> tuple[list[int], NDArray[np.uint8]]:
    """The palette as positions in the list of colours, and each colour's nearest in it.

    The most frequent colour first, then again and again the one that is worst off: far from what was chosen, and frequent. A
    median cut would mix the few flat colours of a chart with those at the edges of its letters.
    """
    weights = np.sqrt(counts)
    distance, nearest = np.full(len(counts), np.inf), np.zeros(len(counts), np.uint8)
    chosen = [int(counts.argmax())]
    while True:
        new = ((channels - channels[chosen[-1]]) ** 2).sum(axis=1)
        nearest[new < distance] = len(chosen) - 1
        distance = np.minimum(distance, new)
        if len(chosen) == COLOURS or not distance.any():
            return chosen, nearest
        chosen.append(int((distance * weights).argmax()))


def _five_bits(colours: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The upper five bits of red, green and blue as one number."""
    return (colours >> 3 & 0x1F) | (colours >> 6 & 0x3E0) | (colours >> 9 & 0x7C00)
