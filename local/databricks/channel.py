"""Lines of JSON between the server and the driver; everything else that is printed goes to the log."""

import json
import os
import sys
import threading
from collections.abc import Iterator


class Channel:
    """Takes over the first stdout: what Spark, Java or a notebook prints must not look like an answer."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
        os.dup2(2, 1)
        self._lock = threading.Lock()

    def tell(self, **message: object) -> None:
        with self._lock:
            self._out.write(json.dumps(message) + "\n")

    def orders(self) -> Iterator[dict]:
        """Ends when the server has gone."""
        for line in sys.stdin:
            yield json.loads(line)
