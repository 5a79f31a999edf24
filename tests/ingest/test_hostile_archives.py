"""Hostile archives meet a bound, and their article says which."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import tarfile
from pathlib import Path

import pytest

from pipeline.ingest import Limits
from tests.ingest.conftest import STORY, Reader, only
from tests.ingest.test_formats import PACKERS, tarred, zipped

MIB = 1024 * 1024
LINE = json.dumps({"text": STORY})


@pytest.mark.parametrize("packer", PACKERS)
def test_compressed_file_cut_short(ingest: Reader, packer: str) -> None:
    lines = "".join(json.dumps({"text": f"{STORY} {number}"}) + "\n" for number in range(5_000))
    content = PACKERS[packer](lines.encode())
    articles = ingest(f"a.jsonl.{packer}", content[: len(content) * 9 // 10])
    assert articles[-1].status == "failed"
    assert "broken file" in (articles[-1].reason or "")


@pytest.mark.parametrize("packer", PACKERS)
def test_bomb_of_one_stream(ingest: Reader, packer: str) -> None:
    bomb = PACKERS[packer](b"\n" * (64 * MIB))
    assert only(ingest(f"bomb.jsonl.{packer}", bomb)) == "expands more than 200 times"


def test_bomb_of_many_members(ingest: Reader) -> None:
    bomb = zipped(**{f"{number}.txt": b"a" * (8 * MIB) for number in range(4)})
    articles = ingest("bomb.zip", bomb)
    assert articles[-1].source_uri == "bomb.zip"
    assert articles[-1].reason == "expands more than 200 times"
    assert len(articles) < 4


def test_bomb_in_a_bomb(ingest: Reader) -> None:
    inner = zipped(**{"inner.txt": b"a" * (64 * MIB)})
    assert "expands more" in (ingest("bomb.zip", zipped(**{"a.zip": inner}))[-1].reason or "")


def test_expanded_bytes_are_bounded(ingest: Reader) -> None:
    limits = Limits(expanded_bytes=1000)
    articles = ingest("a.jsonl.gz", gzip.compress((LINE + "\n").encode() * 100), limits=limits)
    assert articles[-1].reason == "expands to more than 1000 bytes"


def test_decoder_memory_is_bounded(ingest: Reader) -> None:
    assert "memory" in only(ingest("a.txt.zst", zst_with_window(31)))
    assert "emory" in only(ingest("a.txt.xz", xz_with_dictionary()))


def zst_with_window(window_log: int) -> bytes:
    """A zstandard frame that asks for a window of 2**window_log bytes and holds one empty block."""
    return b"\x28\xb5\x2f\xfd" + b"\x00" + bytes([(window_log - 10) << 3]) + b"\x01\x00\x00"


def xz_with_dictionary() -> bytes:
    """An xz stream that asks for a dictionary of 512 MiB."""
    return lzma.compress(
        b"x", format=lzma.FORMAT_XZ, filters=[{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 512 * MIB}]
    )


def test_members_are_counted(ingest: Reader) -> None:
    members = {f"{number}.txt": STORY.encode() for number in range(5)}
    articles = ingest("a.zip", zipped(**members), limits=Limits(members=3))
    assert [article.status for article in articles] == ["ok", "ok", "ok", "failed"]
    assert articles[-1].reason == "holds more than 3 files"


def test_archive_depth_is_bounded(ingest: Reader) -> None:
    content = STORY.encode()
    for _ in range(6):
        content = gzip.compress(content)
    assert only(ingest("a.gz", content)) == "archives nest deeper than 4"
    content = STORY.encode()
    for _ in range(6):
        content = zipped(**{"a.zip": content})
    assert only(ingest("b.zip", content)) == "archives nest deeper than 4"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b.txt", "..\\..\\b.txt", "C:\\b.txt"])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_path_out_of_the_archive(ingest: Reader, tmp_path: Path, kind: str, name: str) -> None:
    members = {name: STORY.encode(), "good.txt": STORY.encode()}
    content = zipped(**members) if kind == "zip" else tarred("w", **members)
    before = sorted(tmp_path.rglob("*"))
    bad, good = ingest("a.bin", content)
    assert (bad.source_uri, bad.status) == ("a.bin/member-1", "failed")
    assert "leaves the archive" in (bad.reason or "")
    assert (good.source_uri, good.status) == ("a.bin/good.txt", "ok")
    assert [path.name for path in sorted(tmp_path.rglob("*")) if path not in before] == ["in", "a.bin"]


def test_links_and_devices_in_a_tar_are_not_followed(ingest: Reader) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"evil-{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert ingest("a.tar", out.getvalue()) == []


def test_giant_tar_header(ingest: Reader) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8 * 1024 * MIB
    content = info.tobuf(tarfile.GNU_FORMAT) + b"a" * 10240
    assert "tar header of" in only(ingest("a.tar", content))


def test_broken_member_does_not_stop_the_archive(ingest: Reader) -> None:
    broken = gzip.compress(STORY.encode())[:-12]
    first, second = ingest("a.zip", zipped(**{"1.gz": broken, "2.txt": STORY.encode()}))
    assert (first.status, second.status) == ("failed", "ok")


def test_encrypted_member(ingest: Reader) -> None:
    content = bytearray(zipped(**{"a.txt": STORY.encode()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert "cannot unpack" in only(ingest("a.zip", bytes(content)))


def test_office_document(ingest: Reader) -> None:
    assert "office document" in only(ingest("a.docx", zipped(**{"[Content_Types].xml": b"<x/>"})))
