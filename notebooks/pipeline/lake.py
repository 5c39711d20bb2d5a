"""Addresses in the lake and the few small files that are read or moved there."""

import hashlib
import json
from dataclasses import dataclass

from pyspark.sql import SparkSession

# A file is written here, below the name that it will have; what a crash leaves is written over, or swept.
MAKING = "_making"
# New files wait here, whole, until the old ones are gone.
READY = "_ready"
# What Databricks does in its own way unless it is told, done as open-source Spark and Delta do it.
OPEN = {
    # Its commit protocol leaves files of attempts that failed or were overwritten in their folder until a VACUUM.
    # https://docs.databricks.com/spark/latest/spark-sql/dbio-commit.html
    "spark.sql.sources.commitProtocolClass": (
        "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol"
    ),
    # It refuses to make a table in a folder where an attempt that was cut off left files and no log
    # (DELTA_MISSING_TRANSACTION_LOG). Open-source Delta does not, nor knows the setting, so that no test shows it.
    # https://docs.databricks.com/error-messages/error-classes
    "spark.databricks.delta.formatCheck.enabled": "false",
}


def making(path: str) -> str:
    """Where a file of a container is written before it has its place there."""
    return f"{MAKING}/{path}"


@dataclass(frozen=True)
class Lake:
    """
    `template` is a URI with `{container}`, such as `abfss://{container}@account.dfs.core.windows.net`. Whatever the
    session writes from now on is written as `OPEN` says.
    """

    spark: SparkSession
    template: str

    def __post_init__(self) -> None:
        for name, value in OPEN.items():
            self.spark.conf.set(name, value)

    def path(self, container: str, path: str) -> str:
        return f"{self.template.replace('{container}', container)}/{path}"

    def document(self, container: str, path: str) -> tuple[dict, str]:
        """A JSON file and the SHA-256 of its text."""
        self.heal(container, path)
        files, hadoop = self._files(self.path(container, path))
        stream = files.open(hadoop)
        try:
            text = self.spark._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()
        if not text:
            raise ValueError(f"{container}/{path} is empty; write it again before this notebook runs")
        return json.loads(text), hashlib.sha256(text.encode()).hexdigest()

    def exists(self, container: str, path: str) -> bool:
        self.heal(container, path)
        files, hadoop = self._files(self.path(container, path))
        return files.exists(hadoop)

    def paths(self, container: str, folder: str) -> list[str]:
        """Files below a folder, as paths of the container; none where it is not there, and no hidden ones."""
        files, hadoop = self._files(self.path(container, folder))
        if not files.exists(hadoop):
            return []
        found, root, paths = files.listFiles(hadoop, True), files.makeQualified(hadoop).toString(), []
        while found.hasNext():
            path = found.next().getPath()
            if not path.getName().startswith("."):
                paths.append(f"{folder}{path.toString()[len(root) :]}")
        return sorted(paths)

    def size(self, container: str, path: str) -> int:
        files, hadoop = self._files(self.path(container, path))
        return files.getFileStatus(hadoop).getLen()

    def remove(self, container: str, path: str) -> None:
        files, hadoop = self._files(self.path(container, path))
        files.delete(hadoop, False)

    def replace_document(self, container: str, path: str, document: dict) -> None:
        """Puts a JSON file in the place of another one."""
        files, unfinished = self._files(self.path(container, making(path)))
        # A file of checksums beside it would be taken for a document by whoever lists the folder.
        files.setWriteChecksum(False)
        stream = files.create(unfinished, True)
        files.setWriteChecksum(True)
        stream.write(json.dumps(document).encode())
        stream.close()
        self._over(unfinished, container, path)

    def settle(self, container: str, folder: str, path: str, over: bool = False) -> None:
        """Moves the one data file of a folder to its final name, `over` what is there, then removes the folder."""
        files, source = self._files(self.path(container, folder))
        found = [one.getPath() for one in files.listStatus(source) if one.getPath().getName().startswith("part-")]
        if len(found) != 1:
            raise ValueError(f"{container}/{folder} holds {len(found)} data files, wanted 1; write one partition")
        _, target = self._files(self.path(container, path))
        files.mkdirs(target.getParent())
        there = files.exists(target)
        if there and over:
            self._over(found[0], container, path)
        elif not there and not files.rename(found[0], target):
            raise OSError(f"{container}/{path} could not be put in place; run the notebook again")
        files.delete(source, True)

    def heal(self, container: str, path: str) -> None:
        """Finishes what was cut off once the old file was gone: no store puts the new one in its place in one step."""
        files, target = self._files(self.path(container, path))
        _, ready = self._files(self.path(container, f"{READY}/{path}"))
        if files.exists(ready) and not files.exists(target) and not files.rename(ready, target):
            raise OSError(f"{container}/{path} could not be put in place; run the notebook again")

    def healed(self, container: str, folder: str) -> list[str]:
        """Files below a folder once all that was cut off there is finished."""
        for path in self.paths(container, f"{READY}/{folder}"):
            self.heal(container, path.removeprefix(f"{READY}/"))
        return self.paths(container, folder)

    def _over(self, source, container: str, path: str) -> None:
        files, target = self._files(self.path(container, path))
        _, ready = self._files(self.path(container, f"{READY}/{path}"))
        files.mkdirs(ready.getParent())
        files.delete(ready, False)
        if not files.rename(source, ready):
            raise OSError(f"{container}/{path} could not be replaced; run the notebook again")
        files.delete(target, False)
        self.heal(container, path)

    def _files(self, uri: str):
        hadoop = self.spark._jvm.org.apache.hadoop.fs.Path(uri)
        return hadoop.getFileSystem(self.spark._jsc.hadoopConfiguration()), hadoop
