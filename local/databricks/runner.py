"""Executes notebook runs in threads of one Spark and answers for each of them exactly once."""

import ctypes
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from channel import Channel
from notebook import run_notebook
from pyspark.sql import SparkSession

PARALLEL = 4


class Cancelled(BaseException):
    """Thrown into the thread of a cancelled run; reaches it when its Spark job has let go."""


class Runner:
    def __init__(self, spark: SparkSession, notebooks: Path, channel: Channel) -> None:
        self._spark, self._notebooks, self._channel = spark, notebooks, channel
        self._threads = ThreadPoolExecutor(PARALLEL, thread_name_prefix="notebook")
        self._lock = threading.Lock()
        self.asked = False
        self._running: dict[str, int] = {}
        self._cancelled: set[str] = set()
        self._secrets: dict[str, Queue[dict]] = {}

    def run(self, id: str, notebook: str, parameters: dict[str, str]) -> None:
        self.asked = True
        self._threads.submit(self._alone, id, notebook, parameters)

    def cancel(self, id: str) -> None:
        with self._lock:
            self._cancelled.add(id)
            thread = self._running.get(id)
            if thread is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(Cancelled))
        self._spark.sparkContext.cancelJobGroup(id)

    def secret(self, id: str, **answer: str) -> None:
        self._secrets[id].put(answer)

    def _alone(self, *run) -> None:
        """Runs in a thread of its own: a cancelled one can leave its connection to Java between question and answer."""
        thread = threading.Thread(target=self._execute, args=run, name=threading.current_thread().name)
        thread.start()
        thread.join()

    def _execute(self, id: str, notebook: str, parameters: dict[str, str]) -> None:
        try:
            with self._lock:
                if id in self._cancelled:
                    raise Cancelled
                self._running[id] = threading.get_ident()
            context = self._spark.sparkContext
            context.setJobGroup(id, notebook, interruptOnCancel=True)
            context.setLocalProperty("spark.scheduler.pool", threading.current_thread().name)
            session = self._spark.newSession()
            result = run_notebook(self._notebooks, notebook, session, parameters, self._ask(id))
            answer = {"outcome": "success", "result": result}
        except BaseException as error:
            answer = {
                "outcome": "failed",
                "error": f"{type(error).__name__}: {error}",
                "trace": "".join(traceback.format_exception(error)),
            }
        with self._lock:
            self._running.pop(id, None)
            if id in self._cancelled:
                answer = {"outcome": "cancelled"}
        self._channel.tell(op="ended", id=id, **answer)

    def _ask(self, id: str):
        def get(scope: str, key: str) -> str:
            inbox = self._secrets.setdefault(id, Queue())
            self._channel.tell(op="secret", id=id, scope=scope, key=key)
            answer = inbox.get(timeout=60)
            if "error" in answer:
                raise PermissionError(f"secret {key} of scope {scope} cannot be read: {answer['error']}")
            return answer["value"]

        return get
