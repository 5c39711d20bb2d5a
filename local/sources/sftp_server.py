"""A real SFTP server on 127.0.0.1: one user, one key, one folder that is the user's home and all it shows.

Reads TIDEMARK_STATE (keys in <state>/sftp-keys, files in <state>/sftp) and TIDEMARK_PORT; exits 0 on SIGTERM, and
when its standard input ends, so that it never outlives the process that started it.
"""

import asyncio
import os
import posixpath
import signal
import sys
import threading
from pathlib import Path

import asyncssh

USER = "etl"
HOME = b"/home/etl"


def load_key(path: Path) -> asyncssh.SSHKey:
    """Reads a private key, or makes one with its public half beside it; a crash leaves none or a whole one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_public_key(path.with_suffix(".pub"))
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        key.write_private_key(fresh)
        fresh.rename(path)
    return asyncssh.read_private_key(path)


class OneUser(asyncssh.SSHServer):
    """Lets the one user in, by the one key alone."""

    def __init__(self, key: asyncssh.SSHKey) -> None:
        self.allowed = key.public_data

    def begin_auth(self, username: str) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == USER and key.public_data == self.allowed


class Home(asyncssh.SFTPServer):
    """Shows the folder as the home of its user: a path begins there, unless with a slash before it."""

    def map_path(self, path: bytes) -> bytes:
        whole = posixpath.normpath(posixpath.join(HOME, path))
        if whole != HOME and not whole.startswith(HOME + b"/"):
            raise asyncssh.SFTPNoSuchFile("No such file")
        return super().map_path(whole[len(HOME) :] or b"/")

    def reverse_map_path(self, path: bytes) -> bytes:
        return (HOME + super().reverse_map_path(path)).rstrip(b"/")


async def serve(state: Path, port: int) -> None:
    root = state / "sftp"
    (root / "reports").mkdir(parents=True, exist_ok=True)
    client, host = load_key(state / "sftp-keys" / "client"), load_key(state / "sftp-keys" / "host")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    server = await asyncssh.create_server(
        lambda: OneUser(client),
        "127.0.0.1",
        port,
        server_host_keys=[host],
        sftp_factory=lambda channel: Home(channel, chroot=os.fsencode(root)),
    )
    print(f"sftp listens on 127.0.0.1:{server.get_port()}", flush=True)
    threading.Thread(target=end_with_parent, args=(loop, stop), daemon=True).start()
    await stop.wait()
    server.close()


def end_with_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """
    Waits for the end of standard input: the process that started this one is gone. Read past Python's buffer: at its
    end the interpreter waits a second for a thread that holds that one's lock.
    """
    while os.read(sys.stdin.fileno(), 1):
        pass
    loop.call_soon_threadsafe(stop.set)


if __name__ == "__main__":
    asyncio.run(serve(Path(os.environ["TIDEMARK_STATE"]), int(os.environ.get("TIDEMARK_PORT", "7409"))))
