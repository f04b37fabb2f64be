import keras
from keras import layers

inputs = keras.Input((128, 128, 1))
first = layers.Conv2D(8, 3, padding="same")(inputs)
x = layers.Conv2D(16, 3, padding="same")(layers.MaxPooling2D(2)(first))
x = layers.Conv2D(8, 2, padding="same")(layers.UpSampling2D(2)(x))
x = layers.Conv2D(8, 3, padding="same")(layers.concatenate([first, x]))
x = layers.Conv2DTranspose(4, 2, strides=2, padding="same")(x)
model = keras.Model(inputs, layers.Conv2D(1, 1)(x))
