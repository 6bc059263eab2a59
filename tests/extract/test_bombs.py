"""Decompression bombs are refused before anything unpacks them, and honest files are let through."""

import time
import zlib

import pytest

from finlens.errors import LimitExceeded
from finlens.extract.bombs import check_streams
from finlens.extract.limits import Limits
from finlens.extract.read import read


def pdf_with_stream(path, dictionary: bytes, packed: bytes):
    path.write_bytes(
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<<" + dictionary + b"/Length %d>>stream\n" % len(packed) + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    )
    return path


def deflated(megabytes: int, line: bytes = b" " * 64) -> bytes:
    packer = zlib.compressobj(9)
    block = line * (2**20 // len(line))
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize("layers", [2, 3])
def test_nested_deflate_is_refused_quickly(tmp_path, layers):
    packed = deflated(600)
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    path = pdf_with_stream(tmp_path / "bomb.pdf", b"/Filter[" + b"/FlateDecode" * layers + b"]", packed)
    assert path.stat().st_size < 10_000
    started = time.monotonic()
    with pytest.raises(LimitExceeded) as caught:
        read(path)
    assert time.monotonic() - started < 20
    assert "bomb" in caught.value.why


def test_endless_painting_is_refused(tmp_path):
    path = pdf_with_stream(tmp_path / "paint.pdf", b"/Filter/FlateDecode", deflated(40, b"0 0 m 10 10 l S\n"))
    with pytest.raises(LimitExceeded):
        read(path)


def test_the_limit_is_the_callers(tmp_path):
    path = pdf_with_stream(tmp_path / "big.pdf", b"/Filter/FlateDecode/Subtype/Image", deflated(30))
    check_streams(path, Limits())
    with pytest.raises(LimitExceeded):
        check_streams(path, Limits(max_inflated_bytes=20 << 20))


def test_an_honest_file_passes(make_pdf):
    check_streams(make_pdf([(60, 80, "Revenue 1,234")] * 50, deflate=True), Limits())


def test_a_page_of_200_000_points_is_read_within_the_pixels_allowed(make_pdf):
    document = read(make_pdf([(60, 80, "Revenue 1,234")], width=200_000, height=200_000))
    assert document.pages[0].width == pytest.approx(200_000)
    assert "1,234" in document.text


def test_objects_that_contain_themselves_end(tmp_path):
    path = tmp_path / "round.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 5>>stream\n/I Do\nendstream endobj\n"
        b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 5 0 R>>>>"
        b"/Length 11>>stream\n/I Do /I Do\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )
    assert read(path).page_count >= 1
