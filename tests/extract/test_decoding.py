"""Names and dependencies are those that spaCy's own loop gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc

from pipeline.extract.decoding import Decoder
from pipeline.extract.model import _decoders as decoders
from pipeline.extract.model import _prepare as prepare
from pipeline.extract.model import load_model, parse
from pipeline.extract.name_decoding import NameDecoder
from pipeline.extract.screen import whole

ARTICLES = sorted((Path(__file__).parent.parent / "gold" / "articles").iterdir())[:40:4]


def test_parser_and_names_are_decoded_here() -> None:
    assert {name: type(decoder) for name, decoder in decoders().items()} == {"parser": Decoder, "ner": NameDecoder}


def _annotations(doc: Doc) -> list[tuple[str, int, str, str, str]]:
    return [(token.dep_, token.head.i, token.tag_, token.ent_iob_, token.ent_type_) for token in doc]


@pytest.mark.parametrize("batch", [1, 10])
def test_annotations_are_those_of_the_model(batch: int) -> None:
    stretches = [(text, stretch) for text in map(Path.read_text, ARTICLES) for stretch in whole(text)]
    windows = [
        window for first in range(0, len(stretches), batch) for window in parse(stretches[first : first + batch])
    ]
    model = load_model()
    expected = model.pipe([prepare(model, text, stretch) for text, stretch in stretches])
    assert len(windows) == len(ARTICLES)
    for window, doc in zip(windows, expected, strict=True):
        assert _annotations(window.doc) == _annotations(doc)


def test_a_text_without_words_is_left_as_it_is() -> None:
    assert parse([]) == []
    empty = load_model().make_doc("")
    for decoder in decoders().values():
        decoder.annotate([empty])
    assert list(empty.ents) == []
