"""Times the tree of places: `python -m tests.bench.regions`."""

from __future__ import annotations

import time

from knowledge.regions import Regions

SENTENCE = "我是河南新乡卫辉的，人在广东深圳打工，想问下退伍回来以后户口注销证明要不要带，去哪个窗口办理呢"
TIMES = 1_000


def main() -> None:
    """Prints the processor time of loading the tree and of reading one sentence."""
    started = time.process_time()
    regions = Regions.load()
    loaded = time.process_time()
    for _ in range(TIMES):
        regions.find(SENTENCE)
    found = time.process_time()
    print(f"load {1000 * (loaded - started):.0f} ms, find {1000 * (found - loaded) / TIMES:.2f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
