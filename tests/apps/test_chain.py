"""The chain"""
from typing import Any
from apps.chain_story import *
import time
def test_probe(world: Any, actors: Any) -> None:
    t=time.time()
    chain = Chain(world, actors, fighters=("TC025",))
    rows = chain.passed()
    print("passed", time.time()-t)
    d = chain.drafted(rows); print("d", time.time()-t)
    d = chain.send(d); print("send", time.time()-t)
    d = chain.take(d); print("take", time.time()-t)
    chain.post(d); print("post", time.time()-t)
    print(chain.snapshot()[0],  time.time()-t)
    print([(l.title,l.amount) for l in d.lines.all()])
    for s in Session.objects.all(): print(s, [(i.title,i.mode) for i in s.items.all()])
    assert 0
