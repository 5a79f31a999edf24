"""A Ray cluster and an object store of this machine.

Ray listens on all interfaces, so its tests run only where there is none but the loopback: `make wide`.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from pipeline.engines.ray import RayEngine
from pipeline.places import RemotePath, remove_folder
from tests.engines.test_engines import within


@pytest.fixture(scope="session", autouse=True)
def store_port() -> Iterator[int]:
    """Where the object store listens. Said before a cluster starts, since its workers inherit it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    said = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in said.items():
            patch.setenv(name, value)
        yield port


@pytest.fixture(scope="session")
def object_store(store_port: int) -> Iterator[RemotePath]:
    """A bucket of a server that speaks S3."""
    pytest.importorskip("moto", reason="moto is not installed here; make wide")
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(store_port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", store_port)) == 0

    try:
        assert within(30, answers)
        from pyarrow.fs import FileSystem

        FileSystem.from_uri("s3://news?allow_bucket_creation=true")[0].create_dir("news")
        yield RemotePath("s3://news")
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def bucket(object_store: RemotePath) -> Iterator[RemotePath]:
    """A place to write to, empty before and after."""
    path = object_store / "test"
    yield path
    remove_folder(path)


@pytest.fixture(scope="session")
def cpus() -> int:
    """The CPUs that Ray may use. Skips where Ray is missing or could be reached from elsewhere."""
    pytest.importorskip("ray", reason="Ray is not installed here; make wide")
    if {name for _, name in socket.if_nameindex()} - {"lo"}:
        pytest.skip("Ray would listen to the network here; make wide")
    os.environ.pop("RAY_ADDRESS", None)
    return 2


@pytest.fixture
def ray_engine(cpus: int) -> RayEngine:
    """On a cluster of this machine, which stays up for the next test."""
    return RayEngine(workers=cpus, deadline_seconds=1.5)


@pytest.fixture(scope="session", autouse=True)
def leave() -> Iterator[None]:
    """Ends the cluster."""
    yield
    if "ray" in sys.modules:
        sys.modules["ray"].shutdown()


@pytest.fixture(autouse=True)
def same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program may be edited while its tests run; a run would notice and read everything again."""
    monkeypatch.setattr("pipeline.flow.settings.code_digest", lambda *_: "code")
