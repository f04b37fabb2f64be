import keras
from keras import layers

model = keras.Sequential([keras.Input((64, 64, 3))])
for v in (8, 0, 16, 0, 32, 32, 0):
    model.add(layers.Conv2D(v, 3, padding="same") if v else layers.MaxPool2D())
for extra in (layers.Flatten(), layers.Dense(128), layers.Dense(10)):
    model.add(extra)
