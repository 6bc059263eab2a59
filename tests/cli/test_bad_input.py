"""What people get wrong, and what files get wrong: three lines, the right exit code, nothing half-written."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from finlens.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
INVOICE = EXAMPLES / "invoice-en.pdf"


def told(err: str) -> dict[str, str]:
    """The three lines of an error, by their heads; fails where there are others."""
    lines = dict(line.split(":", 1) for line in err.strip().splitlines())
    assert [head.strip() for head in lines] == ["error", "why", "next"], err
    assert all(text.strip() for text in lines.values()), err
    assert "Traceback" not in err
    return {head.strip(): text.strip() for head, text in lines.items()}


def encrypted(path: Path) -> None:
    pdf = pymupdf.open()
    pdf.new_page().insert_text((72, 72), "Revenue 12")
    pdf.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="opensesame", owner_pw="owner")


def blank(path: Path, *, pages: int) -> None:
    """A PDF of so many empty pages, written by hand: libraries take a while for ten thousand."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"] * pages
    out = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = b"".join(f"{start:010} 00000 n \n".encode() for start in starts)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    path.write_bytes(out + f"xref\n0 {size}\n0000000000 65535 f \n".encode() + table + end.encode())


BAD_FILES: dict[str, tuple[Callable[[Path], object], int, str]] = {
    "missing": (lambda path: None, 1, "no file"),
    "directory": (lambda path: path.mkdir(), 1, "director"),
    "empty": (lambda path: path.touch(), 1, "empty"),
    "not a PDF": (lambda path: path.write_text("Dear Sir,\n" * 100), 1, "not a PDF"),
    "a workbook by the name of a PDF": (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40), 1, ""),
    "random bytes": (lambda path: path.write_bytes(bytes(range(256)) * 40), 1, ""),
    "truncated": (lambda path: path.write_bytes(INVOICE.read_bytes()[:600]), 1, ""),
    "no pages": (lambda path: blank(path, pages=0), 1, "page"),
    "encrypted": (encrypted, 4, "encrypted"),
}


@pytest.mark.parametrize("command", ["extract", "ask"])
@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_three_lines(tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: str, command: str):
    make, code, word = BAD_FILES[kind]
    path = tmp_path / "report.pdf"
    make(path)
    words = ["extract", str(path)] if command == "extract" else ["ask", "--doc", str(path), "What was revenue?"]
    assert main(words) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert word in told(err)["error"]


