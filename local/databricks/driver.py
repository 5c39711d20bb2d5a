"""The driver of the local cluster: started by the server, ends with it.

Orders on stdin: run, cancel, secret. Answers on stdout: up, ended, secret.
"""

import os
import shutil
import signal
import sys
import threading
from pathlib import Path

from channel import Channel
from runner import Runner
from session import build
from warm import warm


def end() -> None:
    """The whole process group, Java included, at once: a run that was executing is the server's to account for."""
    os.killpg(os.getpgrp(), signal.SIGKILL)


def end_with(process) -> None:
    process.wait()
    end()


def main() -> None:
    channel = Channel()
    notebooks, folder = Path(os.environ["TIDEMARK_NOTEBOOKS"]).resolve(), Path(os.environ["TIDEMARK_SPARK"]).resolve()
    # A driver ends by being killed, and leaves what it has shuffled: rows, also of people who were erased since.
    shutil.rmtree(folder, ignore_errors=True)
    spark = build(folder, os.environ.get("TIDEMARK_SPARK_MEMORY", "2g"))
    threading.Thread(target=end_with, args=(spark.sparkContext._gateway.proc,), daemon=True).start()
    runner = Runner(spark, notebooks, channel)
    channel.tell(op="up")
    # Only while nobody asks for anything: a run that waits for it would pay more than it gains.
    arguments = (spark.newSession(), folder / "warm", lambda: not runner.asked)
    threading.Thread(target=warm, args=arguments, daemon=True).start()
    for order in channel.orders():
        getattr(runner, order.pop("op"))(**order)
    end()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
