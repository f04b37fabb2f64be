"""Importing Keras and PyTorch takes seconds: these tests are collected only when asked for, `pytest -m oracle`."""

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if config.option.markexpr != "oracle" else None


def pytest_report_header(config: pytest.Config) -> str | None:
    if config.option.markexpr != "oracle":
        return None
    from tests.oracle.frameworks import versions

    return ", ".join(f"{name} {version}" for name, version in versions().items())