def test_an_encrypted_file_says_how_to_open_it_and_opens(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    encrypted(tmp_path / "report.pdf")
    assert main(["extract", str(tmp_path / "report.pdf")]) == 4
    assert "--password" in told(capfd.readouterr().err)["next"]
    assert main(["extract", str(tmp_path / "report.pdf"), "--password", "guess"]) == 4
    assert "password" in told(capfd.readouterr().err)["error"]
    assert main(["extract", str(tmp_path / "report.pdf"), "--password", "opensesame", "--format", "md"]) == 0
    assert "Revenue 12" in capfd.readouterr().out


def test_what_a_password_opened_is_not_kept(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    encrypted(tmp_path / "report.pdf")
    assert main(["extract", str(tmp_path / "report.pdf"), "--password", "opensesame"]) == 0
    assert main(["cache", "show", "--json"]) == 0
    assert json.loads(capfd.readouterr().out.splitlines()[-1])["entries"] == 0
    assert main(["extract", str(tmp_path / "report.pdf")]) == 4


@pytest.mark.parametrize("pages", ["0", "x", "3-1", "2", "1-", "", "-", "1,,x", "99999999999999999999999"])
def test_pages_that_are_no_range_or_not_there(pages: str, capfd: pytest.CaptureFixture[str]):
    code = main(["extract", str(INVOICE), "--pages", pages])
    out, err = capfd.readouterr()
    if pages == "1-":  # from the first to the last
        assert code == 0
        return
    assert code == 2
    assert out == ""
    told(err)


def test_a_file_without_permission_is_not_allowed():
    with tempfile.TemporaryDirectory() as folder:  # not tmp_path: other users must be able to enter it
        Path(folder).chmod(0o755)
        path = Path(folder) / "report.pdf"
        shutil.copy(INVOICE, path)
        path.chmod(0)
        code, said = run_as_anyone("extract", str(path), "--no-cache")
    assert code == 4
    assert "permission" in told(said)["why"].lower()


AS_ANYONE = """
import os, sys
from finlens.cli import main
if os.geteuid() == 0:  # root may read anything: load what is needed, then become nobody for good
    main(["extract", "no-such-file.pdf"])
    os.setgroups([]), os.setresgid(65534, 65534, 65534), os.setresuid(65534, 65534, 65534)
print("---", file=sys.stderr, flush=True)
sys.exit(main(sys.argv[1:]))
"""


def run_as_anyone(*words: str) -> tuple[int, str]:
    """Run finlens without the rights of root; its exit code and what it says on stderr."""
    command = [sys.executable, "-c", AS_ANYONE, *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env={**os.environ, "HOME": "/nonexistent"})
    return ran.returncode, ran.stderr.partition("---\n")[2]


def test_ten_thousand_pages_are_a_limit_that_names_a_way_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    blank(tmp_path / "long.pdf", pages=10_000)
    assert main(["extract", str(tmp_path / "long.pdf")]) == 5
    assert "--pages" in told(capfd.readouterr().err)["next"]
    assert main(["extract", str(tmp_path / "long.pdf"), "--pages", "9999-", "--json"]) == 0
    (file,) = json.loads(capfd.readouterr().out)["files"]
    assert (file["pages"], file["page_count"]) == (2, 10_000)


@pytest.mark.parametrize("form", ["html", "xlsx", "md"])
def test_a_page_of_two_hundred_thousand_points(tmp_path: Path, form: str):
    pdf = pymupdf.open()
    pdf.new_page(width=200_000, height=200_000).insert_text((100_000, 100_000), "Revenue 12", fontsize=2000)
    pdf.save(tmp_path / "vast.pdf")
    assert main(["extract", str(tmp_path / "vast.pdf"), "-o", str(tmp_path / f"vast.{form}"), "--quiet"]) == 0
    assert 0 < (tmp_path / f"vast.{form}").stat().st_size < 5_000_000


def test_a_picture_by_the_name_of_a_pdf_is_read_as_a_picture(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    from PIL import Image

    Image.new("RGB", (400, 200), "white").save(tmp_path / "scan.png")
    (tmp_path / "scan.png").rename(tmp_path / "scan.pdf")
    assert main(["extract", str(tmp_path / "scan.pdf"), "-o", str(tmp_path / "scan.html")]) == 0
    assert main(["extract", str(tmp_path / "scan.pdf"), "--json"]) == 0
    (file,) = json.loads(capfd.readouterr().out)["files"]
    assert any("image with the name of a PDF" in warning for warning in file["warnings"])


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
from finlens.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_disk_that_takes_no_more_leaves_nothing_half_written(tmp_path: Path):
    """A limit on the size of files stands in for a disk that runs full in the middle of a write."""
    target = tmp_path / "out.json"
    target.write_text("from yesterday")
    words = ["extract", str(INVOICE), "--no-cache", "-o", str(target)]
    ran = subprocess.run([sys.executable, "-c", LIMITED, *words], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "larger than allowed" in told(ran.stderr)["why"]
    assert target.read_text() == "from yesterday"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_a_cache_that_cannot_grow_costs_only_time(tmp_path: Path):
    ran = subprocess.run([sys.executable, "-c", LIMITED, "extract", str(INVOICE)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert "tables" in ran.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that Linux has")
@pytest.mark.parametrize("words", [["extract", str(INVOICE), "--format", "json"], ["extract", str(INVOICE)], ["schema"], ["doctor"]])
def test_a_full_disk_behind_stdout_is_told(words: list[str]):
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([sys.executable, "-m", "finlens", *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert "full" in told(ran.stderr)["why"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that Linux has")
def test_a_full_disk_behind_the_output_is_told(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", str(INVOICE), "--format", "xlsx", "-o", "/dev/full"]) == 1
    assert told(capfd.readouterr().err)["why"] == "The disk is full."


@pytest.mark.parametrize(
    ("target", "why"),
    [("nowhere/out.json", "folder does not exist"), ("taken/out.json", "a file, not a folder")],
)
def test_an_output_that_cannot_be_made(tmp_path: Path, capfd: pytest.CaptureFixture[str], target: str, why: str):
    (tmp_path / "taken").touch()
    assert main(["extract", str(INVOICE), "-o", str(tmp_path / target)]) == 1
    assert why in told(capfd.readouterr().err)["why"]


@pytest.mark.parametrize(
    "words",
    [
        ["extract", str(INVOICE), "--format", "pdf"],
        ["extract", str(INVOICE), "-o", "out.doc"],
        ["extract", str(INVOICE), "--reader", "pymupfd"],
        ["extract", str(INVOICE), "--tables", "camalot"],
        ["extract", str(INVOICE), "--json", "--format", "json"],
        ["extract", str(INVOICE), str(INVOICE), "--format", "xlsx"],
        ["extract", str(INVOICE), str(INVOICE), "-o", "out.json"],
        ["extract", "-", "-"],
        ["extract"],
        ["ask", "--doc", str(INVOICE), ""],
        ["ask", "--doc", str(INVOICE), "?!"],
        ["ask", "--doc", str(INVOICE), "revenue " * 2000],
        ["ask", "--doc", str(INVOICE), "What is the total?", "--model", "gpt-9"],
        ["schema", "word"],
    ],
    ids=lambda words: " ".join(word[:20] for word in words if not word.startswith("/")),
)
def test_a_command_line_that_cannot_be_used_is_exit_code_2(words: list[str], capfd: pytest.CaptureFixture[str]):
    assert main(words) == 2
    out, err = capfd.readouterr()
    assert out == ""
    told(err)


def test_a_near_miss_is_suggested(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(EXAMPLES)
    assert main(["extract", "invoice-enn.pdf"]) == 1
    assert "invoice-en.pdf" in told(capfd.readouterr().err)["next"]
    assert main(["extract", "invoice-en.pdf", "--reader", "pymupfd"]) == 2
    assert "pymupdf" in told(capfd.readouterr().err)["next"]


def test_a_batch_goes_on_and_lists_its_failures_at_the_end(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 rubbish")
    words = ["extract", str(tmp_path / "bad.pdf"), str(INVOICE), str(tmp_path / "missing.pdf"), "-j", "2"]
    assert main([*words, "-o", f"{tmp_path}/out/", "--format", "md"]) == 3
    err = capfd.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["invoice-en.md"]
    assert "2 of 3 files failed:" in err
    assert err.count("error:") == err.count("next:") == 2
    assert "Traceback" not in err


def test_a_batch_as_json_tells_each_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["extract", str(INVOICE), str(tmp_path / "missing.pdf"), "--json"]) == 3
    record = json.loads(capfd.readouterr().out)
    assert (record["format"], record["version"]) == ("finlens.extract", 1)
    assert [file["ok"] for file in record["files"]] == [True, False]
    assert record["files"][1]["error"]["code"] == "input.missing"


def test_a_single_failure_as_json_is_a_record_too(capfd: pytest.CaptureFixture[str]):
    assert main(["extract", "missing.pdf", "--json"]) == 1
    out, err = capfd.readouterr()
    (file,) = json.loads(out)["files"]
    assert (file["ok"], file["error"]["code"]) == (False, "input.missing")
    told(err)


@pytest.mark.parametrize(
    "question", ["Wie hoch war der Umsatz im Jahr 2019?", "営業利益はいくらですか", "What was the number of aircraft delivered in 1987?"]
)
def test_a_question_that_the_document_does_not_answer_is_refused(question: str, capfd: pytest.CaptureFixture[str]):
    assert main(["ask", "--doc", str(INVOICE), question, "--json", "--model", "none"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert answer["refused"] is True
    assert answer["value"] is None
    assert answer["text"]


def test_debug_shows_the_traceback_wherever_it_stands(tmp_path: Path):
    for words in (["--debug", "extract", "missing.pdf"], ["extract", "missing.pdf", "--debug"]):
        ran = subprocess.run([sys.executable, "-m", "finlens", *words], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert ran.returncode == 1
        assert "Traceback" in ran.stderr
        assert "FileMissing" in ran.stderr


def test_no_color_is_respected(tmp_path: Path):
    environment = {**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    ran = subprocess.run(
        [sys.executable, "-m", "finlens", "extract", "missing.pdf"], capture_output=True, check=False, cwd=tmp_path, env=environment
    )
    assert b"\x1b[3" not in ran.stderr


def test_a_reader_that_closes_the_pipe_is_not_an_error():
    running = subprocess.Popen([sys.executable, "-m", "finlens", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait() == 0
