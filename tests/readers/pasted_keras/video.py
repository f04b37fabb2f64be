import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((10, 48, 48, 1)),
        layers.TimeDistributed(layers.Conv2D(16, 3)),
        layers.TimeDistributed(layers.MaxPooling2D(2)),
        layers.TimeDistributed(layers.Flatten()),
        layers.GRU(32, return_sequences=True),
        layers.GRU(16),
        layers.BatchNormalization(),
        layers.Dense(4),
    ]
)
