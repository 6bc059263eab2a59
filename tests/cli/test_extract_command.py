"""`finlens extract`, end to end on the example documents."""

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from finlens.cli import main
from finlens.documents import Document
from hand_made_balance_sheet import balance_sheet
from interrupts import heeds_interrupts

EXAMPLES = Path(__file__).parents[2] / "examples"
INVOICE = str(EXAMPLES / "invoice-en.pdf")
OTHER = str(EXAMPLES / "invoice-fr.pdf")


def test_without_options_it_prints_a_summary(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE]) == 0
    out, err = capfd.readouterr()
    assert "1 page" in out.splitlines()[0]
    assert "words" in out.splitlines()[0]
    assert err == ""


def test_the_summary_as_json_names_every_table_with_its_box(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE, "--json"]) == 0
    (file,) = json.loads(capfd.readouterr().out)["files"]
    assert file["ok"] is True
    assert file["tables"]
    for table in file["tables"]:
        assert table["page"] == 1
        x0, top, x1, bottom = table["box"]
        assert 0 <= x0 < x1 <= 620 and 0 <= top < bottom <= 850


@pytest.mark.parametrize("form", ["json", "md", "csv", "facts", "html"])
def test_each_text_format_goes_to_stdout(form: str, capfdbinary: pytest.CaptureFixture[bytes]):
    assert main(["extract", INVOICE, "--format", form]) == 0
    out, err = capfdbinary.readouterr()
    assert len(out) > 200
    assert err == b""
    if form == "json":
        assert Document.from_json(out).page_count == 1
    if form == "csv":
        assert any(len(row) > 2 for row in csv.reader(io.StringIO(out.decode())))


def test_the_name_after_o_decides_the_format(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE, "-o", str(tmp_path / "out.xlsx")]) == 0
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames[0] == "Tables"
    out, err = capfd.readouterr()
    assert out == ""
    assert "out.xlsx" in err


def test_figures_go_to_csv_a_line_each_and_to_parquet_by_their_names(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE, "-o", str(tmp_path / "out.facts.csv"), "--quiet"]) == 0
    assert main(["extract", INVOICE, "-o", str(tmp_path / "out.parquet"), "--quiet"]) == 0
    lines = list(csv.DictReader((tmp_path / "out.facts.csv").open(encoding="utf-8")))
    rows = pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert len(lines) == len(rows) > 5
    assert [Decimal(line["value"]) if line["value"] else None for line in lines] == [row["value"] for row in rows]


def test_figures_of_several_files_on_stdout_are_one_table_with_one_head(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE, OTHER, "--format", "facts"]) == 0
    lines = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert {line["document"] for line in lines} == {"invoice-en.pdf", "invoice-fr.pdf"}


def test_several_files_as_parquet_need_a_folder_and_fill_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE, OTHER, "--format", "parquet"]) == 2
    assert main(["extract", INVOICE, OTHER, "--format", "parquet", "-o", f"{tmp_path}/out/", "--quiet"]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["invoice-en.parquet", "invoice-fr.parquet"]


def test_the_summary_says_how_many_tables_foot_and_what_does_not(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "120")
    (tmp_path / "sheet.json").write_text(balance_sheet().to_json())
    assert main(["extract", str(tmp_path / "sheet.json")]) == 0
    out = capfd.readouterr().out
    assert "1 of them does not foot" in out.splitlines()[0]
    assert "Balance sheet  Consolidated balance sheets" in out
    assert "0 tables foot, 1 does not (6 equations)" in out
    assert "p. 7  Total assets = Total current assets + Less: allowance: printed 44,000,000, computed 41,000,000" in out
    assert "in doubt: 44 on page 7, perhaps 41" in out


def test_the_record_of_a_run_has_the_checks(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "sheet.json").write_text(balance_sheet().to_json())
    assert main(["extract", str(tmp_path / "sheet.json"), "--json"]) == 0
    (file,) = json.loads(capfd.readouterr().out)["files"]
    checks = file["checks"]
    assert (checks["equations"], checks["tables_that_foot"], checks["tables_that_do_not_foot"]) == (6, 0, 1)
    (failed,) = checks["failing"]
    assert (failed["page"], failed["difference"], failed["doubts"][0]["proposal"]) == (7, "3000000", "41")
    assert [table["statement"] for table in file["tables"]] == [None, "Balance sheet"]


def test_quiet_says_nothing_that_is_no_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE, "-o", str(tmp_path / "out.md"), "--quiet"]) == 0
    assert capfd.readouterr() == ("", "")


