"""Events from outside: another process sends one every 5 ms, and the window's loop notes how late it answers."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles

from PySide6.QtCore import QObject, QSocketNotifier

EVERY_S = 0.005
_SEND = (
    "import socket, struct, sys, time\n"
    "out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
    "place, parent = ('127.0.0.1', int(sys.argv[1])), __import__('os').getppid()\n"
    "due = time.perf_counter()\n"
    "while __import__('os').getppid() == parent:\n"
    "    out.sendto(struct.pack('d', time.perf_counter()), place)\n"
    f"    due = max(due + {EVERY_S}, time.perf_counter())\n"
    "    time.sleep(max(0.0, due - time.perf_counter()))\n"
)


class Answers:
    """How late each event was answered, and how long the loop worked between two answers.

    The clock of all processes is one (``perf_counter``). `worked` is processor time of this thread: on a busy
    machine it tells a block of ours from a pause that others caused.
    """

    def __init__(self, inbox: socket.socket) -> None:
        self.late: list[float] = []
        self.worked: list[float] = []
        self._inbox, self._last = inbox, time.thread_time()

    def clear(self) -> None:
        """Begin again: what came before now does not count."""
        self.take_all()
        self.late, self.worked, self._last = [], [], time.thread_time()

    def take_all(self) -> None:
        """Answer every event that has come."""
        try:
            while True:
                self._take(struct.unpack("d", self._inbox.recv(8))[0])
        except BlockingIOError:
            return

    def _take(self, sent: float) -> None:
        self.late.append((time.perf_counter() - sent) * 1e3)
        now = time.thread_time()
        self.worked.append((now - self._last) * 1e3)
        self._last = now

    def figures(self, name: str = "") -> dict[str, float]:
        """Return p95 and worst answer in ms, and the longest work between two answers."""
        if len(self.late) < 2:
            return {}
        p95 = quantiles(self.late, n=20)[-1]
        return {f"{name}p95": p95, f"{name}worst": max(self.late), f"{name}worst_cpu": max(self.worked)}


@contextmanager
def events_from_outside() -> Iterator[Answers]:
    """Let another process send events to this one's loop; the answers are noted meanwhile."""
    ear, inbox = QObject(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    inbox.bind(("127.0.0.1", 0))
    inbox.setblocking(False)
    inbox.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**20)

    answers = Answers(inbox)
    notifier = QSocketNotifier(inbox.fileno(), QSocketNotifier.Type.Read, ear)
    notifier.activated.connect(answers.take_all)
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    sender = subprocess.Popen([sys.executable, "-I", "-c", _SEND, str(inbox.getsockname()[1])], env=environment)
    try:
        yield answers
    finally:
        notifier.setEnabled(False)
        sender.terminate()
        sender.wait()
        inbox.close()
