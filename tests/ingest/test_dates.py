"""Publication dates: metadata values, first lines, addresses and file names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from pipeline.ingest.dates import date_in_path, date_in_text, date_in_url, parse_timestamp


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-03-05", utc(2024, 3, 5)),
        ("2024-03-05T10:00:00+01:00", utc(2024, 3, 5, 9)),
        ("2024-03-05T10:00:00Z", utc(2024, 3, 5, 10)),
        ("2024-03-05 10:00:00", utc(2024, 3, 5, 10)),
        ("2024-03-05T00:30:00+09:00", utc(2024, 3, 4, 15, 30)),
        ("20240305", utc(2024, 3, 5)),
        ("Tue, 05 Mar 2024 10:00:00 GMT", utc(2024, 3, 5, 10)),
        ("Tue, 05 Mar 2024 10:00:00 -0500", utc(2024, 3, 5, 15)),
        ("Tue Mar 05 2024 09:15:00 GMT+0000 (Coordinated Universal Time)", utc(2024, 3, 5, 9, 15)),
        ("Tue Mar 05 2024 09:15:00 GMT+0200 (Central European Summer Time)", utc(2024, 3, 5, 7, 15)),
        ("March 5, 2024", utc(2024, 3, 5)),
        ("5 March 2024", utc(2024, 3, 5)),
        ("Mar. 5th, 2024", utc(2024, 3, 5)),
        ("Tuesday, March 5, 2024", utc(2024, 3, 5)),
        ("1709632800", utc(2024, 3, 5, 10)),
        (1709632800, utc(2024, 3, 5, 10)),
        (1709632800000, utc(2024, 3, 5, 10)),
        (1709632800.0, utc(2024, 3, 5, 10)),
        (date(2024, 3, 5), utc(2024, 3, 5)),
        (datetime(2024, 3, 5, 10), utc(2024, 3, 5, 10)),
        (datetime(2024, 3, 5, 10, tzinfo=timezone(timedelta(hours=2))), utc(2024, 3, 5, 8)),
    ],
)
def test_metadata_value(value: Any, moment: datetime) -> None:
    assert parse_timestamp(value) == moment


@pytest.mark.parametrize(
    "value",
    [None, "", "yesterday", "3 days ago", "March 2024", "2024", "12", "n/a", True, 7, [], {}, "2024-13-45", "9" * 5000,
     "0001-01-01", "9999-12-31T23:59:59-12:00", float("inf"), float("nan"), 10**30, "45 min read"],
)  # fmt: skip
def test_metadata_value_that_is_no_date(value: Any) -> None:
    assert parse_timestamp(value) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("LONDON, March 3, 2024 (Wire) - Acme said", (2024, 3, 3)),
        ("NEW YORK, Oct. 7, 2024 /PRNewswire/ -- Acme today", (2024, 10, 7)),
        ("PALO ALTO, Calif., Jan. 5, 2023 (GLOBE NEWSWIRE) -- Acme", (2023, 1, 5)),
        ("Finance chief quits\n\nStaff reporter\nPune, April 28, 2025\n\nAcme said", (2025, 4, 28)),
        ("Acme gets a head\n\nNew Delhi, July 1, 2022 (Wire Service)\n\nAcme said", (2022, 7, 1)),
        ("FORM 8-K\nDate filed: August 19, 2022\nACME CORP.", (2022, 8, 19)),
        ("SPRINGFIELD, Mass.--(BUSINESS WIRE)--March 3, 2024--Acme", (2024, 3, 3)),
        ("MINNEAPOLIS, March 4, 2026 – Acme today", (2026, 3, 4)),
        ("Headline\n\nPublished on March 5, 2024\n\nText", (2024, 3, 5)),
        ("Headline\nPublished: 5 March 2024, 10:30", (2024, 3, 5)),
        ("Headline\nPosted Oct 7, 2024 by Jane Roe", (2024, 10, 7)),
        ("Headline\nPosted on Monday, October 7, 2024", (2024, 10, 7)),
        ("Headline\nFirst published 2024-10-07", (2024, 10, 7)),
        ("Headline\nDate: 10/07/2024", (2024, 10, 7)),
        ("Headline\nBy Jane Roe\nOctober 7th, 2024\nText", (2024, 10, 7)),
        ("Oct 7, 2024 | 5 min read\nText", (2024, 10, 7)),
        ("Headline\n\n16/10/2018 - 14:07\n\nText", (2018, 10, 16)),
        ("Headline\nFriday, 27/07/2018", (2018, 7, 27)),
        ("Headline\n03/04/2018\nText", (2018, 3, 4)),
        ("Headline\n27.07.2018, 10:05", (2018, 7, 27)),
        ("Headline\nDate: 27/07/2018", (2018, 7, 27)),
        ("Headline\nPosted: 5:12 PM, March 3, 2021", (2021, 3, 3)),
        ("Headline\nPublished: 10:05 GMT, 27 July 2018 | Updated: 11:12, 28 July 2018", (2018, 7, 27)),
        ("Headline\nBy Jane Roe • Jul 27, 2018", (2018, 7, 27)),
        ("Headline\nPosted by Jane Roe on July 27, 2018", (2018, 7, 27)),
        ("Headline\nCompany news | 27 July 2018", (2018, 7, 27)),
        ("Headline\nPress release - 27 July 2018", (2018, 7, 27)),
        ("Headline\nOn Jul 27, 2018", (2018, 7, 27)),
        ("Headline\n(July 27, 2018)", (2018, 7, 27)),
        ("RNS Number : 9952N Acme PLC 22 June 2010\nAcme PLC", (2010, 6, 22)),
    ],
)
def test_date_in_text(text: str, day: tuple[int, int, int]) -> None:
    assert date_in_text(text) == utc(*day)


@pytest.mark.parametrize(
    "text",
    [
        "LONDON, March 3 (Wire) - Acme said",
        "Acme said on March 3, 2024 that Jane Roe would leave the company at the end of the year, after nine years.",
        "Jane Roe was born on 5 March 1964.",
        "Headline\nUpdated March 5, 2024",
        "Published in 2024",
        "Headline\nText.\n" + "Line.\n" * 10 + "Published on March 5, 2024",
        "ACME CORP said that Jane Roe, who joined on March 3, 2024 as a director, will leave.",
        "Posted a loss of 2024 dollars",
        "In Paris, March 3, 2024 was a quiet day.",
        "Jane Roe, March 3, 2024 in hand, left the office.",
        "Jane Roe, March 3, 1960 to May 5, 2024",
        "February 30, 2024",
        "By July 27, 2018 Acme will have a new chief.",
        "On July 27, 2018 Acme cut 300 jobs.",
        "Score 27/13/2018",
        "Version 27.13.2018",
        "Headline\nLast updated by Jane Roe on July 27, 2018",
        "By Jane Roe, who left Acme on July 27, 2018 after nine long years as its chief",
    ],
)
def test_no_date_in_text(text: str) -> None:
    assert date_in_text(text) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("https://x.example/2024/03/05/acme", (2024, 3, 5)),
        ("https://x.example/news/2024/mar/05/acme", (2024, 3, 5)),
        ("in/2024-03-05-acme.txt", (2024, 3, 5)),
        ("in/2024_3_5.txt", (2024, 3, 5)),
        ("acme20240305.html", (2024, 3, 5)),
    ],
)
def test_date_in_name(name: str, day: tuple[int, int, int]) -> None:
    assert date_in_url(name) == date_in_path(name) == utc(*day)


@pytest.mark.parametrize(
    "name",
    [
        "a/2024/acme",
        "12345678901234.txt",
        "id-20249999.txt",
        "acme-120240305.txt",
        "v1.2024.3",
        "2024-02-30.txt",
    ],
)
def test_no_date_in_name(name: str) -> None:
    assert date_in_url(name) is None
    assert date_in_path(name) is None


def test_of_two_dates_the_address_gives_the_first_and_the_path_the_last() -> None:
    assert date_in_url("https://x.example/2024/03/05/after-2001-09-11") == utc(2024, 3, 5)
    assert date_in_path("export-2024-03-09.zip/2024-03-05.txt") == utc(2024, 3, 5)
