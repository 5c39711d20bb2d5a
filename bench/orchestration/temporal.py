"""Chains and fan-outs of no-op activities on Temporal's Java test server; prints one JSON document."""

import asyncio
import json
import os
import socket
import statistics
import subprocess
import time
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

ROUNDS = 3
LIMIT = timedelta(minutes=5)


@activity.defn
async def noop(n: int) -> int:
    return 1


@workflow.defn
class Chain:
    @workflow.run
    async def run(self, size: int) -> None:
        for n in range(size):
            await workflow.execute_activity(noop, n, start_to_close_timeout=LIMIT)


@workflow.defn
class FanOut:
    @workflow.run
    async def run(self, size: int) -> int:
        tasks = [workflow.execute_activity(noop, n, start_to_close_timeout=LIMIT) for n in range(size)]
        return len(await asyncio.gather(*tasks))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def connected(port: int) -> Client:
    for _ in range(100):
        try:
            return await Client.connect(f"127.0.0.1:{port}")
        except RuntimeError:
            await asyncio.sleep(0.2)
    raise TimeoutError("the Temporal test server did not come up")


async def timed(client: Client, kind: type, size: int, name: str) -> float:
    started = time.perf_counter()
    await client.execute_workflow(kind.run, size, id=name, task_queue="bench", run_timeout=LIMIT)
    return (time.perf_counter() - started) * 1000


async def measure(port: int) -> list[dict[str, object]]:
    client = await connected(port)
    worker = Worker(
        client,
        task_queue="bench",
        workflows=[Chain, FanOut],
        activities=[noop],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    rows: list[dict[str, object]] = []
    async with worker:
        await timed(client, Chain, 20, "warm")
        for kind, size in [(Chain, 10), (Chain, 100), (FanOut, 10), (FanOut, 100), (FanOut, 1000)]:
            took = [await timed(client, kind, size, f"{kind.__name__}-{size}-{n}") for n in range(ROUNDS)]
            ms = statistics.median(took)
            what = "chain" if kind is Chain else "fanOut"
            rows.append({"what": what, "size": size, "ms": round(ms, 1), "msPerTask": round(ms / size, 3)})
    return rows


port = free_port()
server = subprocess.Popen(  # noqa: S603
    ["java", "-cp", os.environ["TEMPORAL_CLASSPATH"], "io.temporal.testserver.TestServer", str(port)],  # noqa: S607
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
try:
    print(json.dumps({"server": "io.temporal:temporal-test-server, in memory", "rows": asyncio.run(measure(port))}))
finally:
    server.terminate()
    server.wait()
