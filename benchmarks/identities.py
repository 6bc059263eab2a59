"""How well sums find a wrong figure: tables that foot, one cell of each altered as a slip of OCR or of the pen would.

`python -m benchmarks.identities --data FOLDER` reads every PDF of the folder (and the example reports), alters one cell
in each of a sample of tables, has the equations looked for anew, and says how many are flagged, in how many the right
cell is named, and how many clean tables are flagged too. Apart from these, the same is done with figures that are
off by more than one slip: two neighbouring digits swapped, two digits changed, or another number altogether.
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from benchmarks.timing import table as table_of
from finlens.documents import At, Document, Fact
from finlens.finance import interpret, parse_amount
from finlens.finance.identities import with_checks

EXAMPLES = Path(__file__).parent.parent / "examples"
TOTAL = re.compile(r"\b(?:sub)?-?totals?\b|\btotaux\b", re.I)
FIGURE = re.compile(r"\d[\d.,\u00a0\u202f\u2009' ]*\d|\d")
KINDS = ("digit", "digit", "sign", "scale")
BEYOND = ("swap", "two digits", "number")
"""Changes of more than one digit: neighbours swapped, two digits changed, another number of as many digits."""


SETS = (
    (1, "figures in an equation of a table that foots", KINDS),
    (2, "any figure of a table with a total row", KINDS),
    (1, "beyond one slip: figures in an equation of a table that foots", BEYOND),
    (2, "beyond one slip: any figure of a table with a total row", BEYOND),
)
"""Which tables of the pool, what they are called, and what is done to their figures."""


@dataclass(slots=True)
class Altered:
    """One altered cell and what became of its table."""

    document: str
    at: At
    change: str
    before: str
    after: str
    was: object
    flagged: bool = False
    named: bool = False
    proposed: bool = False
    proposed_right: bool = False
    doubts: int = 0


def altered_text(text: str, change: str, chance: random.Random) -> str | None:
    """The text with such a change of `KINDS` or `BEYOND`; None where it has none."""
    found = FIGURE.search(text)
    if found is None:
        return None
    body = found.group()
    if change == "sign":
        if "(" in text and ")" in text:
            return text.replace("(", "").replace(")", "")
        if re.search(r"[-–−]\s*[$€£]?\s*$", text[: found.start()]):
            return re.sub(r"[-–−]", "", text, count=1)
        return f"{text[: found.start()]}({body}){text[found.end() :]}"
    if change == "digit":
        places = [n for n, char in enumerate(body) if char.isdigit()]
        at = chance.choice(places)
        digits = [d for d in "0123456789" if d != body[at] and not (at == 0 and d == "0" and len(body) > 1)]
        body = body[:at] + chance.choice(digits) + body[at + 1 :]
    elif change in BEYOND:
        changed = _other_digits(body, change, chance)
        if changed is None:
            return None
        body = changed
    else:
        body = _other_scale(body, chance)
    return text[: found.start()] + body + text[found.end() :]


def _other_digits(body: str, change: str, chance: random.Random) -> str | None:
    """Two neighbouring digits swapped, two digits changed, or all; None where there is none but a single digit to change."""
    places = [n for n, char in enumerate(body) if char.isdigit()]
    chars = list(body)
    if change == "swap":
        pairs = [(a, b) for a, b in pairwise(places) if body[a] != body[b] and not (a == 0 and body[b] == "0")]
        if not pairs:
            return None
        a, b = chance.choice(pairs)
        chars[a], chars[b] = chars[b], chars[a]
        return "".join(chars)
    if len(places) < 2:
        return None
    for at in places if change == "number" else chance.sample(places, 2):
        chars[at] = chance.choice([digit for digit in "0123456789" if digit != body[at] and not (at == 0 and digit == "0")])
    return "".join(chars)


def _other_scale(body: str, chance: random.Random) -> str:
    """Ten or a thousand times as much, a decimal mark lost, or a group of three digits lost."""
    groups = re.split(r"[.,\u00a0\u202f\u2009' ]", body)
    marks = re.findall(r"[.,\u00a0\u202f\u2009' ]", body)
    whole = all(len(group) == 3 for group in groups[1:])
    choices = ["thousand"] if whole else ["mark"]
    if whole:
        choices.append("ten")
    if whole and len(groups) > 1:
        choices.append("group")
    choice = chance.choice(choices)
    mark = marks[0] if marks else ","
    if choice == "mark":
        head, _, tail = body.rpartition(marks[-1])
        return head + tail
    if choice == "thousand":
        return body + mark + "000"
    if choice == "group":
        gone = chance.randrange(len(groups))
        kept = [group for n, group in enumerate(groups) if n != gone]
        return (mark.join(kept)).lstrip("0") or "0"
    digits = "".join(groups) + "0"
    first = len(digits) % 3 or 3
    return mark.join([digits[:first], *(digits[n : n + 3] for n in range(first, len(digits), 3))])


def documents(folder: Path, cache: Path | None) -> Iterator[Document]:
    """Every PDF as finlens reads it, before its figures are interpreted. ``cache`` keeps them between runs."""
    import finlens.extract.read as reading

    paths = [*sorted(folder.rglob("*.pdf")), *sorted(EXAMPLES.glob("*annu*.pdf"))]
    reading.interpret = lambda document: document  # type: ignore[assignment]
    for path in paths:
        kept = cache / f"{path.parent.name}__{path.stem}.pkl" if cache else None
        if kept and kept.exists():
            yield pickle.loads(kept.read_bytes())
            continue
        document = reading.read(path, ocr="never")
        if kept:
            kept.write_bytes(pickle.dumps(document))
        yield document


Work = tuple[str, Document, list[dict[int, list[At]]], Sequence[str], str]
"""A set's title, a document without its checks, its rounds of tables and places to alter, how, and the seed."""


