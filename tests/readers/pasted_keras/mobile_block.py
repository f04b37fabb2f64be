import keras
from keras import layers

inputs = keras.Input((96, 96, 3))
x = layers.BatchNormalization()(layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False)(inputs))
y = layers.BatchNormalization()(layers.Conv2D(96, 1, use_bias=False)(x))
y = layers.BatchNormalization()(layers.DepthwiseConv2D(3, padding="same", use_bias=False)(y))
s = layers.Dense(96)(layers.Dense(24)(layers.GlobalAveragePooling2D()(y)))
y = layers.Multiply()([y, layers.Reshape((1, 1, 96))(s)])
y = layers.BatchNormalization()(layers.Conv2D(16, 1, use_bias=False)(y))
model = keras.Model(inputs, layers.Dense(3)(layers.GlobalAveragePooling2D()(x + y)))
