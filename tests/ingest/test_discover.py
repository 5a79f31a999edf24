"""Inputs to sources: files, folders, globs, standard input, and what must stay out."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.errors import InputError
from pipeline.ingest import IngestSettings, discover, fingerprint, read
from pipeline.ingest import sources as sources_module
from tests.ingest.conftest import STORY


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def uris(*inputs: object) -> list[str]:
    return [source.uri for source in discover([str(one) for one in inputs])]


def test_folder_is_walked_sorted_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.md", ".hidden", ".git/x.txt"):
        write(tmp_path / name)
    assert uris(tmp_path) == ["a/c.md", "a/z.txt", "b.txt"]


def test_file_has_its_name_as_uri(tmp_path: Path) -> None:
    assert uris(write(tmp_path / "deep/one.txt")) == ["one.txt"]


def test_glob_uri_starts_at_the_first_magic_part(tmp_path: Path) -> None:
    for name in ("in/a/1.txt", "in/b/2.txt", "in/b/3.md"):
        write(tmp_path / name)
    assert uris(tmp_path / "in" / "*" / "*.txt") == ["a/1.txt", "b/2.txt"]


def test_recursive_glob(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/b/2.txt"):
        write(tmp_path / name)
    assert uris(tmp_path / "**" / "*.txt") == ["a/1.txt", "a/b/2.txt"]


def test_source_carries_size_and_time(tmp_path: Path) -> None:
    path = write(tmp_path / "one.txt", "12345")
    os.utime(path, ns=(1, 1_700_000_000_000_000_000))
    (source,) = discover([str(path)])
    assert (source.size, source.mtime_ns, source.path) == (5, 1_700_000_000_000_000_000, path)


def test_same_uri_of_two_folders_does_not_collide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one/x.txt", "two/x.txt", "two/y.txt"):
        write(tmp_path / name)
    assert uris("one", "two") == ["one/x.txt", "two/x.txt", "y.txt"]
    assert uris("two", "one") == ["one/x.txt", "two/x.txt", "y.txt"]


def test_same_folder_under_two_names_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in/sub/x.txt")
    assert uris("in", "in/sub", str(tmp_path / "in"), "in/sub/x.txt") == ["sub/x.txt"]


def test_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret/passwords.txt")
    write(tmp_path / "in/ok.txt")
    (tmp_path / "in/file-link.txt").symlink_to(secret)
    (tmp_path / "in/folder-link").symlink_to(secret.parent)
    assert uris(tmp_path / "in") == ["ok.txt"]
    with pytest.raises(InputError, match="holds no files"):
        discover([str(tmp_path / "in" / "*" / "*.txt")])


def test_link_inside_the_folder_counts_once(tmp_path: Path) -> None:
    target = write(tmp_path / "in/ok.txt")
    (tmp_path / "in/again-and-longer.txt").symlink_to(target)
    assert len(uris(tmp_path / "in")) == 1


def test_pipes_are_left_out_of_folders(tmp_path: Path) -> None:
    write(tmp_path / "ok.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert uris(tmp_path) == ["ok.txt"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("missing", "no such file or folder"), ("empty", "holds no files"), ("*.nothing", "holds no files")],
)
def test_unusable_input_is_an_error_with_a_remedy(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=message) as caught:
        discover([str(tmp_path / name)])
    assert name in str(caught.value)


def test_no_input_is_an_error() -> None:
    with pytest.raises(InputError, match="no input"):
        discover([])


def test_file_name_with_magic_characters_is_taken_literally(tmp_path: Path) -> None:
    assert uris(write(tmp_path / "a[1].txt")) == ["a[1].txt"]


def test_fingerprint_follows_the_content(tmp_path: Path) -> None:
    first, second = write(tmp_path / "1.txt", "same"), write(tmp_path / "2.txt", "same")
    one, two = discover([str(tmp_path)])
    assert fingerprint(one) == fingerprint(two)
    assert len(fingerprint(one)) == 32
    second.write_text("other")
    assert fingerprint(one) != fingerprint(two)
    assert first.read_text() == "same"


def test_standard_input_is_read_and_fingerprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    sources_module._stdin_copy.cache_clear()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(STORY.encode())))
    (source,) = discover(["-"])
    assert source.uri == "-"
    assert len(fingerprint(source)) == 32
    (article,) = read(source, IngestSettings())
    assert (article.status, article.text) == ("ok", STORY)
    sources_module._stdin_copy.cache_clear()


def test_file_that_cannot_be_opened_is_one_failed_article(tmp_path: Path) -> None:
    path = write(tmp_path / "gone.txt")
    (source,) = discover([str(path)])
    path.unlink()
    (article,) = read(source, IngestSettings())
    assert (article.status, article.reason) == ("failed", "cannot open: No such file or directory")


def test_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in/closed/x.txt")
    scandir = os.scandir

    def deny(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", deny)
    with pytest.raises(InputError, match="closed: cannot list the folder: Permission denied"):
        discover([str(tmp_path / "in")])
