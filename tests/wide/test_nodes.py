"""A node of the cluster that goes away costs time, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.engines.ray import RayEngine
from tests.engines.test_engines import Shout, all_well, answers, tasks, within


@pytest.fixture
def cluster(cpus: int) -> Iterator[Any]:
    """A head that does no work, and two nodes of one CPU."""
    import ray
    from ray.cluster_utils import Cluster

    ray.shutdown()
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    cluster.nodes = [cluster.add_node(num_cpus=1) for _ in range(cpus)]
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def test_a_node_killed_in_the_middle_costs_nothing(cluster: Any, tmp_path: Path) -> None:
    found: dict[str, str] = {}

    def run() -> None:
        found.update(answers(RayEngine(cluster.address), tasks(40), Shout(tmp_path, 0.05)))

    thread = threading.Thread(target=run)
    thread.start()
    assert within(60, lambda: len(list(tmp_path.iterdir())) == 2)  # a guarded process on each node
    cluster.remove_node(cluster.nodes[0], allow_graceful=False)
    thread.join(120)
    assert not thread.is_alive()
    assert found == all_well(160)