def figures_by_table(document: Document) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {}
    for fact in document.found_facts:
        if fact.table is not None and fact.amount.value:
            found.setdefault(fact.table, []).append(fact)
    return found


def alter(
    read: Document, wanted: Iterable[tuple[int, list[At]]], chance: random.Random, kinds: Sequence[str]
) -> tuple[Document, list[Altered]]:
    """The document with one figure changed in each of the tables, chosen among the places given for it.

    The change is made to what the cell prints and read as an amount again; periods, labels and scales are not, for they do not
    depend on it.
    """
    facts = list(read.found_facts)
    places = {(fact.table, fact.row, fact.column): n for n, fact in enumerate(facts)}
    done: list[Altered] = []
    for _, cells in wanted:
        kind = chance.choice(kinds)
        for at in chance.sample(cells, len(cells)):
            fact = facts[places[at]]
            was, text = fact.amount, altered_text(fact.amount.raw, kind, chance)
            if text is None or was.nil or was.value is None:
                continue
            before, now = parse_amount(was.raw), parse_amount(text)
            if before is None or now is None or now.value is None or before.value is None or now.value == before.value:
                continue
            if abs(before.value) != abs(was.value):
                continue  # what it is worth hangs on more than what it prints
            value = now.value if before.value == was.value else -now.value
            facts[places[at]] = replace(fact, amount=replace(was, raw=text, value=value, decimals=now.decimals))
            done.append(Altered(read.name, at, kind, was.raw, text, was.value))
            break
    return replace(read, found_facts=tuple(facts), checks=(), doubts=()), done


def judge(document: Document, altered: Iterable[Altered]) -> None:
    for one in altered:
        one.flagged = document.verdict(one.at.table) == "does not foot"
        doubts = [doubt for doubt in document.doubts if doubt.at and doubt.at.table == one.at.table]
        one.doubts = len(doubts)
        one.named = bool(doubts) and doubts[0].at == one.at
        proposals = [doubt for doubt in doubts if doubt.proposal is not None]
        one.proposed = bool(proposals)
        one.proposed_right = any(doubt.at == one.at and doubt.proposal == one.was for doubt in proposals)