def test_several_files_go_into_a_folder(tmp_path: Path):
    assert main(["extract", INVOICE, OTHER, "--format", "json", "-o", str(tmp_path / "out"), "-j", "2"]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["invoice-en.json", "invoice-fr.json"]


def test_two_files_of_one_name_do_not_overwrite_each_other(tmp_path: Path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.pdf").write_bytes(Path(INVOICE if folder == "a" else OTHER).read_bytes())
    words = ["extract", str(tmp_path / "a/report.pdf"), str(tmp_path / "b/report.pdf"), "--format", "md", "-o", f"{tmp_path}/out/"]
    assert main(words) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["report-2.md", "report.md"]


def test_csv_into_a_folder_is_a_file_a_table(tmp_path: Path):
    assert main(["extract", INVOICE, "--format", "csv", "-o", f"{tmp_path}/out/"]) == 0
    files = list((tmp_path / "out" / "invoice-en").iterdir())
    assert files
    assert all(path.name.startswith("invoice-en-p001") and path.suffix == ".csv" for path in files)


def test_several_files_as_json_on_stdout_are_a_document_a_line(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE, OTHER, "--format", "json"]) == 0
    names = [Document.from_json(line).name for line in capfd.readouterr().out.splitlines()]
    assert names == ["invoice-en.pdf", "invoice-fr.pdf"]


def test_a_pdf_comes_through_stdin():
    with Path(INVOICE).open("rb") as stream:
        ran = subprocess.run([sys.executable, "-m", "finlens", "extract", "-", "--json"], stdin=stream, capture_output=True, check=True)
    (file,) = json.loads(ran.stdout)["files"]
    assert (file["path"], file["pages"]) == ("-", 1)


def test_the_second_time_nothing_is_read_again(capfd: pytest.CaptureFixture[str]):
    program = "import sys; from finlens.cli import main; main(sys.argv[1:]); print('pymupdf' in sys.modules, file=sys.stderr)"
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, "extract", INVOICE, "--format", "json", *more], capture_output=True, text=True, check=True
        )
        for more in ([], [], ["--no-cache"], ["--tables", "none"])
    ]
    assert [run.stderr.strip() for run in runs] == ["True", "False", "True", "True"]  # other options are another result
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout


def test_the_same_bytes_under_another_name_come_from_the_cache_with_their_own_name(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(Path(INVOICE).read_bytes())
    assert main(["extract", INVOICE, "--quiet", "--format", "json"]) == 0
    assert main(["extract", str(copy), "--format", "json"]) == 0
    first, second = capfd.readouterr().out.splitlines()
    assert Document.from_json(first).name == "invoice-en.pdf"
    assert Document.from_json(second).name == "copy.pdf"


def test_a_document_that_was_kept_as_json_can_be_given_again(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["extract", INVOICE, "-o", str(tmp_path / "invoice.json"), "--quiet"]) == 0
    assert main(["extract", str(tmp_path / "invoice.json"), "--json"]) == 0
    (file,) = json.loads(capfd.readouterr().out)["files"]
    assert file["sha256"] == hashlib.sha256(Path(INVOICE).read_bytes()).hexdigest()
    (tmp_path / "other.json").write_text('{"format": "something else"}')
    assert main(["extract", str(tmp_path / "other.json")]) == 1


def test_the_cache_can_be_seen_and_cleared(capfd: pytest.CaptureFixture[str]):
    main(["extract", INVOICE, "--json"])
    capfd.readouterr()
    assert main(["cache", "show", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["entries"] == 1
    assert main(["cache", "clear"]) == 0
    assert "Deleted 1 document," in capfd.readouterr().out
    main(["cache", "show", "--json"])
    assert json.loads(capfd.readouterr().out)["entries"] == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_is_exit_code_130_and_leaves_nothing(tmp_path: Path, number: signal.Signals):
    words = [
        "extract",
        str(EXAMPLES / "annual-report-en.pdf"),
        str(EXAMPLES / "rapport-annuel-fr.pdf"),
        "--ocr",
        "always",
        "--format",
        "json",
    ]
    command = [sys.executable, "-m", "finlens", *words, "-o", str(tmp_path / "out"), "-j", "2"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heeds_interrupts)
    deadline = time.monotonic() + 30
    while not (tmp_path / "out").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.0)  # the workers are reading
    os.killpg(running.pid, number)
    assert running.wait(timeout=30) == 130
    assert running.stderr is not None
    err = running.stderr.read()
    assert "Interrupted." in err and "Traceback" not in err
    assert list((tmp_path / "out").iterdir()) == []
