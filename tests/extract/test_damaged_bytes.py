"""Whatever the bytes, reading gives a document or a `FinlensError`, never anything else."""

import pymupdf
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from finlens.errors import FinlensError
from finlens.extract.read import read


def small_pdf() -> bytes:
    document = pymupdf.open()
    for number in range(2):
        page = document.new_page()
        page.insert_text((60, 80), f"Revenue {number + 1},234 567")
        page.draw_line((50, 90), (300, 90))
    return document.tobytes(garbage=3)


PDF = small_pdf()

changes = st.lists(
    st.tuples(st.integers(0, len(PDF) - 1), st.integers(0, 40), st.binary(max_size=12)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=changes, kept=st.floats(0.3, 1.0))
def test_changed_bytes_of_a_pdf(tmp_path, changes, kept):
    content = PDF
    for at, length, new in changes:
        content = content[:at] + new + content[at + length :]
    path = tmp_path / "changed.pdf"
    path.write_bytes(content[: max(1, int(len(content) * kept))])
    try:
        document = read(path, ocr="never")
    except FinlensError as error:
        assert error.hint
    else:
        assert document.page_count >= 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(min_size=1, max_size=400),
    head=st.sampled_from([b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"BM"]),
)
@example(content=b"0", head=b"\x89PNG\r\n\x1a\n")
def test_noise_under_any_head(tmp_path, content, head):
    path = tmp_path / "noise.pdf"
    path.write_bytes(head + content)
    try:
        read(path, ocr="never")
    except FinlensError as error:
        assert error.hint
