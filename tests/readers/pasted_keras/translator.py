import keras
from keras import layers

source, target = keras.Input((None, 65)), keras.Input((None, 88))
_, h, c = layers.LSTM(128, return_state=True)(source)
x = layers.LSTM(128, return_sequences=True)(target, initial_state=[h, c])
model = keras.Model([source, target], layers.Dense(88)(x))
