"""Keras's measurements, on TensorFlow with oneDNN: a model wrapped in tf.function for inference, which is faster
than predict_on_batch, and train_on_batch for training. Logits go to the loss, which is faster and exacter."""

import keras
import numpy as np
import tensorflow as tf

import worker


def build(job, **options):
    name = {"vgg16": "VGG16", "resnet50": "ResNet50", "mobilenet": "MobileNet"}[job.network]
    return getattr(keras.applications, name)(weights=None, input_shape=(224, 224, 3), **options)


def pictures(job):
    return np.random.default_rng(7).uniform(-1, 1, (job.batch, 224, 224, 3)).astype("float32")


def inference(job):
    network, batch = build(job), tf.constant(pictures(job))
    if job.weights:
        (network.load_weights if worker.has_weights(job) else network.save_weights)(job.weights)
    predict = tf.function(lambda batch: network(batch, training=False))
    return lambda: predict(batch).numpy()


def importing(job):
    network = build(job)
    return lambda: network.load_weights(job.weights)


def descend(job, model, classes):
    model.compile(keras.optimizers.SGD(1e-3, momentum=0.9),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    batch, labels = pictures(job), np.arange(job.batch) * 7 % classes
    return lambda: model.train_on_batch(batch, labels)


def training(job):
    return descend(job, build(job, classifier_activation=None), 1000)


def head(job):
    backbone = build(job, include_top=False, pooling="avg")
    backbone.trainable = False
    inputs = keras.Input((224, 224, 3))
    outputs = keras.layers.Dense(10)(backbone(inputs, training=False))
    return descend(job, keras.Model(inputs, outputs), 10)


if __name__ == "__main__":
    job = worker.read_job()
    tf.config.threading.set_intra_op_parallelism_threads(job.threads)
    worker.main(job, f"Keras {keras.__version__} (TensorFlow {tf.__version__})", inference, training, head,
                importing)
