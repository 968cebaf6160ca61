"""Arrays that Graft's tests make from a formula, so that they need not be committed.

SplitMix64, as in `Sources/Tensors/SeededRandom.swift`, seeded by the 64-bit FNV-1a hash of an array's name.
Every number has 24 random bits and is scaled and shifted in float32, so both sides get the same bits.
"""

import base64

import numpy as np

GAMMA = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1


def _mix(z):
    with np.errstate(over="ignore"):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def seed_of(name):
    """FNV-1a."""
    result = 0xCBF29CE484222325
    for byte in name.encode():
        result = ((result ^ byte) * 0x100000001B3) & MASK
    return result


def unit(name, count):
    """Numbers in [-1, 1): what `2 * random.uniform() - 1` draws one after another."""
    state = _mix(np.array([(seed_of(name) + GAMMA) & MASK], np.uint64))
    with np.errstate(over="ignore"):
        states = state + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(GAMMA)
    drawn = (_mix(states) >> np.uint64(40)).astype(np.float32) * np.float32(2**-24)
    return 2 * drawn - 1


def array(name, shape, scale=1.0, offset=0.0):
    """An array of numbers within `scale` of `offset`."""
    drawn = unit(name, int(np.prod(shape))).reshape(shape)
    return drawn * np.float32(scale) + np.float32(offset)


def parameter(key, shape):
    """An array of a layer, sized so that neither values nor gradients vanish or explode."""
    name = key.split("/")[-1]
    if name.endswith("kernel"):
        fan_in = shape[0] * shape[1] if name == "depthwise_kernel" else int(np.prod(shape[:-1]))
        return array(key, shape, scale=np.sqrt(np.float32(6) / np.float32(fan_in)))
    # The last of ResNet's residual blocks, the first of its second version's: sums must not grow and grow.
    if key.endswith(("_3_bn/gamma", "_preact_bn/gamma")):
        return array(key, shape, scale=0.125, offset=0.25)
    if name in ("gamma", "moving_variance", "variance"):
        return array(key, shape, scale=0.5, offset=1)
    return array(key, shape, scale=0.5)


def keras_key(layer, variable):
    """Graft's key of a Keras variable: Keras 3 calls depthwise kernels `kernel`, its files do not."""
    name = variable.name
    if type(layer).__name__ == "DepthwiseConv2D" and name == "kernel":
        name = "depthwise_kernel"
    if type(layer).__name__ == "LayerScale":  # which leaves its array without a name
        name = "gamma"
    return f"{layer.name}/{name}"


# Repeated over an array; the length is a prime number, so no row of an array meets the same part twice.
DIRECTIONS = [unit(f"direction {number}", 65521).astype(np.float64) for number in range(4)]


def short(number):
    """A number with the digits that a test of float32 results can tell apart."""
    return float(f"{number:.9g}")


def digest(values, limit):
    """What is committed of an array: enough to notice any difference, and to see small arrays whole.

    The projections on random directions of [-1, 1) estimate the norm of a difference to another array:
    the mean of their differences' squares is a third of its square.
    """
    flat = np.asarray(values, np.float64).ravel()
    kept = flat if flat.size <= limit else flat[np.arange(limit) * flat.size // limit]
    projections = [np.resize(direction, flat.size) @ flat for direction in DIRECTIONS]
    return {
        "norm": short(np.linalg.norm(flat)),
        "largest": short(np.abs(flat).max(initial=0)),
        "projections": [short(projection) for projection in projections],
        "samples": base64.b64encode(kept.astype("<f4").tobytes()).decode(),
    }
