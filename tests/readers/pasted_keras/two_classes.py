import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((100, 100, 1)),
        layers.Conv2D(60, (7, 7), padding="same"),
        layers.Conv2D(100, (5, 5), padding="same"),
        layers.MaxPooling2D((2, 2)),
        layers.Dense(250),
        layers.Dense(200),
    ]
)
