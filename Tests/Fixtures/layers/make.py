"""Writes a .json a group of cases: what Keras makes of small networks, forward and backward.

    python make.py [GROUP...]

needs tensorflow-cpu (which brings Keras 3). Inputs, arrays and the gradient at the output come from a
formula (`../oracle/seeded.py`) that the Swift tests know too; Keras calculates in float64, so that all of a
difference is Graft's. Channel counts are odd on purpose: the compute library pads them to blocks of 8 or 16.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(FOLDER, "..", "oracle"))

import keras
import numpy as np
import tensorflow as tf
from keras import layers

import seeded
from combinations import COMBINATIONS, MERGINGS
from model_layers import MODEL_GROUPS, MultipliedConv2DTranspose
from single_layers import CONVOLUTIONS, DENSE, DEPTHWISE, FUNCTIONS, NORMALIZATIONS, POOLINGS, SHAPES

SAMPLES = 48
GROUPS = {
    "convolution": CONVOLUTIONS,
    "depthwise": DEPTHWISE,
    "dense": DENSE,
    "normalization": NORMALIZATIONS,
    "functions": FUNCTIONS,
    "pooling": POOLINGS,
    "shapes": SHAPES,
    "merging": MERGINGS,
    "combinations": COMBINATIONS,
} | MODEL_GROUPS
KEPT = """filters kernel_size strides padding dilation_rate groups activation use_bias depth_multiplier units
momentum epsilon center scale max_value pool_size keepdims target_shape rate negative_slope threshold alpha approximate axis shared_axes scale offset mean variance invert
interpolation antialias height width size dims output_padding noise_shape stddev drop_path_rate projection_dim init_values l1 l2""".split()


NUMBERED = ["Rescaling", "Normalization", "CustomScaleLayer"]
NUMBERS = ["scale", "offset", "mean", "variance"]


def numbers(value):
    """One number or one a channel, as a list."""
    return np.ravel(value).astype(float).tolist()


def description(model):
    """The network as the Swift tests build it: Keras's own hyper-parameters by Keras's names."""
    result = []
    for layer in model.layers[1:]:
        config = {k: v for k, v in layer.get_config().items() if k in KEPT and v is not None}
        if isinstance(layer, layers.ZeroPadding2D):
            config["zero_padding"] = config.pop("padding")
        if isinstance(layer, layers.Cropping2D):
            config["cropping"] = layer.cropping
        if type(layer).__name__ in NUMBERED:
            config |= {key + "s": numbers(config.pop(key)) for key in NUMBERS if key in config}
        axis = np.ravel(config.pop("axis", [])).tolist()
        if axis and not isinstance(layer, layers.BatchNormalization):
            config |= {"axis": axis[0]} if len(axis) == 1 else {"axes": axis}
        # Keras writes its newer names into configurations; they are synonyms.
        if "silu" in config.get("activation", ""):
            config["activation"] = config["activation"].replace("silu", "swish")
        inputs = [tensor._keras_history.operation.name for tensor in layer._inbound_nodes[0].input_tensors]
        class_name = type(layer).__name__.removeprefix("Multiplied")
        result.append({"class": class_name, "name": layer.name, "inputs": inputs} | config)
    return result


def set_weights(model):
    for layer in model.layers:
        for variable in layer.weights:
            value = seeded.parameter(seeded.keras_key(layer, variable), variable.shape)
            variable.assign(value.astype(variable.dtype))
        if isinstance(layer, layers.Normalization):
            layer.finalize_state()


def run(case):
    keras.backend.clear_session()
    input_layer = keras.Input(case.input, name="input")
    model = keras.Model(input_layer, case.build(input_layer))
    set_weights(model)
    trained = case.trained
    for layer in model.layers:
        layer.trainable = trained is None or layer.name in trained
    x = seeded.array("input", (case.batch, *case.input), scale=2)
    if case.quantized:
        x = np.floor(x)
    x = tf.constant(x, tf.float64)
    result = {
        "name": case.name,
        "input": case.input,
        "batch": case.batch,
        "quantized": case.quantized,
        "layers": description(model),
        "trained": [layer.name for layer in model.layers[1:] if layer.trainable],
        "uses_batch_statistics": case.batch_statistics,
        "inference": seeded.digest(model(x, training=False), SAMPLES),
    }
    keys = {id(v): seeded.keras_key(layer, v) for layer in model.layers for v in layer.weights}
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x, training=case.batch_statistics)
        upstream = seeded.array("upstream", output.shape).astype(np.float64)
        loss = tf.reduce_sum(output * upstream)
    gradients = tape.gradient(loss, [x] + [v.value for v in variables])
    if case.batch_statistics:
        result["training"] = seeded.digest(output, SAMPLES)
        result["statistics"] = {
            key: seeded.digest(v.numpy(), SAMPLES)
            for layer in model.layers
            for v in layer.weights
            if "moving" in (key := keys[id(v)]) and layer.trainable
        }
    result["input_gradient"] = seeded.digest(gradients[0], SAMPLES)
    result["gradients"] = {keys[id(v)]: seeded.digest(g, SAMPLES) for v, g in zip(variables, gradients[1:])}
    return result


if __name__ == "__main__":
    keras.config.set_floatx("float64")
    for group in sys.argv[1:] or GROUPS:
        cases = GROUPS[group]
        names = [case.name for case in cases]
        assert len(set(names)) == len(names), "two cases of one name"
        text = ",\n".join(json.dumps(run(case), separators=(",", ":")) for case in cases)
        with open(os.path.join(FOLDER, f"{group}.json"), "w") as file:
            file.write(f"[\n{text}\n]\n")
        print(group, len(cases))
