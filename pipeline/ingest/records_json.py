"""JSON Lines and JSON: one article per record."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pipeline.ingest.encoding import as_utf8, decode
from pipeline.ingest.found import Found, Unreadable
from pipeline.ingest.lines import bounded_lines
from pipeline.ingest.record import from_record
from pipeline.ingest.settings import IngestSettings

_PIECE = 256 * 1024
_BETWEEN = re.compile(r"[\s,]*")
# Where services put the list of articles in one JSON value.
_LISTS = ("articles", "items", "results", "data", "docs", "documents", "entries", "news", "hits", "response")


def read_jsonl(stream: io.BufferedReader, encoding: str, settings: IngestSettings) -> Iterator[Found]:
    """One document per line that isn't blank; a line that can't be read is a problem of its own."""
    number = 0
    limit = settings.limits.record_bytes
    for line in bounded_lines(as_utf8(stream, encoding), limit):
        if line is not None and not line.strip():
            continue
        number += 1
        try:
            if line is None:
                raise Unreadable(f"record is longer than {limit} bytes")
            found = from_record(_object(_parse(decode(line), settings)), settings)
        except Unreadable as err:
            found = Found(problem=str(err))
        yield replace(found, number=number)


def read_json(stream: io.BufferedReader, encoding: str, settings: IngestSettings) -> Iterator[Found]:
    """One value: an array of records is streamed; an object is an article, or holds a list of them."""
    stream = as_utf8(stream, encoding)
    limit = settings.limits.record_bytes
    start = stream.read(_PIECE).lstrip()
    if start.startswith(b"["):
        for number, record in enumerate(_array(start[1:], stream, limit), start=1):
            try:
                found = from_record(_object(_checked(record, settings)), settings)
            except Unreadable as err:
                found = Found(problem=str(err))
            yield replace(found, number=number)
        return
    data = start + stream.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"JSON value is longer than {limit} bytes; JSON Lines has no such limit")
    value = _object(_parse(decode(data), settings))
    listed = _listed(value)
    if listed is None:
        yield from_record(value, settings)
        return
    for number, record in enumerate(listed, start=1):
        try:
            found = from_record(_object(record), settings)
        except Unreadable as err:
            found = Found(problem=str(err))
        yield replace(found, number=number)


def _parse(text: str, settings: IngestSettings) -> Any:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as err:
        raise Unreadable(f"broken JSON, character {err.pos}: {err.msg}") from err
    except (RecursionError, ValueError) as err:  # ValueError: a number of many thousand digits
        raise Unreadable(f"broken JSON: {err}") from err
    return _checked(value, settings)


def _checked(value: Any, settings: IngestSettings) -> Any:
    """The value, unless it nests deeper than allowed."""
    level, depth = [value], 0
    while level:
        if depth > settings.limits.nesting:
            raise Unreadable(f"JSON nests deeper than {settings.limits.nesting}")
        inner: list[Any] = []
        for item in level:
            children = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
            inner.extend(child for child in children if isinstance(child, dict | list))
        level, depth = inner, depth + 1
    return value


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable(f"record is a JSON {type(value).__name__}, not an object")
    return value


def _listed(value: Mapping[str, Any]) -> list[Any] | None:
    for key in _LISTS:
        inner = value.get(key)
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            return inner
        if isinstance(inner, dict) and (listed := _listed(inner)) is not None:
            return listed
    return None


def _array(start: bytes, stream: io.BufferedReader, limit: int) -> Iterator[Any]:
    """The values of an array whose bracket has been read, without holding more than one of them.

    A value that is not complete yet is tried again once the buffer has doubled, so the work stays linear.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    parser = json.JSONDecoder()
    buffer, position, ended = decoder.decode(start), 0, False
    while True:
        position = _BETWEEN.match(buffer, position).end()  # type: ignore[union-attr]
        if buffer.startswith("]", position):
            return
        try:
            value, end = parser.raw_decode(buffer, position)
            if end == len(buffer) and not ended:
                raise json.JSONDecodeError("may go on", buffer, end)
        except (RecursionError, ValueError) as err:
            left = len(buffer) - position
            if ended or left > limit or not isinstance(err, json.JSONDecodeError):
                raise Unreadable(f"broken JSON array: {err}"[:200]) from err
            piece = stream.read(max(_PIECE, left))
            buffer, position = buffer[position:] + decoder.decode(piece, final=not piece), 0
            ended = not piece
            continue
        yield value
        position = end
