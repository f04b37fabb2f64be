import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((500,)),
        layers.Embedding(5000, 32),
        layers.Bidirectional(layers.LSTM(50)),
        layers.Dense(1, activation="sigmoid"),
    ]
)
