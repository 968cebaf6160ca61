"""Writes the weights files that the tests of KerasFiles read, and what Keras says of them.

    python make.py                          # everything but mobilenet.json
    python make.py --pretrained FOLDER      # mobilenet.json, from FOLDER/mobilenet_1_0_224_block12.keras

needs tensorflow-cpu (which brings Keras 3) and h5py; with tf-keras installed, keras2.h5 is made anew as well.
Files that Keras no longer writes are imitated with h5py, after files that Keras once published.
"""

import argparse
import json
import os
import pathlib
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import h5py
import keras
import numpy as np
from keras import layers
from keras.src.legacy.saving import legacy_h5_format

HERE = pathlib.Path(__file__).parent


def image(*shape):
    """Numbers between -1 and 1 that any language computes alike."""
    count = int(np.prod(shape))
    return ((np.arange(count) * 7919 % 256) / 127.5 - 1).astype(np.float32).reshape(shape)


def small(api=layers, model=keras.Model, prefix=None):
    """A block with a shortcut, whose layers Keras lists in another order than they are made in."""

    def name(text):
        return None if prefix is None else prefix + text

    inputs = api.Input((8, 8, 3), name="input_layer")
    x = api.Conv2D(4, 3, padding="same", name=name("conv1"))(inputs)
    x = api.BatchNormalization(name=name("bn1"))(x)
    x = api.ReLU(name=name("relu1"))(x)
    shortcut = api.Conv2D(4, 1, name=name("shortcut"))(x)
    y = api.DepthwiseConv2D(3, padding="same", use_bias=False, name=name("depthwise"))(x)
    y = api.Conv2D(4, 1, name=name("pointwise"))(y)
    x = api.Add(name=name("add"))([shortcut, y])
    x = api.GlobalAveragePooling2D(name=name("pool"))(x)
    x = api.Dropout(0.5, name=name("dropout"))(x)
    x = api.Dense(3, activation="softmax", name=name("predictions"))(x)
    return model(inputs, x, name="small")


def randomize(model, seed):
    random = np.random.default_rng(seed)
    weights = []
    for variable in model.weights:
        values = random.normal(size=tuple(variable.shape)).astype(np.float32)
        weights.append(np.abs(values) + 0.5 if "variance" in variable.name else values)
    model.set_weights(weights)
    return model


