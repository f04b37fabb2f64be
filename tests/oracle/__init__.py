"""What Keras and PyTorch say of our layers: the only tests that import them (`pip install .[oracle]`)."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")
