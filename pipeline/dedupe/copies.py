"""Near-duplicate articles: wire copies, trimmed, touched up or with a new headline."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

from pipeline.dedupe.articles import ArticleHead, age_of, head_of
from pipeline.dedupe.naming import name_likeness
from pipeline.dedupe.renames import stated_renames
from pipeline.dedupe.result import DuplicateKind
from pipeline.dedupe.settings import CopySettings
from pipeline.records import Article, Rejection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shingles = NDArray[np.uint32]

_WORD = re.compile(r"\w+")
# Odd 64-bit constants of the usual multiplicative mixers; any would do, they only must never change.
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_CHUNK = 5_000  # articles taken together, so that the flat buffer stays below some 50 MB
_KNOWN_WORDS = 500_000  # whose codes are kept, some 50 MB


class _Codes(dict[str, int]):
    """The code of each word, kept for the next text."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        code = self[word] = crc32(word.encode())
        return code


_CODES = _Codes()


@dataclass
class Copies:
    """What the articles were found to be.

    `heads` has every article; `duplicates` maps a copy to its original and the kind of copy; `bounds` counts
    articles that were cut off, by the bound that did it; `cut` says which. `renames` are pairs of
    names that texts give one company.
    """

    heads: dict[str, ArticleHead] = field(default_factory=dict)
    duplicates: dict[str, tuple[str, DuplicateKind]] = field(default_factory=dict)
    bounds: Counter[str] = field(default_factory=Counter)
    cut: list[Rejection] = field(default_factory=list)
    renames: set[tuple[str, str]] = field(default_factory=set)

    def add_near(self, near: Mapping[str, str]) -> None:
        """Take near copies into account, given with their originals; exact copies of a near copy are near too."""
        for copy, original in near.items():
            self.duplicates[copy] = (original, "near")
        for copy, (original, _) in list(self.duplicates.items()):
            if original in near:
                self.duplicates[copy] = (near[original], "near")
        self.duplicates = dict(sorted(self.duplicates.items()))


def find_copies(
    articles: Iterable[Article], settings: CopySettings, persons: Mapping[str, frozenset[str]] | None = None
) -> Copies:
    """Find exact and near copies; the earliest article of a group is the original, the longest of one time.

    Args:
        articles: Read once.
        settings: What makes a copy.
        persons: Names of the persons whose moves an article tells. Releases from one template tell of
            different persons and are no copies, however alike they are.

    Texts are read once and reduced to four bytes per word. Every copy is compared with its original itself,
    never with another copy, so that slow drift from version to version does not chain.
    """
    found = Copies()
    by_text: dict[str, list[ArticleHead]] = defaultdict(list)
    shingles: dict[str, Shingles] = {}
    for article in articles:
        head = found.heads[article.article_id] = head_of(article)
        if article.status != "ok":
            continue
        if article.text_sha256 not in by_text:
            text = article.text[: settings.max_characters]
            found.renames.update(stated_renames(text))
            shingles[article.text_sha256] = shingle(text)
        if len(article.text) > settings.max_characters:
            found.bounds["article_text_cut"] += 1
            found.cut.append(cut_row(article.article_id, len(article.text), settings))
        by_text[article.text_sha256].append(head)

    originals: list[tuple[ArticleHead, Shingles]] = []
    for sha in sorted(by_text):
        first, *others = sorted(by_text[sha], key=age_of)
        originals.append((first, shingles.pop(sha)))
        found.duplicates.update({other.article_id: (first.article_id, "exact") for other in others})
    originals.sort(key=lambda item: (age_of(item[0])[0], -len(item[1]), item[0].article_id))
    found.add_near(near_copies(originals, settings, persons or {}, found.bounds))
    return found


def cut_row(article_id: str, length: int, settings: CopySettings) -> Rejection:
    """What of an article of this length is not looked at."""
    start = settings.max_characters
    return Rejection(article_id, "dedupe", start, length, None, None, "not_compared_beyond_bound")


