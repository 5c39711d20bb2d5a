"""Addresses in the lake and the few small files that are read or moved there."""

import hashlib
import json
from dataclasses import dataclass

from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Lake:
    """`template` is a URI with `{container}`, such as `abfss://{container}@account.dfs.core.windows.net`."""

    spark: SparkSession
    template: str

    def path(self, container: str, path: str) -> str:
        return f"{self.template.replace('{container}', container)}/{path}"

    def document(self, container: str, path: str) -> tuple[dict, str]:
        """A JSON file and the SHA-256 of its text."""
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
        files, hadoop = self._files(self.path(container, path))
        return files.exists(hadoop)

    def settle(self, container: str, folder: str, path: str) -> None:
        """Moves the one data file of a written folder to its final name, then removes the folder."""
        files, source = self._files(self.path(container, folder))
        found = [one.getPath() for one in files.listStatus(source) if one.getPath().getName().startswith("part-")]
        if len(found) != 1:
            raise ValueError(f"{container}/{folder} holds {len(found)} data files, wanted 1; write one partition")
        _, target = self._files(self.path(container, path))
        files.mkdirs(target.getParent())
        if not files.exists(target) and not files.rename(found[0], target):
            raise OSError(f"{container}/{path} could not be put in place; run the notebook again")
        files.delete(source, True)

    def _files(self, uri: str):
        hadoop = self.spark._jvm.org.apache.hadoop.fs.Path(uri)
        return hadoop.getFileSystem(self.spark._jsc.hadoopConfiguration()), hadoop
