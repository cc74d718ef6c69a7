"""What tests give to worker processes. Each imports this file, and nothing that only the tests need."""

import os
import signal
import time
from dataclasses import dataclass


def double(number):
    return number * 2


def fail_on_three(number):
    if number == 3:
        raise ValueError("three")
    return number


@dataclass(frozen=True)
class Numbers:
    """A batch of numbers. What a worker does with each: 3 ends it, 7 never ends, 12 needs a gigabyte."""

    numbers: tuple[int, ...]
    cpu_seconds: float = 1.0

    def parts(self):
        return [Numbers((number,), self.cpu_seconds) for number in self.numbers]


def work_on(batch):
    for number in batch.numbers:
        if number == 3:
            os._exit(9)
        while number == 7:
            pass
        if number == 12:
            held = [bytearray(1 << 20) for _ in range(1_000)]
            while held:
                time.sleep(1)
    return batch.numbers


def end_once(path):
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def say_and_sleep(number):
    time.sleep(0.05 if number == 0 else 60)
    return os.getpid()
