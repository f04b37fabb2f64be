"""The committed gallery is what the code makes today, byte for byte: `python -m tests.gallery` makes it again."""

import pytest

from tests.gallery import FOLDER, PLAN, files

MADE = dict(files())


def test_the_gallery_holds_these_files_and_no_others() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*MADE, PLAN}


@pytest.mark.parametrize("name", MADE)
def test_a_file_of_the_gallery_is_made_again_with_the_same_bytes(name: str) -> None:
    assert (FOLDER / name).read_bytes() == MADE[name]
