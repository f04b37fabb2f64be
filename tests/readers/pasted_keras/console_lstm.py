import keras
from keras import layers

model = keras.Sequential([keras.Input((30, 24)), layers.LSTM(120), layers.Dense(1)])
