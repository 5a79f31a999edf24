"""Words are remembered, and what is remembered is what the model would make of them again."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc

from pipeline.extract import embedding, model

TEXTS = ("Acme didn't name Jane Roe.", "Jane Roe didn't stay", "Roe")


def _layer() -> embedding._Memory:
    [made] = [node for node in model.load_model().get_pipe("ner").model.walk() if node.name.startswith("remembered(")]
    return embedding._Memory(made.layers[0])


def _docs() -> list[Doc]:
    return [model.load_model().make_doc(text) for text in TEXTS]


def test_both_parts_remember() -> None:
    names = [
        name
        for name, part in model.load_model().pipeline
        for node in part.model.walk()
        if node.name.startswith("remembered(")
    ]
    assert names == ["tok2vec", "ner"]


@pytest.mark.parametrize("most", [0, 3, 1000])
def test_vectors_are_those_of_the_model(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(embedding, "WORDS_KEPT", most)
    memory = _layer()
    for _ in range(2):
        found, _ = memory.forward(None, _docs(), is_train=False)
        for got, expected in zip(found, memory._embed.predict(_docs()), strict=True):
            assert np.allclose(got, expected, atol=1e-5)


def test_a_word_is_told_by_its_norm_and_the_space_behind_it() -> None:
    memory = _layer()
    memory.forward(None, _docs(), is_train=False)
    assert len(memory._rows) == len({(t.text, t.norm_, bool(t.whitespace_)) for doc in _docs() for t in doc})


def test_new_words_are_forgotten_once_enough_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    vocab = model.load_model().vocab
    monkeypatch.setattr(model, "WORDS_KEPT", 0)
    with model.forgetting():
        model.load_model().make_doc("Xq Zorblatt")
        assert "Zorblatt" in vocab.strings
    assert "Zorblatt" not in vocab.strings
    monkeypatch.setattr(model, "WORDS_KEPT", 10**9)
    with model.forgetting():
        model.load_model().make_doc("Xq Zorblitt")
    assert "Zorblitt" in vocab.strings
