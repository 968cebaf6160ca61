"""Makes the whole models of the tests of KerasFiles, and what Keras 2 and 3 compute with them.

    python Tests/Fixtures/keras_files/make_models.py
    python Tests/Fixtures/keras_files/make_models.py --pretrained ../shared/pretrained

needs tensorflow-cpu (which brings Keras 3) and tf-keras, the last Keras 2. The first writes the files below
`models` and `models/expected.json`; the second `real_models.json`, with what Keras computes with models that
people made, and that are not part of the project. Keras 2 is the judge of files of its time: Keras 3 refuses
or misreads some of them.
"""

import argparse
import json
import os
import pathlib
import shutil
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import h5py
import keras
import numpy as np
import tf_keras

from make import HERE, image, randomize, small

MODELS = HERE / "models"
expected = {}


def record(name, model, oracle=None):
    """What a model computes, by the model as it was read back from its file where nothing else is said."""
    output = (oracle or model).predict(image(2, *model.input_shape[1:]), verbose=0)
    expected[name] = {"input": [2, *model.input_shape[1:]], "output": np.ravel(output).tolist()}


def moderate(model, seed):
    """Random weights, small enough that no probability is all but zero or one."""
    randomize(model, seed)
    model.set_weights([0.4 * weight for weight in model.get_weights()])
    return model


def save(name, model, api):
    model.save(MODELS / name)
    record(name, api.models.load_model(MODELS / name, compile=False))


def features(api):
    """A small network with a shortcut, partly frozen, without a head."""
    whole = small(api.layers, api.Model, prefix="")
    model = api.Model(whole.input, whole.get_layer("add").output, name="features")
    model.get_layer("bn1").trainable = False
    model.get_layer("shortcut").trainable = False
    return model


def teachable_machine(api):
    """The nesting that Teachable Machine exports."""
    layers, Sequential = api.layers, api.Sequential
    backbone = Sequential([features(api), layers.GlobalAveragePooling2D(name="pool")], name="sequential_1")
    head = Sequential([
        layers.Dense(5, activation="relu", name="dense_1", input_shape=(4,)),
        layers.Dense(3, activation="softmax", use_bias=False, name="dense_2")], name="sequential_3")
    model = Sequential([backbone, head], name="sequential_4")
    model.build((None, 8, 8, 3))
    return model


def transfer(api):
    """A backbone called in inference mode within a functional model, as the tutorials have it."""
    inputs = api.Input((8, 8, 3), name="photo")
    x = features(api)(inputs, training=False)
    x = api.layers.GlobalMaxPooling2D(name="pool")(x)
    x = api.layers.Dropout(0.2, name="dropout")(x)
    return api.Model(inputs, api.layers.Dense(2, name="classes")(x), name="transfer")


def colliding(api):
    """Two models whose layers have the same names; and a layer without weights that is used twice."""
    def branch(name):
        i = api.Input((8, 8, 3), name="input")
        x = api.layers.Conv2D(2, 3, name="conv")(i)
        return api.Model(i, api.layers.BatchNormalization(name="bn")(x), name=name)

    inputs = api.Input((8, 8, 3), name="input")
    relu = api.layers.ReLU(6.0, name="relu")
    left, right = relu(branch("left")(inputs)), relu(branch("right")(inputs))
    x = api.layers.Concatenate(name="both")([left, right])
    x = api.layers.Flatten(name="flatten")(x)
    return api.Model(inputs, api.layers.Dense(2, activation="sigmoid", name="out")(x), name="colliding")


def plain_sequential(api):
    return api.Sequential([
        api.layers.ZeroPadding2D(((0, 1), (2, 0)), input_shape=(9, 8, 1), name="pad"),
        api.layers.Conv2D(4, (3, 2), strides=2, activation="relu",
                          name="block1_conv"),
        api.layers.MaxPooling2D(name="block1_pool"),
        api.layers.Conv2D(6, 2, padding="same", activation="tanh", name="block2_conv"),
        api.layers.AveragePooling2D((1, 2), strides=1, padding="same", name="block2_pool"),
        api.layers.Flatten(name="flatten"),
        api.layers.Reshape((-1, 1, 3), name="reshape"),
        api.layers.GlobalAveragePooling2D(name="mean"),
        api.layers.Dense(3, activation="softmax", name="predictions")], name="plain")


