"""Tables and facts from scanned pages, beside the same pages born digital, through the same scorer.

    python -m benchmarks.scanned_tables --data FOLDER --bench FOLDER [--pages 1] [--sets edgar_tables,french] [--keep FOLDER]

Pages are drawn at 200 dpi (clean) and at 150 dpi with a lean of up to 3°, blur, noise and JPEG 35–60 (degraded), and written as
PDFs that hold nothing but those pictures. Every choice comes from a seed, so that two runs read the same pixels.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import scorer
from benchmarks.timing import table

KINDS = ("digital", "clean", "degraded")
TABLE_SETS, FACT_SETS = ("edgar_tables", "tables_eu"), ("edgar", "french")


@dataclass(frozen=True)
class Sample:
    """Pages of one document, and what is to be found on them."""

    pdf: Path
    pages: list[int]
    gold: list[dict[str, Any]]


def table_samples(folder: Path, most: int) -> list[Sample]:
    """A few pages of each document with the tables that lie wholly on them."""
    samples = []
    for name, tables in json.loads((folder / "tables.json").read_text()).items():
        groups: list[set[int]] = []
        for pages in (set(each.get("pages", [each["page"]])) for each in tables):
            touching = [group for group in groups if group & pages]
            groups = [group for group in groups if not group & pages] + [pages.union(*touching)]
        random.Random(name).shuffle(groups)
        chosen: set[int] = set()
        for group in groups:
            if not chosen or len(chosen) + len(group) <= most:
                chosen |= group
        pages_chosen = sorted(chosen)
        place = {page: index for index, page in enumerate(pages_chosen, 1)}
        gold = [
            {**each, "page": place[each["page"]], "pages": [place[page] for page in each.get("pages", [each["page"]])]}
            for each in tables
            if each["page"] in place
        ]
        samples.append(Sample(folder / name, pages_chosen, gold))
    return samples


def fact_samples(folder: Path, most: int) -> list[Sample]:
    """The pages of each document that hold most facts; short documents whole."""
    samples = []
    for path in sorted(folder.glob("*.pdf")):
        truth = json.loads(path.with_suffix(".json").read_text())
        rows = truth["facts"] if "facts" in truth else truth["cells"]
        held: dict[int, int] = {}
        for row in rows:
            if row["rects"] and row.get("value") is not None:
                held[row["rects"][0][0]] = held.get(row["rects"][0][0], 0) + 1
        pages = sorted(sorted(held, key=lambda page: (-held[page], page))[:most])
        place = {page: index for index, page in enumerate(pages, 1)}
        gold = [
            {**row, "rects": [[place[page], *box] for page, *box in row["rects"] if page in place]}
            for row in rows
            if row["rects"] and row["rects"][0][0] in place
        ]
        samples.append(Sample(path, pages, [{"facts" if "facts" in truth else "cells": gold}]))
    return samples


def scan(sample: Sample, kind: str, target: Path) -> list[float]:
    """Write the pages as a PDF of pictures (or, for "digital", as they are); by how many degrees each leans."""
    import pymupdf

    leans = []
    with pymupdf.open(sample.pdf) as source, pymupdf.open() as made:
        for number in sample.pages:
            if kind == "digital":
                made.insert_pdf(source, from_page=number - 1, to_page=number - 1)
                leans.append(0.0)
                continue
            page = source[number - 1]
            picture, degrees = picture_of(page, kind, random.Random(f"{sample.pdf.name} {number}"))
            made.new_page(width=page.rect.width, height=page.rect.height).insert_image(page.rect, stream=picture)
            leans.append(degrees)
        made.save(target)
    return leans


def picture_of(page: Any, kind: str, chance: random.Random) -> tuple[bytes, float]:
    """JPEG of a page, and its lean in degrees, clockwise."""
    import numpy as np
    from PIL import Image, ImageFilter

    drawn = page.get_pixmap(dpi=200 if kind == "clean" else 150, colorspace="gray", alpha=False)
    image = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
    degrees, quality = 0.0, 92
    if kind == "degraded":
        degrees, quality = chance.uniform(-3, 3), chance.randint(35, 60)
        image = image.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
        image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.7)))
        pixels = np.asarray(image, np.float32)
        noise = np.random.default_rng(chance.randrange(2**32)).normal(0, chance.uniform(3, 9), pixels.shape)
        image = Image.fromarray(np.clip(pixels * 0.94 + 8 + noise, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue(), degrees


def leaned(box: list[float], degrees: float, width: float, height: float) -> list[float]:
    """A box of the page where it stands after the page was turned clockwise about its middle."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
    dx, dy = x * cos - y * sin - x, x * sin + y * cos - y
    return [box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy]


