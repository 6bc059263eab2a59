"""Train the chooser and say how well it does on questions that it has not seen: ``nox -s train_chooser -- --data FOLDER``.

Pages are dealt into five hands; what is said of a page's questions comes from a model that learnt from the other four.
The same goes inside: the trees that weigh programs learn from chances that others gave.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from benchmarks import gold_programs as gold
from benchmarks.chooser_examples import Example, examples
from finlens.ask.choose.asked import Asked, asked
from finlens.ask.choose.candidates import Candidate, Fits, candidates
from finlens.ask.choose.chooser import circumstances, usable_values
from finlens.ask.choose.model import Chooser, unpacked
from finlens.ask.choose.program_features import program_features
from finlens.ask.choose.shapes import NUMBER_OF, SHAPES
from finlens.ask.choose.value_features import Circumstances, value_features
from finlens.ask.choose.values import Value
from finlens.ask.choose.wording_features import runs, wording
from finlens.finance.words import words

_HANDS = 5
_OTHER = len(SHAPES)
_FITS = {"learning_rate": 0.08, "num_leaves": 24, "min_data_in_leaf": 30, "feature_fraction": 0.5, "lambda_l2": 3.0, "rounds": 200}
_PROGRAMS = {"learning_rate": 0.05, "num_leaves": 31, "min_data_in_leaf": 40, "feature_fraction": 0.4, "lambda_l2": 5.0, "rounds": 250}
_SEED = 0

Arrays = dict[str, np.ndarray[Any, Any]]


@dataclass(slots=True)
class Seen:
    """An example with what the chooser knows of it."""

    example: Example
    hand: int
    heard: Asked
    values: list[Value]
    by: Circumstances
    known: Any
    masked: list[str]
    plain: list[str]
    more: tuple[float, ...]
    shape: int
    """Number of the right one; that of none for a form that finlens does not try."""
    places: list[list[int]] | None
    """Which values may stand at each place of it; None where one is not among the values."""
    chances: Any = None
    found: list[Candidate] = field(default_factory=list)
    features: Any = None
    right: Any = None


def seen(found: Sequence[Example]) -> tuple[list[Seen], dict[str, float]]:
    """The examples as the chooser sees them, and how rare each word is."""
    rarity = _rarity(found)
    groups = sorted({example.context.group for example in found})
    random.Random(_SEED).shuffle(groups)
    hand = {group: place % _HANDS for place, group in enumerate(groups)}
    made = []
    for example in found:
        heard = asked(example.text, rarity)
        values = usable_values(example.context.values, heard, example.earlier)
        by = circumstances(example.question, heard, rarity, example.drafts, example.earlier)
        said = wording(heard, values, example.earlier, example.question.operation, example.drafts)
        masked, plain = runs(said)
        shape, places = _labels(example, values)
        known = value_features(values, by)
        made.append(Seen(example, hand[example.context.group], heard, values, by, known, masked, plain, said.more, shape, places))
    return made, rarity


def _rarity(found: Sequence[Example]) -> dict[str, float]:
    texts = [example.text for example in found]
    contexts = {example.context.number: example.context for example in found}.values()
    said: list[frozenset[str]] = [frozenset(words(text)) for text in texts]
    for context in contexts:
        said += [frozenset((*value.label, *value.sentence)) for value in context.values]
    counts: dict[str, int] = {}
    for one in said:
        for word in one:
            counts[word] = counts.get(word, 0) + 1
    whole = len(said) + 1
    known = {word: float(np.log(whole / (count + 0.5))) for word, count in counts.items() if count > 2}
    return {"": float(np.log(whole / 1.5)), **known}


def _labels(example: Example, values: Sequence[Value]) -> tuple[int, list[list[int]] | None]:
    if example.program is None:
        return _OTHER, None
    name = gold.shape_of(example.program)
    if name is None or name not in NUMBER_OF:
        return _OTHER, None
    shape = SHAPES[NUMBER_OF[name]]
    where = [
        [
            number
            for number, value in enumerate(values)
            if (isinstance(one, gold.Past) and value.kind == "earlier" and value.turns_ago == one.turns_ago)
            or (isinstance(one, gold.Number) and value.kind != "earlier" and abs(abs(value.number) - abs(one.value)) < 1e-6)
        ]
        for one in gold.operands_of(example.program)
    ]
    if not where or not all(where):
        return NUMBER_OF[name], None
    if shape.places == 0:
        return NUMBER_OF[name], [sorted({number for one in where for number in one})]
    return NUMBER_OF[name], (where * 3)[: shape.places]


# ── the three models ───────────────────────────────────────────────────────


def _learn_shapes(learn: Sequence[Seen]) -> Arrays:
    """A logistic regression over runs of words."""
    answered = [one for one in learn if one.example.program is not None]
    blocks, arrays = [], {}
    for name in ("masked", "plain"):
        vectorizer = TfidfVectorizer(analyzer=_as_it_is, min_df=3, sublinear_tf=True)
        blocks.append(vectorizer.fit_transform([getattr(one, name) for one in answered]))
        arrays[f"{name}_runs"] = np.array("\n".join(vectorizer.get_feature_names_out()))
        arrays[f"{name}_rarity"] = vectorizer.idf_.astype(np.float32)
    rows = hstack([*blocks, csr_matrix(np.array([one.more for one in answered]))]).tocsr()
    model = LogisticRegression(C=8, max_iter=400).fit(rows, [one.shape for one in answered])
    weights = np.zeros((rows.shape[1], len(SHAPES) + 1), np.float32)
    weights[:, model.classes_] = model.coef_.T
    bias = np.full(len(SHAPES) + 1, -30.0, np.float32)
    bias[model.classes_] = model.intercept_
    return {**arrays, "shape_weights": weights.astype(np.float16), "shape_bias": bias}


def _as_it_is(found: list[str]) -> list[str]:
    return found


def _learn_fits(learn: Sequence[Seen]) -> Arrays:
    """Trees for how well a value fits a place of a shape."""
    rows, right = [], []
    for one in learn:
        for place, where in enumerate((one.places or [])[:2]):
            about = np.tile(np.array([one.shape, place], np.float32), (len(one.known), 1))
            rows.append(np.hstack([one.known, about]))
            right.append(np.isin(np.arange(len(one.known)), where))
    return _packed("fits", _grown(np.vstack(rows), np.concatenate(right), _FITS))


def _learn_programs(learn: Sequence[Seen]) -> Arrays:
    """Trees for how likely a program is the one that was asked for."""
    with_programs = [one for one in learn if one.found]
    return _packed(
        "programs",
        _grown(np.vstack([one.features for one in with_programs]), np.concatenate([one.right for one in with_programs]), _PROGRAMS),
    )


def _grown(rows: Any, right: Any, settings: Mapping[str, float]) -> Any:
    parameters = {key: value for key, value in settings.items() if key != "rounds"}
    fixed = {
        "objective": "binary",
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "verbose": -1,
        "num_threads": 1,
        "seed": _SEED,
        "deterministic": True,
    }
    return lightgbm.train({**fixed, **parameters}, lightgbm.Dataset(rows, right.astype(np.float32)), int(settings["rounds"]))


def _packed(name: str, model: Any) -> Arrays:
    """Trees as `finlens.ask.choose.trees` wants them."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        at = len(feature)
        is_leaf = "leaf_value" in node
        feature.append(-1 if is_leaf else node["split_feature"])
        threshold.append(0.0 if is_leaf else node["threshold"])
        value.append(node["leaf_value"] if is_leaf else 0.0)
        left.append(at)
        right.append(at)
        if not is_leaf:
            left[at] = add(node["left_child"], depth + 1)
            right[at] = add(node["right_child"], depth + 1)
        return at

    roots = [add(tree["tree_structure"], 0) for tree in model.dump_model()["tree_info"]]
    return {
        f"{name}_roots": np.array(roots, np.int32),
        f"{name}_feature": np.array(feature, np.int16),
        f"{name}_threshold": np.array(threshold, np.float32),
        f"{name}_left": np.array(left, np.int32),
        f"{name}_right": np.array(right, np.int32),
        f"{name}_value": np.array(value, np.float32),
        f"{name}_depth": np.array(deepest),
    }


