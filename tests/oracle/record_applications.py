"""Record what Keras says of the models of keras.applications: `python -m tests.oracle.record_applications`."""

from __future__ import annotations

from tests.applications import FOLDER, KEPT, ModelFacts, keep, write
from tests.oracle.frameworks import versions
from tests.oracle.keras_models import APPLICATIONS, application, facts

COMMAND = "python -m tests.oracle.record_applications"


def record(name: str) -> ModelFacts:
    model = application(name)
    if name in KEPT:
        keep(name, model.to_json())
    return facts(model)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    write(versions(), COMMAND, {name: record(name) for name in APPLICATIONS})


if __name__ == "__main__":
    main()
