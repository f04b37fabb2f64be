import keras
from keras import layers

model = keras.Sequential([keras.Input((900,))] + [layers.Dense(n) for n in (200, 40, 200, 900)])
