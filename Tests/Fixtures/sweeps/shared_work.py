"""What do 64 trials of a frozen ResNet50's head cost, in terms of one?

    python shared_work.py GRAFT PICTURES [SIZE [TRIALS]]

GRAFT is the program, PICTURES a folder with a folder of pictures for each class. A ResNet50 with random weights
(Keras, nothing is downloaded) is frozen; the trials differ in learning rate, L2 and dropout, and have ten
epochs. Both sweeps begin with an empty feature cache. Prints seconds of processor time and on the clock, and ratios;
exits with 1 where the processor time of all trials is 1.5 times that of one, or more.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

SWEEP = """
name: shared-work
method: random
metric: {{name: val_accuracy, goal: maximize}}
run_cap: {trials}
seed: 1
parameters:
  training.stages.0.learning_rate: {{distribution: log_uniform_values, min: 0.0001, max: 0.01}}
  regularization.l2: {{distribution: log_uniform_values, min: 1.0e-6, max: 1.0e-2}}
  model.head.dropout: {{values: [0, 0.2, 0.5]}}
experiment:
  name: head
  data: {{image_folder: {pictures}, splits: {{validation: 0.15, test: 0.15}}}}
  model: {{architecture: resnet50, input_size: {size}, weights: {folder}/resnet50.weights.h5}}
  training:
    batch_size: 32
    feature_cache: {{folder: {folder}/cache-{trials}}}
    stages:
      - {{name: head, freeze: backbone, epochs: 10, optimizer: adam, learning_rate: 0.001}}
"""


def write_weights(path):
    import keras

    model = keras.applications.ResNet50(include_top=False, weights=None, input_shape=(224, 224, 3))
    for layer in model.layers:
        # Else the sums of the blocks grow from block to block.
        if layer.name.endswith("_3_bn"):
            gamma, *others = layer.get_weights()
            layer.set_weights([0.3 * gamma, *others])
    model.save_weights(path)


def cost(graft, folder, **settings):
    """Seconds of processor time and on the clock."""
    path = os.path.join(folder, "sweep.yaml")
    with open(path, "w") as file:
        file.write(SWEEP.format(folder=folder, **settings))
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    subprocess.run(
        [graft, "sweep", path, "--new", "--threads-per-worker", "1", "--runs", os.path.join(folder, "runs")],
        check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, time.time() - began


def main():
    graft, pictures = (os.path.abspath(path) for path in sys.argv[1:3])
    size, trials = (int(word) for word in (sys.argv[3:] + ["160", "64"][len(sys.argv) - 3:]))
    with tempfile.TemporaryDirectory() as folder:
        write_weights(os.path.join(folder, "resnet50.weights.h5"))
        costs = [cost(graft, folder, pictures=pictures, size=size, trials=count) for count in (1, trials)]
    for count, (processor, clock) in zip((1, trials), costs):
        print(f"{count:3} trials: {processor:7.1f} s of processor time, {clock:7.1f} s on the clock")
    ratios = [all_of_them / one for one, all_of_them in zip(*costs)]
    print(f"ratio: {ratios[0]:.2f} of processor time, {ratios[1]:.2f} on the clock")
    sys.exit(ratios[0] >= 1.5)


if __name__ == "__main__":
    main()