def write_keras1():
    """Keras 1's configuration of a model, imitated after files of 2016 and 2017."""
    inputs = keras.Input((8, 8, 3))
    a = keras.layers.Conv2D(4, (3, 2), strides=2, padding="same", activation="relu", name="convolution2d_1")(inputs)
    b = keras.layers.Conv2D(4, 1, strides=2, use_bias=False, name="convolution2d_2")(inputs)
    x = keras.layers.Add()([a, b])
    x = keras.layers.BatchNormalization(epsilon=1e-5, name="batchnormalization_1")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(3, activation="softmax", name="dense_1")(x)
    model = moderate(keras.Model(inputs, x), 3)

    def layer(class_name, name, inbound, **config):
        nodes = [[[i, 0, 0] for i in inbound]] if inbound else []
        return {"class_name": class_name, "name": name, "config": {"name": name, "trainable": True, **config},
                "inbound_nodes": nodes}

    def convolution(name, filters, rows, columns, bias, border, activation):
        return layer("Convolution2D", name, ["input_1"], nb_filter=filters, nb_row=rows, nb_col=columns, bias=bias,
                     border_mode=border, subsample=[2, 2], dim_ordering="tf", activation=activation,
                     init="glorot_uniform", W_regularizer=None, b_regularizer=None, activity_regularizer=None,
                     W_constraint=None, b_constraint=None)

    config = {"class_name": "Model", "config": {"name": "model_1", "layers": [
        layer("InputLayer", "input_1", [], batch_input_shape=[None, 8, 8, 3], input_dtype="float32", sparse=False),
        convolution("convolution2d_1", 4, 3, 2, True, "same", "relu"),
        convolution("convolution2d_2", 4, 1, 1, False, "valid", "linear"),
        layer("Merge", "merge_1", ["convolution2d_1", "convolution2d_2"], mode="sum", mode_type="raw",
              concat_axis=-1, dot_axes=-1, output_shape=None, output_shape_type="raw", output_mask=None,
              output_mask_type="raw", arguments={}),
        layer("BatchNormalization", "batchnormalization_1", ["merge_1"], mode=0, axis=-1, momentum=0.99, epsilon=1e-5,
              gamma_regularizer=None, beta_regularizer=None),
        layer("Flatten", "flatten_1", ["batchnormalization_1"]),
        layer("Dropout", "dropout_1", ["flatten_1"], p=0.5),
        layer("Dense", "dense_1", ["dropout_1"], output_dim=3, input_dim=64, bias=True, init="glorot_uniform",
              activation="softmax", W_regularizer=None, b_regularizer=None, activity_regularizer=None,
              W_constraint=None, b_constraint=None),
    ], "input_layers": [["input_1", 0, 0]], "output_layers": [["dense_1", 0, 0]]}}
    letters = {"kernel": "W", "bias": "b", "moving_mean": "running_mean", "moving_variance": "running_std"}
    with h5py.File(MODELS / "keras1.h5", "w") as file:
        file.attrs["model_config"] = json.dumps(config).encode()
        file.attrs["keras_version"] = b"1.2.2"
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = np.array([l["name"].encode() for l in config["config"]["layers"]])
        for l in config["config"]["layers"]:
            group = root.create_group(l["name"])
            weights = model.get_layer(l["name"]).weights if l["name"] in [m.name for m in model.layers] else []
            names = [f"{l['name']}_{letters.get(w.name, w.name)}:0".encode() for w in weights]
            group.attrs["weight_names"] = np.array(names) if names else np.array([])
            for name, weight in zip(names, weights):
                group[name.decode()] = weight.numpy()
    record("keras1.h5", model)


def write_unsupported():
    """Layers that there are none of in Graft, and hyper-parameters that it does not have."""
    @keras.saving.register_keras_serializable("mine")
    class Strange(keras.layers.Layer):
        def call(self, x):
            return x

    inputs = keras.Input((4, 3))
    x = keras.layers.LSTM(2, return_sequences=True, name="lstm_a")(inputs)
    x = keras.layers.LSTM(2, name="lstm_b")(x)
    x = keras.layers.Lambda(lambda x: x, name="lambda")(x)
    x = Strange(name="strange")(x)
    x = keras.layers.Dense(2, activation="relu", name="classes")(x)
    keras.Model(inputs, x, name="unsupported").save(MODELS / "unsupported.keras")


