import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((400, 6)),
        layers.Conv1D(64, 5),
        layers.SeparableConv1D(32, 3, padding="same"),
        layers.MaxPooling1D(4),
        layers.LSTM(30, return_sequences=True),
        layers.LSTM(20),
        layers.Dense(6),
    ]
)
