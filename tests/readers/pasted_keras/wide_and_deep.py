import keras
from keras import layers

wide, deep = keras.Input((5,)), keras.Input((6,))
x = layers.Dense(30)(layers.Dense(30)(deep))
model = keras.Model([wide, deep], [layers.Dense(1)(layers.concatenate([wide, x])), layers.Dense(1)(x)])
