"""How long every question takes on a graph: SPARQL and reading the names, not the start.

python -m benchmarks.questions --data DIR [--limit 2000] [--deadline 20] [QUESTION ...]
"""

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from comity.graph.home import GraphHome
from comity.queries.catalogue import Question, catalogue
from comity.queries.run import ask

RUNS = 5


@dataclass(frozen=True, slots=True, order=True)
class Timing:
    """One question asked one way.

    Attributes:
        milliseconds: median of the runs; of one run where that already took over a second; the
            deadline where it was not answered by then.
        processor: the same in time of the processor, which other programs do not lengthen.
        question: id.
        given: "example" or "no arguments".
        rows: of the answer.
    """

    milliseconds: float
    processor: float
    question: str
    given: str
    rows: int


def timings(home: GraphHome, questions: Sequence[Question], deadline: float) -> list[Timing]:
    """Every question with its example and without arguments, the slowest first.

    Each question runs in a process of its own, which is ended after so many seconds.
    """
    found = []
    for asked in questions:
        example = {name: [text] for name, text in asked.example.items()}
        for given, texts in (("example", example), ("no arguments", {})):
            if asked.missing(texts):
                continue
            mine, theirs = Pipe(duplex=False)
            process = Process(target=_measure, args=(home, asked, texts, theirs))
            process.start()
            theirs.close()
            milliseconds, processor, rows = deadline * 1000, deadline * 1000, 0
            if mine.poll(deadline):
                milliseconds, processor, rows = mine.recv()
            process.kill()
            process.join()
            found.append(Timing(milliseconds, processor, asked.id, given, rows))
    return sorted(found, reverse=True)


def _measure(
    home: GraphHome, asked: Question, texts: Mapping[str, Sequence[str]], answer: Connection
) -> None:
    engine = home.engine()
    times: list[float] = []
    worked: list[float] = []
    while len(times) < RUNS and (not times or times[0] < 1000):
        begun, busy = time.perf_counter(), time.process_time()
        rows = len(ask(engine, asked, texts).rows)
        times.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    answer.send((median(times), median(worked), rows))


def main() -> None:
    """Prints one line for each question and way of asking, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=float, default=2000, help="flag what is slower, in ms")
    parser.add_argument("--deadline", type=float, default=20, help="seconds for each question")
    parser.add_argument("questions", nargs="*")
    given = parser.parse_args()
    questions = catalogue()
    chosen = [questions[name] for name in given.questions] or list(questions.values())
    found = timings(GraphHome(given.data), chosen, given.deadline)
    slow = [one for one in found if one.milliseconds > given.limit]
    for one in found:
        flag = "  SLOW" if one in slow else "" if one.rows else "  no rows"
        print(
            f"{one.milliseconds:9.1f} ms {one.processor:9.1f} ms of processor "
            f"{one.rows:7} rows  {one.question} ({one.given}){flag}"
        )
    print(
        f"{len(chosen)} questions, {os.cpu_count()} cores: median "
        f"{median(one.milliseconds for one in found):.1f} ms, over {given.limit:.0f} ms: {len(slow)}"
    )


if __name__ == "__main__":
    main()
