"""Ids that stay."""

from __future__ import annotations

from pipeline.dedupe.identity import derive_id, keep_ids

AGE = {"e_old": (1,), "e_new": (2,)}


def ids(clusters: list[list[str]], former: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    return keep_ids(clusters, former, AGE, "e_", [cluster[0] for cluster in clusters])


def test_new_clusters_get_ids_by_their_seed_alone() -> None:
    assert ids([["a", "b"], ["c"]], {}) == ([derive_id("e_", "a"), derive_id("e_", "c")], {})


def test_a_grown_cluster_keeps_its_id() -> None:
    assert ids([["new", "a"]], {"a": "e_old"}) == (["e_old"], {})


def test_merged_clusters_keep_the_older_id() -> None:
    for members in (["a", "b", "b2"], ["b2", "b", "a"]):
        assert ids([members], {"a": "e_old", "b": "e_new", "b2": "e_new"}) == (["e_old"], {"e_new": "e_old"})


def test_a_parted_cluster_leaves_its_id_with_most_of_its_members() -> None:
    former = {"a": "e_old", "b": "e_old", "c": "e_old"}
    found, merged = ids([["a"], ["b", "c"]], former)
    assert found == [derive_id("e_", "a"), "e_old"]
    assert merged == {}


def test_a_new_id_is_never_one_that_was_taken() -> None:
    taken = derive_id("e_", "a")
    found, _ = ids([["a"], ["b", "c"]], {"a": taken, "b": taken, "c": taken})
    assert found[1] == taken
    assert found[0] not in {"", taken}


def test_an_id_that_moved_and_one_that_merged() -> None:
    found, merged = ids([["a", "x"], ["b"]], {"a": "e_old", "x": "e_new", "b": "e_new"})
    assert "e_old" in found
    assert len(set(found)) == 2
    assert merged in ({}, {"e_new": "e_old"})
