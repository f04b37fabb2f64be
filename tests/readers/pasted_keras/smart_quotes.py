import keras
from keras import layers

model = keras.Sequential([keras.Input((20,)), layers.Dense(64), layers.Dense(64), layers.Dense(3)])
