import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((66, 200, 3)),
        layers.Conv2D(24, (5, 5), strides=2),
        layers.Activation("elu"),
        layers.Conv2D(36, (5, 5), strides=2),
        layers.Activation("elu"),
        layers.Conv2D(48, (3, 3), padding="same"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(100),
        layers.Dropout(0.5),
        layers.Dense(1),
    ]
)
