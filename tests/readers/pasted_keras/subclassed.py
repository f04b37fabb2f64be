import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(16, 3),
        layers.MaxPool2D(),
        layers.Conv2D(32, 3),
        layers.MaxPool2D(),
        layers.Flatten(),
        layers.Dense(64),
        layers.Dense(32),
        layers.Dense(10),
    ]
)