# ── one after the other, each on what the one before said of unseen pages ──


def crossed(all_seen: Sequence[Seen], rarity: Mapping[str, float]) -> None:
    """Fill in for every example what models that did not see its page make of it."""
    for hand in range(_HANDS):
        learn, other = _dealt(all_seen, hand)
        model = _model(rarity, {**_learn_shapes(learn), **_learn_fits(learn)})
        for one in other:
            _try(one, model)


def _dealt(all_seen: Sequence[Seen], hand: int) -> tuple[list[Seen], list[Seen]]:
    return [one for one in all_seen if one.hand != hand], [one for one in all_seen if one.hand == hand]


def _try(one: Seen, model: Chooser) -> None:
    from finlens.ask.choose.wording_features import wording as again

    said = again(one.heard, one.values, one.example.earlier, one.example.question.operation, one.example.drafts)
    one.chances = model.shapes.chances(said)
    if not one.values:
        return
    fits: Fits = model.fit(one.known, one.chances)
    one.found = candidates(one.values, one.heard, one.chances, fits)
    one.features = program_features(one.found, one.values, one.known, one.chances, fits, one.by)
    one.right = np.array([_is_right(one, candidate, strict=True) for candidate in one.found])


def _is_right(one: Seen, candidate: Candidate, *, strict: bool) -> bool:
    """Whether a program comes to the right value; ``strict``: over at least one of the right numbers."""
    truth = one.example.value
    if truth is None or one.example.program is None:
        return False
    if isinstance(truth, bool):
        return candidate.verdict is truth
    if candidate.verdict is not None:
        return False
    told = candidate.value
    ways = [told, told / 100, told * 100] if candidate.unit == "percent" else [told]
    if candidate.unit == "ratio":
        ways.append(told * 100)  # told in percent where the question wants that
    if not any(_close(way, truth) for way in ways):
        return False
    if not strict:
        return True
    assert one.example.whole is not None
    wanted = {round(number, 4) for number in gold.numbers_in(one.example.whole)}
    used = {round(abs(one.values[chosen].number), 4) for chosen in candidate.chosen if one.values[chosen].kind != "earlier"}
    return bool(wanted & used) or any(one.values[chosen].kind == "earlier" for chosen in candidate.chosen)


