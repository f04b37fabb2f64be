import keras
from keras import layers


def cbr(x, n, s=1):
    x = layers.Conv2D(n, 3, strides=s, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))


x = inputs = keras.Input((32, 32, 3))
x = cbr(x, 8)
for n, s in ((8, 1), (8, 1), (16, 2), (16, 1), (32, 2), (32, 1)):
    y = layers.Conv2D(n, 3, padding="same", use_bias=False)(cbr(x, n, s))
    y = layers.BatchNormalization()(y)
    if s == 2:
        x = layers.Conv2D(n, 1, strides=2)(x)
    x = layers.ReLU()(layers.add([y, x]))
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(inputs, layers.Dense(7, activation="softmax")(x))