def shingle(text: str) -> Shingles:
    """Hashes of all runs of three words, in text order."""
    import numpy as np

    words = _WORD.findall(text.casefold())
    if len(words) < 3:
        return np.empty(0, dtype=np.uint32)
    codes = np.fromiter(map(_CODES.__getitem__, words), dtype=np.uint64, count=len(words))
    mixed = codes[:-2] * np.uint64(_MIX[0]) + codes[1:-1] * np.uint64(_MIX[1]) + codes[2:] * np.uint64(_MIX[2])
    shingles: Shingles = (mixed >> np.uint64(32)).astype(np.uint32)
    return shingles


def near_copies(
    articles: Sequence[tuple[ArticleHead, Shingles]],
    settings: CopySettings,
    persons: Mapping[str, frozenset[str]],
    bounds: Counter[str],
) -> dict[str, str]:
    """Copy to original among articles of different texts, given oldest first."""
    stripped = without_furniture(articles, settings)
    heads = (head for head, _ in articles)
    return copies_among(list(zip(heads, stripped, strict=True)), settings, persons, bounds)


def copies_among(
    articles: Sequence[tuple[ArticleHead, Shingles]],
    settings: CopySettings,
    persons: Mapping[str, frozenset[str]],
    bounds: Counter[str],
) -> dict[str, str]:
    """Copy to original among articles without their furniture, given oldest first.

    Articles that share no bucket of `band_keys`, not even by way of others, do not matter to each other.
    """
    import numpy as np

    stripped = [shingles for _, shingles in articles]
    long_enough = [i for i, s in enumerate(stripped) if len(s) >= settings.min_shingles]
    if len(long_enough) < 2:
        return {}
    buckets = _buckets(band_keys([stripped[i] for i in long_enough], settings))
    sets: dict[int, Shingles] = {}
    holders: dict[int, list[int]] = defaultdict(list)
    copy_of: dict[str, str] = {}
    for row, index in enumerate(long_enough):
        if row not in buckets:
            continue
        head, mine = articles[index][0], np.unique(stripped[index])
        candidates = sorted({held for bucket in buckets[row] for held in holders[bucket]})
        for other in candidates:
            theirs = articles[other][0]
            if not _may_be_copy(head, theirs, settings, persons):
                continue
            same_site = head.publisher is not None and head.publisher == theirs.publisher
            if _is_copy(mine, sets[other], settings, same_site):
                copy_of[head.article_id] = theirs.article_id
                break
        else:
            sets[index] = mine
            for bucket in buckets[row]:
                if len(holders[bucket]) < settings.max_bucket:
                    holders[bucket].append(index)
                else:
                    bounds["copy_bucket_full"] += 1
    return copy_of


def without_furniture(articles: Sequence[tuple[ArticleHead, Shingles]], settings: CopySettings) -> list[Shingles]:
    """Shingles without what a site repeats under different stories, such as newsletter boxes."""

    by_site: dict[str, list[int]] = defaultdict(list)
    for index, (head, _) in enumerate(articles):
        if head.publisher is not None:
            by_site[head.publisher].append(index)
    stripped = [shingles for _, shingles in articles]
    for _, indexes in sorted(by_site.items()):
        least = max(settings.furniture_articles, int(settings.furniture_share * len(indexes)))
        repeated = _repeated([stripped[i] for i in indexes], least)
        if not len(repeated):
            continue
        there = [_among(stripped[i], repeated) for i in indexes]
        own = (int((~mask).sum()) for mask in there)
        tellers = [i for i, size in zip(indexes, own, strict=True) if size >= settings.furniture_own_shingles]
        if len(tellers) < len(indexes):
            furniture = _repeated([stripped[i] for i in tellers], least)
            there = [_among(stripped[i], furniture) for i in indexes]
        for index, mask in zip(indexes, there, strict=True):
            stripped[index] = stripped[index][~mask]
    return stripped