def _truth(sample: Sample, leans: list[float]) -> dict[str, Any]:
    """The facts of a sample with their boxes where the leaning pages show them."""
    import pymupdf

    [truth] = sample.gold
    with pymupdf.open(sample.pdf) as source:
        sizes = [tuple(source[number - 1].rect)[2:] for number in sample.pages]
    return {
        key: [{**row, "rects": [[page, *leaned(box, leans[page - 1], *sizes[page - 1])] for page, *box in row["rects"]]} for row in rows]
        for key, rows in truth.items()
    }


def measure(data: Path, bench: Path, name: str, most: int, kinds: tuple[str, ...], keep: Path | None = None) -> list[list[str]]:
    """One row a kind of picture: the scorer's figures, pages, seconds a page."""
    score = scorer.load(bench, "score_tables")
    of_tables = name in TABLE_SETS
    samples = [each for each in (table_samples if of_tables else fact_samples)(data / name, most) if each.gold]
    rows = []
    for kind in kinds:
        with tempfile.TemporaryDirectory() as temporary:
            folder = (keep or Path(temporary)) / kind / name
            folder.mkdir(parents=True, exist_ok=True)
            for sample in samples:
                leans = scan(sample, kind, folder / sample.pdf.name)
                if not of_tables:
                    (folder / sample.pdf.name).with_suffix(".json").write_text(json.dumps(_truth(sample, leans)))
            (folder / "tables.json").write_text(json.dumps({sample.pdf.name: sample.gold for sample in samples} if of_tables else {}))
            began = time.perf_counter()
            fields, detail = scorer.figures(score.score_tables if of_tables else score.score_facts, folder)
            seconds = time.perf_counter() - began
            if keep:
                (keep / kind / f"{name}.jsonl").write_text("".join(json.dumps(row, default=str) + "\n" for row in detail))
        pages = sum(len(sample.pages) for sample in samples)
        rows.append([f"{name}, {kind}", str(pages), *(fields[:4] if of_tables else [fields[0], *fields[2:7]]), f"{seconds / pages:.2f}"])
    return rows


def report(data: Path | None, bench: Path | None, most: int = 1, sets: str = "", keep: Path | None = None, kinds: str = "") -> str:
    """Tables of figures; with the default sample some 75 pages, each read three times."""
    if data is None or bench is None:
        return "Needs --data and --bench."
    chosen = sets.split(",") if sets else [*TABLE_SETS, *FACT_SETS]
    of_kinds = tuple(kinds.split(",")) if kinds else KINDS
    parts = []
    for names, head in (
        (TABLE_SETS, ["set, picture", "pages", "tables", "relation P / R / F1", "TEDS", "label→value P / R / F1", "s a page"]),
        (FACT_SETS, ["set, picture", "pages", "facts", "located %", "value %", "period %", "unit %", "all %", "s a page"]),
    ):
        rows = [row for name in names if name in chosen for row in measure(data, bench, name, most, of_kinds, keep)]
        if rows:
            parts.append(table(head, rows))
    return "\n\n".join(parts)


def numbers(data: Path | None, bench: Path | None) -> str:
    """The scorer's own measure of scans: numbers exactly right, signs kept."""
    if data is None or bench is None:
        return "Needs --data and --bench."
    run = subprocess.run([sys.executable, str(bench / "score_ocr.py"), "scans", str(data / "scans")], capture_output=True, text=True)
    return run.stdout.strip() or run.stderr[-2000:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=1, help="of each document, about")
    parser.add_argument("--sets", default="", help=",".join([*TABLE_SETS, *FACT_SETS]))
    parser.add_argument("--kinds", default="", help=",".join(KINDS))
    parser.add_argument("--keep", type=Path, help="a folder for the PDFs made and the scorer's rows")
    options = parser.parse_args()
    print(report(options.data, options.bench, options.pages, options.sets, options.keep, options.kinds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
