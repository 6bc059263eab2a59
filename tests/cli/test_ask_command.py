"""`finlens ask`, end to end on the example report: the answer, its working, its place, and the picture of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import TypeAdapter

from finlens.ask.record import AnswerRecord, AnswersRecord
from finlens.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORT = str(EXAMPLES / "annual-report-en.pdf")
INVOICE = str(EXAMPLES / "invoice-en.pdf")
PAGES = ["--pages", "7-9"]  # the statements; the scanned page would take its seconds of OCR


@pytest.fixture(scope="module")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def use_shared_cache(shared_cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report is read once for all tests of this module."""
    monkeypatch.setenv("FINLENS_CACHE_DIR", shared_cache)


def asked(words: list[str], capfd: pytest.CaptureFixture[str]) -> Any:
    assert main(["ask", "--json", "--model", "none", *words]) == 0
    return json.loads(capfd.readouterr().out)


def test_an_answer_shows_its_working_and_where_each_figure_stands(capfd: pytest.CaptureFixture[str]):
    words = ["ask", "--doc", REPORT, *PAGES, "--model", "none", "By how much did total revenue grow in fiscal 2024, in percent?"]
    assert main(words) == 0
    out = capfd.readouterr().out
    assert "8.4" in out
    assert "1,284.6" in out and "1,185.1" in out
    assert "Total revenue" in out
    assert "Page" in out and " 7 " in out


def test_an_answer_as_json_traces_every_operand_to_a_box(capfd: pytest.CaptureFixture[str]):
    answer = asked(["--doc", REPORT, *PAGES, "What was total revenue in fiscal 2024?"], capfd)
    TypeAdapter(AnswerRecord).validate_python(answer)
    assert (answer["value"], answer["unit"], answer["scale"]) == ("1284.6", "USD", "1000000")
    for operand in answer["program"]["operands"]:
        place = operand["citation"]
        assert place["page"] == 7
        x0, top, x1, bottom = place["box"]
        assert x0 < x1 and top < bottom
        assert place["row_label"] == "Total revenue"
        assert "2024" in place["column_label"]


def test_explain_tells_the_way_to_the_answer(capfd: pytest.CaptureFixture[str]):
    answer = asked(["--doc", REPORT, *PAGES, "--explain", "What was total revenue in fiscal 2024?"], capfd)
    assert [step["name"] for step in answer["steps"]][:1] == ["understand"]
    assert "steps" not in asked(["--doc", REPORT, *PAGES, "What was total revenue in fiscal 2024?"], capfd)


def test_explain_shows_every_step_as_a_person_reads_it(capfd: pytest.CaptureFixture[str]):
    words = ["ask", "--doc", REPORT, *PAGES, "--model", "none", "--explain", "What was the operating margin in fiscal 2024?"]
    assert main(words) == 0
    out = capfd.readouterr().out
    titles = ["What is asked", "Lines that it may mean", "Programs that it may be", "Computation", "Checks"]
    places = [out.index(title) for title in titles]
    assert places == sorted(places)
    assert "operating income ÷ revenue" in out
    assert "\x1b" not in out


def test_explained_steps_as_json_name_what_was_found_with_scores_and_pages(capfd: pytest.CaptureFixture[str]):
    answer = asked(["--doc", REPORT, *PAGES, "--explain", "What was the operating margin in fiscal 2024?"], capfd)
    TypeAdapter(AnswerRecord).validate_python(answer)
    steps = {step["name"]: step for step in answer["steps"]}
    assert steps["understand"]["fields"]["periods"] == "2024"
    assert {(item["text"], item["page"]) for item in steps["find"]["items"]} >= {("Operating income", 7), ("Total revenue", 7)}
    assert steps["plan"]["items"][0]["chosen"]
    assert steps["verify"]["fields"]["units"] == "USD millions"


def test_an_answer_says_under_which_circumstances_it_holds(capfd: pytest.CaptureFixture[str]):
    answer = asked(["--doc", REPORT, *PAGES, "What was total revenue in fiscal 2024?"], capfd)
    assert answer["circumstances"]["text"] == "FY2024, USD millions, as reported on page 7"
    assert "as reported on page 7" in answer["text"]


def test_a_refusal_explained_says_where_finlens_looked(capfd: pytest.CaptureFixture[str]):
    words = ["ask", "--doc", REPORT, *PAGES, "--model", "none", "--explain", "What was total revenue in fiscal 1999?"]
    assert main(words) == 0
    assert "Where finlens looked" in capfd.readouterr().out


def test_a_refusal_names_the_closest_line(capfd: pytest.CaptureFixture[str]):
    words = ["ask", "--doc", REPORT, *PAGES, "--model", "none", "What was total revenue in fiscal 1999?"]
    assert main(words) == 0
    assert "closest line: " in capfd.readouterr().out


def test_the_crop_is_a_picture_of_the_page(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    target = tmp_path / "crop.png"
    words = ["ask", "--doc", REPORT, *PAGES, "--model", "none", "What was total revenue in fiscal 2024?", "--crop", str(target)]
    assert main(words) == 0
    picture = Image.open(target).convert("RGB")
    assert picture.width > 1000
    yellow = [colour for _, colour in picture.getcolors(1_000_000) if colour[0] > 240 and colour[1] > 200 and colour[2] < 190]
    assert yellow


def test_each_document_is_asked_on_its_own(capfd: pytest.CaptureFixture[str]):
    answers = asked(["--doc", REPORT, "--doc", INVOICE, *["--pages", "1"], "What was total revenue in fiscal 2024?"], capfd)
    assert [answer["document"]["name"] for answer in answers["answers"]] == ["annual-report-en.pdf", "invoice-en.pdf"]


def test_one_bad_document_does_not_stop_the_others(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    words = ["ask", "--json", "--model", "none", "--doc", str(tmp_path / "missing.pdf"), "--doc", INVOICE, "What is the total?"]
    assert main(words) == 3
    out, err = capfd.readouterr()
    assert len(json.loads(out)["answers"]) == 1
    assert "missing.pdf" in err and "error:" in err


def test_without_a_document_everything_that_is_kept_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("FINLENS_CACHE_DIR", str(tmp_path))
    assert main(["ask", "What is the total?"]) == 1
    assert "no document" in capfd.readouterr().err
    assert main(["extract", INVOICE, "--format", "json", "-o", str(tmp_path / "out")]) == 0
    capfd.readouterr()
    answers = asked(["What is the total?"], capfd)
    TypeAdapter(AnswersRecord).validate_python(answers)
    assert answers["looked_at"] == ["invoice-en.pdf"]


def test_a_comparison_of_documents_says_which_figure_came_from_which(capfd: pytest.CaptureFixture[str]):
    both = ["--doc", REPORT, "--doc", str(EXAMPLES / "rapport-annuel-fr.pdf"), "--pages", "7-8", "--model", "none"]
    assert main(["ask", *both, "Which company had the higher operating margin?"]) == 0
    out = capfd.readouterr().out
    assert out.startswith("annual-report-en.pdf: ")
    assert "2 documents looked at" in out
