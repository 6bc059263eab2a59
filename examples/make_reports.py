"""Make the example documents: two annual reports and two invoices of companies that do not exist.

    python examples/make_reports.py [--out DIR]

The same script on the same versions of its tools writes the same bytes. ``figures.json`` beside the PDFs has what is
true about them: each figure with its period, scale, unit and page.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from reports import english, fonts, french, invoices, truth
from reports.press import typeset


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the example documents.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write to (default: beside this script)")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    fonts.register()

    figures = {}
    for name, house, build, figures_of in (
        ("annual-report-en.pdf", english.HOUSE, english.build, truth.english),
        ("rapport-annuel-fr.pdf", french.HOUSE, french.build, truth.french),
        ("invoice-fr.pdf", invoices.FACTURE, invoices.facture, lambda _: truth.facture()),
        ("invoice-en.pdf", invoices.INVOICE, invoices.invoice, lambda _: truth.invoice()),
    ):
        content, anchors = typeset(house, build)
        (out / name).write_bytes(content)
        figures[name] = [figure.as_json() for figure in figures_of(anchors)]
        print(f"{out / name}: {len(content) // 1000} kB, {len(figures[name])} figures")
    (out / "figures.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