def _close(value: float, truth: float) -> bool:
    return abs(value - truth) <= max(abs(truth) * 1e-3, 1e-9) or round(value, 2) == round(truth, 2) != 0.0


def _model(rarity: Mapping[str, float], arrays: Arrays) -> Chooser:
    return unpacked(_complete(rarity, arrays))


def _complete(rarity: Mapping[str, float], arrays: Arrays) -> Arrays:
    empty = {name.replace("fits", "programs"): array for name, array in arrays.items() if name.startswith("fits")}
    nothing = {"calibration_raw": np.array([0.0, 1.0]), "calibration_chance": np.array([0.0, 1.0])}
    named = {"words": np.array("\n".join(rarity)), "rarity": np.array(list(rarity.values()), np.float32)}
    return {**empty, **nothing, **named, **arrays}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the chooser made of a question that it had not seen."""

    collection: str
    answerable: bool
    raw: float
    right: bool


def outcomes(all_seen: Sequence[Seen], rarity: Mapping[str, float]) -> list[Outcome]:
    """The best program of each question by trees that did not see its page."""
    made = []
    for hand in range(_HANDS):
        learn, other = _dealt(all_seen, hand)
        base = {**_learn_fits(learn[:200]), **_learn_programs(learn), **_learn_shapes(learn[:400])}
        trees = _model(rarity, base).programs
        for one in other:
            raw = trees.chances(one.features) if one.found else np.zeros(0)
            best = int(raw.argmax()) if len(raw) else -1
            right = best >= 0 and _is_right(one, one.found[best], strict=False)
            made.append(Outcome(one.example.collection, one.example.program is not None, float(raw[best]) if best >= 0 else 0.0, right))
    return made


def report(made: Sequence[Outcome], totals: Mapping[str, int]) -> str:
    """A Markdown table: right if always answered, precision of the surest, and how sure it is of what nothing answers."""
    lines = [
        "| set | questions | right | precision of the surest 10 % · 25 % · 50 % | 9 of 10 right up to |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in sorted({one.collection for one in made}):
        answered = sorted((one for one in made if one.collection == name and one.answerable), key=lambda one: -one.raw)
        count = totals.get(name) or len(answered)
        right = np.cumsum([one.right for one in answered])
        surest = " · ".join(f"{100 * right[max(count // part, 1) - 1] / max(count // part, 1):.1f}" for part in (10, 4, 2))
        good = max((place + 1 for place in range(len(right)) if right[place] >= 0.9 * (place + 1)), default=0)
        lines.append(f"| {name} | {count} | {100 * right[-1] / count:.1f} % | {surest} | {100 * good / count:.0f} % |")
    others = [one for one in made if not one.answerable]
    for limit in (0.2, 0.3, 0.4, 0.5):
        said = 100 * sum(one.raw >= limit for one in others) / max(len(others), 1)
        lines.append(f"| of pages that do not answer, said with {limit} or more | {len(others)} | {said:.1f} % | | |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with finqa/, convfinqa/ and tatqa/")
    parser.add_argument("--limit", type=int, default=0, help="questions or pages of each set")
    parser.add_argument("--keep", type=Path, help="keep the examples here, and start from there the next time")
    parser.add_argument("--write", type=Path, help="train on everything and write the weights here")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        found = pickle.loads(options.keep.read_bytes())
    else:
        found = examples(options.data, limit=options.limit)
        if options.keep:
            options.keep.write_bytes(pickle.dumps(found))
    all_seen, rarity = seen(found)
    crossed(all_seen, rarity)
    made = outcomes(all_seen, rarity)
    print(report(made, {"finqa": 883, "convfinqa": 1490} if not options.limit else {}))
    if options.write:
        np.savez_compressed(options.write, **_complete(rarity, _all(all_seen, made)))  # type: ignore[arg-type]


def _all(learn: Sequence[Seen], made: Sequence[Outcome]) -> Arrays:
    """All weights, from examples that were `crossed` and from what was made of unseen ones."""
    isotonic = IsotonicRegression(y_min=0.0, y_max=0.99, out_of_bounds="clip").fit([one.raw for one in made], [one.right for one in made])
    return {
        **_learn_shapes(learn),
        **_learn_fits(learn),
        **_learn_programs(learn),
        "calibration_raw": isotonic.X_thresholds_.astype(np.float32),
        "calibration_chance": isotonic.y_thresholds_.astype(np.float32),
    }


def unseen(found: Sequence[Example]) -> tuple[list[Chooser], dict[str, int]]:
    """A model for each hand that learnt from the others, and which hand each page, by its table, was dealt into."""
    all_seen, rarity = seen(found)
    crossed(all_seen, rarity)
    made = outcomes(all_seen, rarity)
    models = [_model(rarity, _all(_dealt(all_seen, hand)[0], made)) for hand in range(_HANDS)]
    return models, {str(one.example.context.rows): one.hand for one in all_seen if one.example.program is not None}


if __name__ == "__main__":
    main()
