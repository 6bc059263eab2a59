"""What is said about a file that cannot be read: one sentence each for what, why and what to do."""

import os
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from finlens import errors
from finlens.extract.files import look_at
from finlens.extract.limits import Limits
from finlens.extract.read import read


def complaint(path, **options):
    with pytest.raises(errors.FinlensError) as caught:
        read(path, **options)
    error = caught.value
    assert error.what and error.why and error.hint, "an error says what, why, and what to do"
    assert "\n" not in error.what + error.hint
    return error


def test_a_missing_file_is_named_and_the_nearest_name_offered(tmp_path):
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4")
    error = complaint(tmp_path / "reprot.pdf")
    assert isinstance(error, errors.FileMissing)
    assert "report.pdf" in error.hint


def test_a_directory_is_no_document(tmp_path):
    assert isinstance(complaint(tmp_path), errors.FileUnreadable)


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    path = tmp_path / "empty.pdf"
    path.touch()
    error = complaint(path)
    assert isinstance(error, errors.FileUnsupported)
    assert "empty" in error.what


@pytest.mark.parametrize(
    ("head", "told"),
    [(b"PK\x03\x04rest", "Office"), (b"<html><body>", "web page"), (b"\xd0\xcf\x11\xe0rest", "Office"), (b"name,amount\n", "start")],
)
def test_other_kinds_are_recognised(tmp_path, head, told):
    path = tmp_path / "report.dat"
    path.write_bytes(head)
    error = complaint(path)
    assert isinstance(error, errors.FileUnsupported)
    assert told in error.why


def test_a_text_file_named_pdf_is_not_opened(tmp_path):
    path = tmp_path / "notes.pdf"
    path.write_text("Only some notes.")
    assert isinstance(complaint(path), errors.FileUnsupported)


@pytest.fixture
def nobody():
    """Root may read everything: for this test it is nobody."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


def test_a_file_without_permission(nobody):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shut.pdf"
        path.write_bytes(b"%PDF-1.4")
        path.chmod(0)
        error = complaint(path)
        path.chmod(0o600)
    assert isinstance(error, errors.FileUnreadable)
    assert "permission" in error.why


def test_a_truncated_pdf_is_read_as_far_as_it_goes_or_said_to_be_damaged(make_pdf):
    path = make_pdf([(60, 80, "Revenue 1,234")])
    whole = path.read_bytes()
    for share in (0.2, 0.5, 0.8):
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            document = read(path)
        except errors.FinlensError as error:
            assert error.hint
        else:
            assert document.page_count >= 1


def test_a_pdf_without_pages_is_damaged(tmp_path):
    path = tmp_path / "none.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"
    )
    assert isinstance(complaint(path), errors.FileDamaged)


def test_an_encrypted_pdf_asks_for_the_password(make_pdf):
    import pymupdf

    path = make_pdf([(60, 80, "Revenue")], encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open", owner_pw="owner")
    assert "--password" in complaint(path).hint
    assert isinstance(complaint(path, password="shut"), errors.PasswordWrong)
    assert "Revenue" in read(path, password="open").text


def test_an_image_that_pretends_to_be_a_pdf_is_read_as_an_image_with_a_warning(tmp_path):
    path = tmp_path / "scan.pdf"
    Image.new("L", (200, 100), 255).save(path, "PNG")
    document = read(path)
    assert any("image" in warning for warning in document.warnings)
    assert (document.pages[0].width, document.pages[0].height) == (200, 100)


def test_a_damaged_image_is_damaged(tmp_path):
    path = tmp_path / "scan.png"
    Image.effect_noise((300, 300), 60).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    assert isinstance(complaint(path), errors.FileDamaged)


def test_a_file_over_the_limit_is_not_opened(make_pdf):
    with pytest.raises(errors.LimitExceeded):
        look_at(make_pdf([(60, 80, "Revenue")]), Limits(max_bytes=100))


def test_a_document_that_takes_too_long_is_given_up_between_pages(make_pdf):
    error = complaint(make_pdf(*[[(60, 80, "Revenue")]] * 4), limits=Limits(seconds_per_page=0.0))
    assert isinstance(error, errors.LimitExceeded)
    assert "takes too long" in error.what


def test_a_document_of_too_many_pages_is_read_in_parts(make_pdf):
    path = make_pdf(*[[]] * 12)
    error = complaint(path, limits=Limits(max_pages=10))
    assert isinstance(error, errors.LimitExceeded)
    assert "--pages 1-10" in error.hint
    assert len(read(path, pages="3-5", limits=Limits(max_pages=10)).pages) == 3
