import keras
from keras import layers

left, right, reader = keras.Input((50, 100)), keras.Input((50, 100)), layers.LSTM(40)
model = keras.Model([left, right], layers.Dense(1)(layers.concatenate([reader(left), reader(right)])))
