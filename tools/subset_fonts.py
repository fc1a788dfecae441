"""Writes nasssap_lib/display/fonts: of each Noto font the letters of its script, for pictures whose own font lacks them.

    python tools/subset_fonts.py FOLDER      where FOLDER holds NotoSansSinhala-Regular.ttf and so on (Debian: fonts-noto-core)

Latin letters, digits, punctuation and hints are left out: pictures draw those with their own font, and draw outlines only.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "nasssap_lib" / "display" / "fonts"
SCRIPTS = {  # script → blocks of Unicode that are kept
    "Arabic": [(0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF)],
    "Armenian": [(0x0530, 0x058F)],
    "Bengali": [(0x0980, 0x09FF)],
    "Devanagari": [(0x0900, 0x097F), (0xA8E0, 0xA8FF)],
    "Ethiopic": [(0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)],
    "Georgian": [(0x10A0, 0x10FF), (0x1C90, 0x1CBF)],
    "Khmer": [(0x1780, 0x17FF), (0x19E0, 0x19FF)],
    "Lao": [(0x0E80, 0x0EFF)],
    "Malayalam": [(0x0D00, 0x0D7F)],
    "Myanmar": [(0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)],
    "NKo": [(0x07C0, 0x07FF)],
    "Oriya": [(0x0B00, 0x0B7F)],
    "Sinhala": [(0x0D80, 0x0DFF)],
    "Tamil": [(0x0B80, 0x0BFF)],
    "Thaana": [(0x0780, 0x07BF)],
    "Thai": [(0x0E00, 0x0E7F)],
}
JOINERS = {
    0x0964,
    0x0965,
    0x200C,
    0x200D,
    0x25CC,
}  # dandas, what joins and parts letters, the circle that carries a lone vowel sign


def subset_font(source: Path, blocks: list[tuple[int, int]], target: Path) -> None:
    """Write the letters of some blocks, with what shapes them."""
    font = TTFont(source, recalcTimestamp=False)
    wanted = {code for first, last in blocks for code in range(first, last + 1)} | JOINERS
    options = subset.Options(hinting=False, layout_features=["*"], glyph_names=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # names, copyright and licence
    options.drop_tables += ["STAT", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)
    font.save(target)


def main(folder: str) -> None:
    """Write all, and say how large they are."""
    FONTS.mkdir(exist_ok=True)
    for script, blocks in SCRIPTS.items():
        name = f"NotoSans{script}-Regular.ttf"
        subset_font(Path(folder) / name, blocks, FONTS / name)
        print(f"{name}: {(FONTS / name).stat().st_size / 1024:.0f} KB")
    print(f"all: {sum(path.stat().st_size for path in FONTS.glob('*.ttf')) / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1])
