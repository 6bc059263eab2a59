"""A page as an office scanner gives it: a grey picture, a little skewed, with grain and dust, and no text layer."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pymupdf
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader

from reports.press import House, Press

DPI = 200


def scanned_page(press: Press, draw: Callable[[Press], None], *, seed: int, skew: float) -> None:
    """Set a page with ``draw``, scan it, and put only the picture into ``press``."""
    picture = _scan(_sheet(press.house, draw, press.page + 1), seed, skew)
    press.new_page(running=False)
    width, height = press.house.size
    press.canvas.drawImage(ImageReader(BytesIO(picture)), 0, 0, width, height)


def _sheet(house: House, draw: Callable[[Press], None], number: int) -> bytes:
    sheet = Press(house, BytesIO(), page=number - 1)
    sheet.new_page(running=False)
    sheet.y = 96
    draw(sheet)
    sheet.save()
    return sheet.target.getvalue()


def _scan(sheet: bytes, seed: int, skew: float) -> bytes:
    with pymupdf.open(stream=sheet, filetype="pdf") as document:
        # The last: the sheet keeps its number in the report, so an empty page may stand before it.
        pixels = document[-1].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
        image = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    image = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.7))
    random = np.random.default_rng(seed)
    grey = np.asarray(image, dtype=np.float32) * 0.86 + 28  # ink is never black, paper never white
    height, breadth = grey.shape
    shade = np.linspace(0, 9, breadth, dtype=np.float32)[None, :] * np.linspace(0.2, 1, height, dtype=np.float32)[:, None]
    grey = grey - shade + random.normal(0, 2.6, grey.shape).astype(np.float32)
    for y, x in zip(random.integers(0, height - 3, 160), random.integers(0, breadth - 3, 160), strict=True):
        side = 1 + int(random.integers(0, 2))
        grey[y : y + side, x : x + side] -= random.integers(40, 120)
    out = BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=42, dpi=(DPI, DPI))
    return out.getvalue()