def write_small(model):
    model.save_weights(HERE / "small.weights.h5")
    model.save(HERE / "small_model.h5")
    with h5py.File(HERE / "small_weights.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)

    # The first versions of Keras 3 wrote no names; some called the groups by the layers' names.
    shutil.copy(HERE / "small.weights.h5", HERE / "no_names.weights.h5")
    with h5py.File(HERE / "no_names.weights.h5", "a") as file:
        groups = []
        file.visititems(lambda path, item: groups.append(item) if "name" in item.attrs else None)
        for group in groups:
            del group.attrs["name"]
    with h5py.File(HERE / "small.weights.h5") as old, h5py.File(HERE / "named_groups.weights.h5", "w") as new:
        for group in old["layers"].values():
            for number, array in group["vars"].items():
                new[f"_layer_checkpoint_dependencies/{group['vars'].attrs['name']}/vars/{number}"] = array[()]

    values = {l.name: [w.tolist() for w in l.get_weights()] for l in model.layers if l.weights}
    output = model.predict(image(2, 8, 8, 3), verbose=0)
    (HERE / "small.json").write_text(json.dumps({"arrays": values, "output": output.tolist()}))


def write_legacy(path, model, name=lambda l: l, weight=lambda l, w: f"{l}/{w}:0", parts=1, **options):
    """The layout of Keras 1 and 2, with names as NumPy's strings of fixed length."""
    with h5py.File(HERE / path, "w") as file:
        names = [name(layer.name).encode() for layer in model.layers]
        for number, part in enumerate(np.array_split(np.array(names), parts)):
            file.attrs["layer_names" + (str(number) if parts > 1 else "")] = part
        file.attrs["keras_version"], file.attrs["backend"] = b"2.0.5", b"tensorflow"
        for layer in model.layers:
            group = file.create_group(name(layer.name))
            labels = [weight(name(layer.name), w.name).encode() for w in layer.weights]
            group.attrs["weight_names"] = np.array(labels) if labels else np.array([])
            for label, value in zip(labels, layer.get_weights()):
                group.create_dataset(label, data=options.get("convert", lambda x: x)(value),
                                     **options.get("storage", {}))


def write_imitations(model):
    # VGG's published files say neither kernel nor bias; long lists are split into several attributes.
    letters = {"kernel": "W", "bias": "b", "moving_mean": "running_mean", "moving_variance": "running_std"}
    write_legacy("published.h5", model, parts=3, weight=lambda l, w: f"{l}_{letters.get(w, w)}_1:0")
    write_legacy("depthwise.h5", model, weight=lambda l, w:
                 f"{l}/{'depthwise_kernel' if l == 'depthwise' else w}:0")
    storage = {"chunks": True, "compression": "gzip", "shuffle": True}
    write_legacy("float64_gzip.h5", model, convert=lambda x: x.astype(">f8"),
                 storage={k: storage[k] for k in ("compression", "shuffle")})
    write_legacy("float16.h5", model, convert=np.float16)
    write_legacy("int8.h5", model, convert=lambda x: np.round(x).astype(np.int8))

    # Models without names, made one after another in one program: conv2d_7 …, in a scope conv2d_7_1.
    counted = small(prefix=None)
    counted.set_weights(model.get_weights())
    offset = {"conv2d": 7, "batch_normalization": 3, "dense": 2, "depthwise_conv2d": 1}

    def automatic(name):
        stem, _, number = name.rpartition("_")
        stem, number = (stem, int(number)) if number.isdigit() else (name, 0)
        return f"{stem}_{number + offset.get(stem, 1)}"

    write_legacy("automatic_names.h5", counted, name=automatic, weight=lambda l, w: f"{l}_1/{w}:0")


def write_nested(model):
    """A model in a model, partly frozen, so that a nested layer's arrays stand apart."""
    features = keras.Model(model.input, model.get_layer("add").output, name="features")
    features.get_layer("bn1").trainable = False
    head = keras.Sequential([
        layers.Input((8, 8, 3)), features, layers.SeparableConv2D(2, 3, name="separable"),
        layers.GlobalAveragePooling2D(name="average"), layers.Dense(3, name="classes")], name="nested")
    head.compile("adam", "mse")
    head.train_on_batch(np.zeros((1, 8, 8, 3)), np.zeros((1, 3)))
    randomize(features, 1)
    head.save_weights(HERE / "nested.weights.h5")
    head.save(HERE / "nested_model.h5")
    with h5py.File(HERE / "nested_model.h5") as old, h5py.File(HERE / "nested_weights.h5", "w") as new:
        for name, value in old["model_weights"].attrs.items():
            new.attrs[name] = value
        for name in old["model_weights"]:
            old.copy(f"model_weights/{name}", new)


def write_hostile():
    """Files that no Keras wrote. Each has a layer `conv` with an array `kernel`, and something wrong."""

    def file(name):
        file = h5py.File(HERE / "hostile" / f"{name}.h5", "w")
        file.attrs["layer_names"] = np.array([b"conv"])
        group = file.create_group("conv")
        group.attrs["weight_names"] = np.array([b"kernel"])
        return file, group

    (HERE / "hostile").mkdir(exist_ok=True)
    os.chdir(HERE / "hostile")
    f, group = file("external_link")
    group["kernel"] = h5py.ExternalLink("../small_weights.h5", "/conv1/conv1/kernel")
    f, group = file("soft_link")
    group["kernel"] = h5py.SoftLink("/conv/kernel")
    f, group = file("link_in_path")
    group.attrs["weight_names"] = np.array([b"other/conv1/kernel"])
    group["other"] = h5py.ExternalLink("../small_weights.h5", "/conv1")
    f, group = file("external_storage")
    group.create_dataset("kernel", (4,), "<f4", external=[("/etc/passwd", 0, 16)])
    f, group = file("virtual")
    layout = h5py.VirtualLayout((4,), "<f4")
    layout[:] = h5py.VirtualSource("../small_weights.h5", "conv1/conv1/bias", (4,))
    group.create_virtual_dataset("kernel", layout)
    f, group = file("huge")
    group.create_dataset("kernel", (1 << 20, 1 << 20), "<f4", chunks=(64, 64), compression="gzip")[0, 0] = 1
    f, group = file("huge_chunk")
    group.create_dataset("kernel", (1,), "<f4", maxshape=(None,), chunks=(1 << 28,), compression="gzip")
    f, group = file("overflow")
    group.create_dataset("kernel", (1 << 40, 1 << 40, 0), "<f4", maxshape=(None,) * 3, chunks=(1, 1, 1))
    f, group = file("never_written")
    group.create_dataset("kernel", (1 << 12, 1 << 12), "<f4")
    f, group = file("bad_chunk")
    array = group.create_dataset("kernel", (4,), "<f4", chunks=(4,), compression="gzip")
    array.id.write_direct_chunk((0,), b"not what zlib writes")
    f, group = file("text")
    group["kernel"] = "not a number"
    f, group = file("records")
    group["kernel"] = np.zeros(2, [("a", "<f4"), ("b", "<i4")])
    f, group = file("bfloat16")
    group["kernel"] = np.zeros(2, "V2")
    f, group = file("group_for_array")
    group.create_group("kernel")
    f, group = file("array_for_group")
    del f["conv"]
    f["conv"] = np.zeros(3, np.float32)
    f, group = file("missing_array")
    f, group = file("missing_group")
    f.attrs["layer_names"] = np.array([b"conv", b"gone"])
    group["kernel"] = np.zeros(3, np.float32)
    f, group = file("dot")
    f.attrs["layer_names"] = np.array([b"."])
    f, group = file("numbers_for_names")
    f.attrs["layer_names"] = np.arange(3)
    f, group = file("not_keras")
    del f.attrs["layer_names"]
    f, group = file("broken_config")
    del f.attrs["layer_names"]
    f.create_group("model_weights").attrs["layer_names"] = np.array([], "S1")
    f.attrs["model_config"] = "{ not JSON"
    f, group = file("cycle.weights")
    del f.attrs["layer_names"], f["conv"]
    f["layers/conv2d/vars/0"] = np.ones((1, 1, 3, 4), np.float32)
    f["layers/conv2d/again"] = f["layers"]
    f["layers/conv2d/vars/self"] = np.ones(4, np.float32)
    os.chdir(HERE)


def write_orders():
    """The names of the layers that have weights, in Keras's order."""
    (HERE / "layer_orders.json").write_text(json.dumps(layer_orders(keras)))


def layer_orders(api):
    networks = {
        "vgg16": "VGG16", "resnet50": "ResNet50", "resnet50v2": "ResNet50V2", "mobilenet": "MobileNet",
        "mobilenet_v2": "MobileNetV2", "mobilenet_v3_small": "MobileNetV3Small",
        "mobilenet_v3_large": "MobileNetV3Large"}
    orders = {}
    for name, function in networks.items():
        model = getattr(api.applications, function)(weights=None)
        orders[name] = [layer.name for layer in model.layers if layer.weights]
        api.backend.clear_session()
    return orders


def write_keras2():
    """What the last Keras 2 writes, if it is there."""
    try:
        import tf_keras
    except ImportError:
        print("keras2.h5 and others of Keras 2 are left as they are, because there is no tf-keras")
        return
    (HERE / "keras2_layer_orders.json").write_text(json.dumps(layer_orders(tf_keras)))
    model = randomize(small(tf_keras.layers, tf_keras.Model, prefix=""), 0)
    model.save_weights(HERE / "keras2.h5")
    model.save_weights(HERE / "keras2.weights.h5")


def write_mobilenet(folder):
    model = keras.models.load_model(pathlib.Path(folder) / "mobilenet_1_0_224_block12.keras", compile=False)
    output = model.predict(image(1, 224, 224, 3), verbose=0)[0]
    values = output.ravel()
    positions = [int(i) for i in np.linspace(0, values.size - 1, 64)]
    digest = {
        "shape": output.shape, "mean": float(values.mean(dtype=np.float64)),
        "deviation": float(values.std(dtype=np.float64)), "positions": positions,
        "values": [float(values[i]) for i in positions],
        "parameterCount": model.count_params()}
    (HERE / "mobilenet.json").write_text(json.dumps(digest))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pretrained", help="the folder of the real MobileNet")
    pretrained = parser.parse_args().pretrained
    if pretrained:
        write_mobilenet(pretrained)
    else:
        keras.utils.set_random_seed(0)
        original = randomize(small(prefix=""), 0)
        write_small(original)
        write_imitations(original)
        write_nested(original)
        write_hostile()
        write_orders()
        write_keras2()
