import keras
from keras import layers

critic = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(300), layers.Dense(1)])
critic.trainable = False
painter = keras.Sequential(
    [keras.Input((64,)), layers.Dense(128), layers.BatchNormalization(), layers.Dense(784), layers.Reshape((28, 28, 1))]
)
model = keras.Sequential([keras.Input((64,)), painter, critic])
