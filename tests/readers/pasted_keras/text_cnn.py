import keras
from keras import layers

inputs = keras.Input((80,))
x = layers.Embedding(3000, 50, trainable=False)(inputs)
x = layers.concatenate([layers.GlobalMaxPooling1D()(layers.Conv1D(20, k)(x)) for k in (2, 3, 4)])
model = keras.Model(inputs, layers.Dense(2)(x))
