"""Who is in a session: this process, or another one that still runs."""

from __future__ import annotations

import os


def this_process() -> str:
    return f"{host_name()}:{os.getpid()}"


def host_name() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def is_alive(process: str | None) -> bool:
    """Whether that is another process of this machine which still runs. Where that can't be asked, it does not."""
    host, _, number = (process or "").rpartition(":")
    if host != host_name() or os.name != "posix" or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
