"""The house rules: who may import whom, how long a file may be, and that the front door stays light."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PIPELINE = ROOT / "pipeline"
# Imports go down this list only. Doors talk to people; stages know nothing of each other.
FLOORS = (
    {"__main__"},
    {"cli", "bench", "evaluate.command", "evaluate.gold_command", "evaluate.reading"},
    {"flow", "newest"},
    {"ingest", "extract", "dedupe", "evaluate"},
    {"engines"},
    {"store", "manifest"},
)
STAGES = {"ingest", "extract", "dedupe", "evaluate"}
LONGEST_FILE = 420
FILES = sorted(path for path in PIPELINE.rglob("*.py"))


def parts(module: str) -> str:
    """`pipeline.extract.match` -> `extract`; the doors inside a folder keep their own name."""
    name = module.removeprefix("pipeline").lstrip(".")
    return name if any(name in floor for floor in FLOORS) else name.split(".")[0]


def floor_of(part: str) -> int:
    """Number of the floor, counted from the top; what is not listed is the ground that all stand on."""
    for number, floor in enumerate(FLOORS):
        if part in floor:
            return number
    return len(FLOORS)


def imports(path: Path) -> set[str]:
    """Modules of the program that a file imports, at its top or anywhere else in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return {name for name in found if name.startswith("pipeline.")}


def name_of(path: Path) -> str:
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_down(path: Path) -> None:
    here = parts(name_of(path))
    for module in sorted(imports(path)):
        there = parts(module)
        if there in {here, ""}:
            continue
        assert floor_of(there) >= floor_of(here), f"{name_of(path)} imports {module}, which stands above it"
        assert not {here, there} <= STAGES, f"{name_of(path)} imports {module}: a stage imports another"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_file_is_not_too_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_only_the_rulebook_opens_rule_files() -> None:
    readers = {name_of(path) for path in FILES if re.search(r"\btomllib\b", path.read_text())}
    assert readers == {"pipeline.rulebook", "pipeline.ingest.markdown"}  # the latter reads front matter


def test_stages_and_flow_do_not_print() -> None:
    for path in FILES:
        if parts(name_of(path)) in {"flow", "engines", "ingest", "extract", "dedupe"}:
            calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
            assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"], path


def test_the_front_door_is_light() -> None:
    heavy = ("pyarrow", "spacy", "pandas", "numpy", "duckdb", "trafilatura", "dateparser", "pipeline.flow")
    script = "import sys, pipeline.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {name for name in loaded.stdout.split() if name in heavy}


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file, which has hashes, no address and nothing twice."""
    lock = (ROOT / name).read_text()
    found = {canonicalize_name(n): version for n, version in re.findall(r"^([\w.-]+)==(\S+) \\$", lock, re.MULTILINE)}
    assert lock.count("==") == len(found)
    assert all(
        re.match(r"[\w.-]+==\S+ \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$|#|$", line) for line in lock.splitlines()
    )
    return found


def test_the_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    plain, wide = locked("requirements.lock"), locked("requirements-wide.lock")
    assert not set(plain) & set(wide)
    needed = [*project["project"]["dependencies"], *extras["dev"], *project["build-system"]["requires"]]
    for lock, wanted in ((plain, needed), ({**plain, **wide}, [*extras["ray"], *extras["wide"]])):
        for text in wanted:
            requirement = Requirement(text)
            version = lock.get(canonicalize_name(requirement.name), "0")
            assert version in requirement.specifier, f"{text} is locked as {version}; run 'make lock'"
    assert "ray" not in plain  # it is large, and most people need none