def write_theano():
    """What Keras 2 wrote with Theano, whose convolutions turn their kernels; and Keras 1, which transposed them."""
    name = "theano_plain_sequential.h5"
    shutil.copy(MODELS / "keras2_plain_sequential.h5", MODELS / name)
    with h5py.File(MODELS / name, "a") as file:
        file.attrs["backend"] = file["model_weights"].attrs["backend"] = b"theano"
        for layer in ("block1_conv", "block2_conv"):
            kernel = file[f"model_weights/{layer}/{layer}/kernel:0"]
            kernel[...] = kernel[()][::-1, ::-1]
    expected[name] = expected["keras2_plain_sequential.h5"]
    model = tf_keras.models.load_model(MODELS / "keras2_plain_sequential.h5", compile=False)
    with h5py.File(MODELS / "keras1_theano_weights.h5", "w") as file:
        file.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        for layer in model.layers:
            group = file.create_group(layer.name)
            names = [f"{layer.name}_{i}".encode() for i in range(len(layer.weights))]
            group.attrs["weight_names"] = np.array(names) if names else np.array([])
            for i, weight in enumerate(layer.get_weights()):
                group[f"{layer.name}_{i}"] = weight.transpose(3, 2, 0, 1) if weight.ndim == 4 else weight


def write_archives():
    """Archives that no Keras wrote. Each is keras3_plain_sequential.keras, and something wrong."""
    with zipfile.ZipFile(MODELS / "keras3_plain_sequential.keras") as file:
        good = {name: file.read(name) for name in file.namelist()}

    def write(name, entries, compression=zipfile.ZIP_STORED):
        path = HERE / "hostile" / f"{name}.keras"
        with zipfile.ZipFile(path, "w", compression) as file:
            for entry, data in entries:
                file.writestr(zipfile.ZipInfo(entry, (2000, 1, 1, 0, 0, 0)), data, compression)
        return path

    def patch(path, old, new):
        data = path.read_bytes()
        assert old in data
        path.write_bytes(data.replace(old, new))

    small = {**good, "model.weights.h5": b"no HDF5"}
    write("bomb", [*small.items(), ("assets/zeros", bytes(20 << 20))], zipfile.ZIP_DEFLATED)
    write("parent_path", [*small.items(), ("../../etc/passwd", b"x")])
    write("absolute_path", [*small.items(), ("/etc/passwd", b"x")])
    write("no_config", [("model.weights.h5", b"no HDF5")])
    write("no_weights", [("config.json", good["config.json"])])
    write("no_hdf5", small.items())
    write("not_json", {**small, "config.json": b"{'class_name': 1}"}.items())
    write("not_utf8", {**small, "config.json": b'{"class_name": "\xff\xfe"}'}.items())
    write("deep", {**small, "config.json": b'{"class_name": ' * 300}.items())
    patch(write("twice", [*small.items(), ("config.jso2", b"{}")]), b"config.jso2", b"config.json")
    patch(write("bad_sum", small.items()), b"no HDF5", b"no hdf5")
    # The flag of encryption, in the list at the end and before the data.
    data = bytearray(write("encrypted", small.items()).read_bytes())
    for start, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        position = data.find(start)
        while position >= 0:
            data[position + offset] |= 1
            position = data.find(start, position + 4)
    (HERE / "hostile" / "encrypted.keras").write_bytes(data)
    for name, weights in (("cut", good["model.weights.h5"][:9000]), ("empty_weights", b"")):
        write(name, {**good, "model.weights.h5": weights}.items(), zipfile.ZIP_DEFLATED)


def write_models():
    MODELS.mkdir(exist_ok=True)
    keras.utils.set_random_seed(0)
    for version, api in (("keras2", tf_keras), ("keras3", keras)):
        for seed, make in enumerate([teachable_machine, transfer, colliding, plain_sequential]):
            for ending in ("h5", "keras"):
                save(f"{version}_{make.__name__}.{ending}", moderate(make(api), seed), api)
    write_keras1()
    write_unsupported()
    write_theano()
    write_archives()
    (MODELS / "expected.json").write_text(json.dumps(expected))


def write_real(folder):
    digests = {}
    for path in sorted(pathlib.Path(folder).iterdir()):
        if path.suffix not in (".h5", ".hdf5", ".keras") or path.name.endswith(".weights.h5"):
            continue
        api = keras if path.name.startswith("mobilenet") else tf_keras
        model = api.models.load_model(path, compile=False)
        output = np.ravel(model.predict(image(2, *model.input_shape[1:]), verbose=0))
        positions = np.unique(np.linspace(0, output.size - 1, 64).astype(int))
        digests[path.name] = {
            "input": [2, *model.input_shape[1:]], "count": output.size, "parameterCount": model.count_params(),
            "norm": float(np.linalg.norm(output.astype(np.float64))), "positions": positions.tolist(),
            "values": [float(output[i]) for i in positions]}
    (HERE / "real_models.json").write_text(json.dumps(digests))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pretrained", help="the folder of the real models")
    parser.add_argument("--archives", action="store_true", help="make the hostile archives alone")
    options = parser.parse_args()
    if options.pretrained:
        write_real(options.pretrained)
    elif options.archives:
        write_archives()
    else:
        write_models()