def altered_and_judged(work: Work) -> tuple[str, list[Altered]]:
    """What became of each alteration of one document, its equations looked for anew for each round of them."""
    title, read, rounds, kinds, seed = work
    chance = random.Random(seed)
    rows: list[Altered] = []
    for wanted in rounds:
        changed, done = alter(read, wanted.items(), chance, kinds)
        judge(with_checks(changed), done)
        rows.extend(done)
    return title, rows


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def report(title: str, rows: list[Altered], kinds: Sequence[str]) -> list[list[str]]:
    lines = []
    for kind in (*dict.fromkeys(kinds), "all"):
        some = [row for row in rows if kind in ("all", row.change)]
        proposed = [row for row in some if row.proposed]
        lines.append(
            [
                title if kind == "all" else f"… {kind}",
                str(len(some)),
                share(sum(row.flagged for row in some), len(some)),
                share(sum(row.named for row in some), len(some)),
                share(sum(row.proposed_right for row in some), len(some)),
                share(sum(row.proposed_right for row in proposed), len(proposed)),
            ]
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--together", type=int, default=1, help="tables of one document altered at once; more is faster and harder")
    parser.add_argument("--jobs", type=int, default=1, help="processes that share the documents")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", type=Path, help="where to write what was altered and what became of it, a line each")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    counts: Counter[str] = Counter()
    pool: list[tuple[Document, dict[int, list[At]], dict[int, list[At]]]] = []
    alarms: list[str] = []
    for document in documents(options.data, options.cache):
        read = interpret(document)
        foots: dict[int, list[At]] = {}
        totals: dict[int, list[At]] = {}
        in_statement = {number for statement in read.statements for number in statement.tables}
        for number, facts in figures_by_table(read).items():
            verdict = read.verdict(number)
            places = {At(number, fact.row or 0, fact.column or 0) for fact in facts}
            checked = {term.at for check in read.checks_of(number) for term in check.figures if term.at} & places
            counts["tables"] += len(places) > 2
            counts["checked"] += verdict != "nothing to check"
            counts["flagged"] += verdict == "does not foot"
            counts["figures"] += len(places)
            counts["in equations"] += len(checked)
            if number in in_statement:
                counts["statement figures"] += len(places)
                counts["statement in equations"] += len(checked)
            if verdict == "does not foot":
                broken = next(check.says for check in read.checks_of(number) if not check.holds)
                alarms.append(f"{read.name} page {read.tables[number].page} table {number}: {broken}")
            if verdict == "foots":
                foots[number] = sorted(checked)
            if any(TOTAL.search(fact.label) for fact in facts):
                counts["total tables"] += 1
                counts["total tables checked"] += verdict != "nothing to check"
                totals[number] = sorted(places)
        pool.append((replace(read, pages=()), foots, totals))
    results: dict[str, list[Altered]] = {}
    work: list[Work] = []
    for which, title, kinds in SETS:
        everything = [(n, number, places) for n, entry in enumerate(pool) for number, places in entry[which].items() if places]
        # By figure, not by table: every figure is as likely to be altered as any other.
        drawn = chance.choices(everything, weights=[len(places) for _, _, places in everything], k=options.count)
        rounds: list[dict[int, dict[int, list[At]]]] = []
        for n, number, places in drawn:
            for one in rounds:
                if number not in one.get(n, {}) and len(one.get(n, {})) < options.together:
                    one.setdefault(n, {})[number] = places
                    break
            else:
                rounds.append({n: {number: places}})
        wanted: dict[int, list[dict[int, list[At]]]] = {}
        for one in rounds:
            for n, tables in one.items():
                wanted.setdefault(n, []).append(tables)
        work.extend((title, pool[n][0], tables, kinds, f"{options.seed} {title} {n}") for n, tables in wanted.items())
    with ProcessPoolExecutor(options.jobs) as workers:
        for title, rows in workers.map(altered_and_judged, work):
            results.setdefault(title, []).extend(rows)
    lines = [line for _, title, kinds in SETS for line in report(title, results[title], kinds)]
    heads = ["altered", "count", "flagged", "right cell named", "right value proposed", "… of those proposed"]
    print(table_of(heads, lines) + "\n")
    alarmed = share(counts["flagged"], counts["checked"])
    print(f"clean tables with an equation that are flagged: {counts['flagged']} of {counts['checked']}, {alarmed}")
    print(f"figures that stand in an equation: {share(counts['in equations'], counts['figures'])}")
    print(f"… of primary statements: {share(counts['statement in equations'], counts['statement figures'])}")
    print(f"tables with a total row that are checked: {share(counts['total tables checked'], counts['total tables'])}")
    print("\n".join(alarms), file=sys.stderr)
    if options.misses:
        with options.misses.open("w", encoding="utf-8") as out:
            for title, rows in results.items():
                for row in rows:
                    fate = f"flagged={row.flagged} named={row.named} proposed={row.proposed}/{row.proposed_right} doubts={row.doubts}"
                    print(title[:8], row.document, *row.at, row.change, row.before, "→", row.after, fate, sep=" | ", file=out)


if __name__ == "__main__":
    main()
