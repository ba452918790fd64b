"""How many worlds one core plays a minute: `python -m tests.measurements.worlds --seeds 100`."""

import argparse
import json
import sys
import time
from statistics import median

from tests.measurements.calibration import hashing_seconds

from tongban.testing.simulation.play import play
from tongban.testing.simulation.story import story_of


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--seeds", type=int, default=100)
    reader.add_argument("--runs", type=int, default=3)
    chosen = reader.parse_args()
    play(story_of(0))
    rounds = [_round(number * chosen.seeds, chosen.seeds) for number in range(chosen.runs)]
    result = {
        "worlds_a_minute_of_one_core": round(median(rounds)),
        "rounds": [round(each) for each in rounds],
        "seconds_to_hash_200_mb": round(hashing_seconds(), 3),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def _round(first: int, seeds: int) -> float:
    before = time.process_time()
    for seed in range(first, first + seeds):
        play(story_of(seed))
    return 60 * seeds / (time.process_time() - before)


if __name__ == "__main__":
    main()
