import keras
from keras import layers

x = keras.Input((56, 56, 48))
one = layers.Conv2D(64, 3, padding="same")(layers.Conv2D(32, 1)(x))
two = layers.Conv2D(32, 5, padding="same")(layers.Conv2D(16, 1)(x))
three = layers.Conv2D(16, 1)(layers.MaxPooling2D(3, strides=1, padding="same")(x))
y = layers.Flatten()(layers.Concatenate()([one, two, three]))
model = keras.Model(x, layers.Dense(5)(y))
