"""What the cache gives back is the document that it was given."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from finlens.documents import Document
from finlens.errors import FileDamaged
from finlens.extract.read import read
from finlens.storage.documents import PackedWords, pack, unpack

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def document() -> Document:
    return Document.from_json(read(EXAMPLES / "invoice-en.pdf").to_json())  # coordinates rounded, as JSON does


def test_a_document_comes_back_whole(document: Document):
    back = unpack(pack(document))
    assert back == document
    assert back.to_json() == document.to_json()
    assert back.pages[0].words == document.pages[0].words
    assert back.pages[0].words[3:5] == document.pages[0].words[3:5]
    assert [word.origin for word in back.pages[0].words] == [word.origin for word in document.pages[0].words]


def test_words_are_counted_without_being_unpacked(document: Document):
    words = unpack(pack(document)).pages[0].words
    assert isinstance(words, PackedWords)
    assert len(words) == len(document.pages[0].words) > 50
    assert words._words is None


def test_it_crosses_processes(document: Document):
    assert pickle.loads(pickle.dumps(unpack(pack(document)))) == document


def test_line_breaks_in_words_do_no_harm(document: Document):
    word = document.pages[0].words[0]._replace(text="two\nlines\u2028and « more »")
    odd = replace(document, pages=(replace(document.pages[0], words=(word,)),))
    assert unpack(pack(odd)).pages[0].words[0].text == word.text


@pytest.mark.parametrize("content", [b"", b"{}", b"{}\n[]", b"[]\n[]", b"nothing\nat all", b'{"sha256": 1}\n[1]\n[]'])
def test_other_bytes_are_no_document(content: bytes):
    with pytest.raises(FileDamaged):
        unpack(content)


def test_a_lost_line_is_noticed(document: Document):
    with pytest.raises(FileDamaged):
        unpack(pack(document).rsplit(b"\n", 1)[0])
