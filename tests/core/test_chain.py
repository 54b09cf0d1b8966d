"""The chain finds any edit, and names the first wrong entry."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core import chain

SALT = bytes(range(16))


def build(count: int) -> list[chain.Link]:
    links: list[chain.Link] = []
    for place in range(count):
        commitment = chain.commit({"việc": place}, salt=SALT)
        links.append(chain.append(links, head={"verb": f"verb{place}"}, commitment=commitment))
    return links


def test_verify_returns_the_last_hash() -> None:
    links = build(3)
    assert chain.verify(links) == links[-1].hash
    assert chain.verify([]) == chain.GENESIS


def reseal(link: chain.Link, **changes: object) -> chain.Link:
    """A link changed and given a hash that fits its new content: what a careful forger would do."""
    changed = dataclasses.replace(link, **changes)  # type: ignore[arg-type]  # changes are fields of Link
    value = chain.link_hash(
        seq=changed.seq, head=changed.head, commitment=changed.commitment, previous=changed.previous
    )
    return dataclasses.replace(changed, hash=value)


@given(place=st.integers(0, 4), how=st.sampled_from(["edit", "edit and reseal", "delete", "insert", "reorder", "key"]))
def test_verify_names_the_first_wrong_entry(place: int, how: str) -> None:
    links = build(6)
    bad = list(links)
    if how == "edit":
        bad[place] = dataclasses.replace(links[place], head={"verb": "khác"})
    elif how == "edit and reseal":
        bad[place] = reseal(links[place], head={"verb": "khác"})
    elif how == "delete":
        del bad[place]
    elif how == "insert":
        bad.insert(place, links[place])
    elif how == "reorder":
        bad[place], bad[place + 1] = bad[place + 1], bad[place]
    else:
        bad[place] = dataclasses.replace(links[place], commitment="0" * 64)
    with pytest.raises(chain.BrokenChain) as caught:
        chain.verify(bad)
    late = {"edit and reseal": place + 2, "insert": place + 2 if place else 2}
    assert caught.value.seq == late.get(how, place + 1)


def test_verify_diff_counts_what_was_added() -> None:
    assert chain.verify_diff(build(2), build(5)) == 3


def test_verify_diff_finds_a_rollback_and_a_fork() -> None:
    older = build(5)
    with pytest.raises(chain.BrokenChain) as rolled_back:
        chain.verify_diff(older, build(3))
    assert rolled_back.value.seq == 4
    fork = build(3)
    fork.append(chain.append(fork, head={"verb": "nhánh khác"}, commitment=chain.commit({}, salt=SALT)))
    with pytest.raises(chain.BrokenChain) as forked:
        chain.verify_diff(older, [*fork, chain.append(fork, head={}, commitment="")])
    assert forked.value.seq == 4


def test_verify_payload_finds_a_changed_payload() -> None:
    link = build(1)[0]
    chain.verify_payload(link, payload={"việc": 0}, salt=SALT)
    with pytest.raises(chain.BrokenChain):
        chain.verify_payload(link, payload={"việc": 1}, salt=SALT)