def _repeated(texts: Sequence[Shingles], least: int) -> Shingles:
    """Sorted shingles that at least so many texts have."""
    import numpy as np

    if len(texts) < least:
        return np.empty(0, dtype=np.uint32)
    chunks = []
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        of_text = np.repeat(np.arange(len(chunk), dtype=np.uint64), [len(text) for text in chunk])
        pairs = (of_text << np.uint64(32)) | np.concatenate(chunk)
        pairs.sort()
        chunks.append(pairs[_changes(pairs)].astype(np.uint32))
    values = np.concatenate(chunks)
    values.sort()
    first = np.flatnonzero(_changes(values))
    counts = np.diff(first, append=len(values))
    found: Shingles = values[first[counts >= least]]
    return found


def _changes(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value differs from the one before it."""
    import numpy as np

    changes = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    return changes


def _among(shingles: Shingles, ordered: Shingles) -> NDArray[np.bool_]:
    """Which of these are among others, which are sorted."""
    import numpy as np

    if not len(ordered):
        return np.zeros(len(shingles), dtype=bool)
    places = np.minimum(np.searchsorted(ordered, shingles), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[places] == shingles
    return found


def band_keys(texts: Sequence[Shingles], settings: CopySettings) -> NDArray[np.uint64]:
    """Shape (bands, len(texts)): texts with the same key in a band share a bucket.

    Bands over the whole text find touched-up copies; bands over the lead alone find copies cut short.
    """
    import numpy as np

    whole = _signatures(texts, settings.permutations, settings.seed)
    lead = _signatures([t[: settings.lead_shingles] for t in texts], settings.lead_permutations, settings.seed)
    rows = settings.rows_per_band
    bands = []
    for matrix in (whole, lead):
        for first in range(0, matrix.shape[1], rows):
            keys = np.zeros(len(texts), dtype=np.uint64)
            for column in range(first, first + rows):
                keys = (keys ^ matrix[:, column].astype(np.uint64)) * np.uint64(_MIX[0])
                keys ^= keys >> np.uint64(29)
            bands.append(keys)
    return np.stack(bands)


def _buckets(bands: NDArray[np.uint64]) -> dict[int, list[int]]:
    """Buckets of each row that shares at least one with another row."""
    import numpy as np

    found: dict[int, list[int]] = defaultdict(list)
    start = 0
    for keys in bands:
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        for row in np.flatnonzero(counts[inverse] > 1).tolist():
            found[row].append(start + int(inverse[row]))
        start += len(counts)
    return found


def _signatures(texts: Sequence[Shingles], permutations: int, seed: int) -> NDArray[np.uint32]:
    import numpy as np
    import rensa

    signatures = np.empty((len(texts), permutations), dtype=np.uint32)
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        flat = np.concatenate(chunk).astype(np.uint64)
        ends = np.cumsum([0, *(len(text) for text in chunk)]).astype(np.uint64)
        digests: Any = rensa.RMinHash.digest_matrix_from_flat_token_hashes(flat, ends, permutations, seed)
        signatures[start : start + len(chunk)] = np.array(digests.to_rows(), dtype=np.uint32)
    return signatures


def _may_be_copy(
    one: ArticleHead, other: ArticleHead, settings: CopySettings, persons: Mapping[str, frozenset[str]]
) -> bool:
    """Whether two articles are of one time and have a person in common, as far as is known."""
    if one.published_at and other.published_at:
        days = abs((one.published_at - other.published_at).days)
        if days > settings.max_days:
            return False
    ours, theirs = persons.get(one.article_id), persons.get(other.article_id)
    return not ours or not theirs or any(name_likeness(a, b) for a in ours for b in theirs)


def _is_copy(mine: Shingles, theirs: Shingles, settings: CopySettings, same_site: bool) -> bool:
    """Whether two sorted sets of shingles are one text, or one is the other cut short."""
    import numpy as np

    shared = len(np.intersect1d(mine, theirs, assume_unique=True))
    small, large = sorted((len(mine), len(theirs)))
    least = settings.same_site_similarity if same_site else settings.similarity
    if shared >= least * (small + large - shared):
        return True
    long_enough = small >= settings.min_contained_shingles and large <= settings.max_cut_ratio * small
    return long_enough and shared >= settings.containment * small
