"""Read every file of a folder of malformed PDFs in worker processes that can be killed, and count what goes wrong.

    python benchmarks/hostile.py FOLDER [--limit N] [--jobs 2] [--seconds 20] [--gib 2]

A file passes when `finlens.read` with default settings gives a document or raises a `FinlensError`. It fails on a
crash of the process, on more than the given seconds or memory, and on any other exception. Linux only.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

Row = dict[str, object]


def work(pipe: Connection, max_bytes: int) -> None:
    """A worker: take paths, send back (outcome, what was said, pages, peak bytes)."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_DATA, (max_bytes, max_bytes))
    import finlens
    from finlens.errors import FinlensError

    while path := pipe.recv():
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        try:
            document = finlens.read(path)
            outcome: tuple[str, str, int] = ("document", "", len(document.pages))
            del document
        except FinlensError as error:
            outcome = (type(error).__name__, f"{error.what} {error.why}", 0)
        except BaseException as error:
            outcome = (f"UNTYPED {type(error).__name__}", str(error)[:200], 0)
        peak = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        pipe.send((*outcome, peak * 1024))


class Worker:
    """One process, started anew after it was killed or has died."""

    def __init__(self, seconds: float, max_bytes: int) -> None:
        self.seconds = seconds
        self.max_bytes = max_bytes
        self.process: multiprocessing.process.BaseProcess | None = None
        self.pipe: Connection

    def read(self, path: Path) -> Row:
        if self.process is None:
            self.pipe, theirs = multiprocessing.Pipe()
            self.process = multiprocessing.get_context("spawn").Process(target=work, args=(theirs, self.max_bytes), daemon=True)
            self.process.start()
            theirs.close()
        started = time.monotonic()
        row: Row = {"file": path.name, "outcome": "CRASH", "said": "", "pages": 0, "mib": 0.0}
        try:
            self.pipe.send(str(path))
            if not self.pipe.poll(self.seconds):
                row["outcome"] = "HANG"
                raise EOFError
            outcome, said, pages, peak = self.pipe.recv()
            row |= {"outcome": "MEMORY" if peak > self.max_bytes else outcome, "said": said, "pages": pages, "mib": peak / 2**20}
        except (EOFError, OSError):
            self.process.kill()
            self.process.join()
            row["said"] = f"exit {self.process.exitcode}"
            self.process = None
        row["seconds"] = time.monotonic() - started
        return row

    def close(self) -> None:
        if self.process is not None:
            self.pipe.send("")
            self.process.join(5)


def read_all(files: list[Path], seconds: float, max_bytes: int, log: Path | None) -> list[Row]:
    """Rows for one share of the files."""
    worker, rows = Worker(seconds, max_bytes), []
    for path in files:
        rows.append(worker.read(path))
        if log:
            with log.open("a") as out:
                out.write(json.dumps(rows[-1]) + "\n")
    worker.close()
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--gib", type=float, default=2.0)
    parser.add_argument("--out", type=Path, help="append one JSON line a file")
    options = parser.parse_args()
    files = sorted(path for path in options.folder.iterdir() if path.is_file())[: options.limit or None]
    shares = [files[start :: options.jobs] for start in range(options.jobs)]
    with ThreadPoolExecutor(options.jobs) as pool:
        parts = pool.map(lambda share: read_all(share, options.seconds, int(options.gib * 2**30), options.out), shares)
        return report([row for part in parts for row in part])


def report(rows: list[Row]) -> int:
    """Print the table and the offenders; 1 where there are any."""
    print("| outcome | files |\n|---|---|")
    for outcome, count in Counter(str(row["outcome"]) for row in rows).most_common():
        print(f"| {outcome} | {count} |")
    slowest = max(rows, key=lambda row: float(str(row["seconds"])))
    largest = max(rows, key=lambda row: float(str(row["mib"])))
    print(f"\nslowest: {slowest['file']} {float(str(slowest['seconds'])):.1f} s")
    print(f"largest: {largest['file']} {float(str(largest['mib'])):.0f} MiB")
    offenders = [row for row in rows if str(row["outcome"]).startswith(("CRASH", "HANG", "MEMORY", "UNTYPED"))]
    print(f"\n{len(rows)} files, {len(offenders)} offenders")
    for row in offenders:
        print(f"- {row['file']}: {row['outcome']} after {float(str(row['seconds'])):.1f} s, {row['said']}")
    return 1 if offenders else 0


if __name__ == "__main__":
    sys.exit(main())
