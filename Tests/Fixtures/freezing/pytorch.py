"""What PyTorch makes of the network; see make.py."""

import json
import subprocess
import sys

import numpy as np

from given import CLASSES, data, numbers, start


def results():
    """What this file prints when it is run by itself."""
    return json.loads(subprocess.run([sys.executable, __file__], capture_output=True, check=True).stdout)


def main():
    import torch

    class Torch(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.block1_conv = torch.nn.Conv2d(2, 4, 3, padding=1, bias=False)
            self.block1_bn = torch.nn.BatchNorm2d(4, eps=1e-3)
            self.block2_conv = torch.nn.Conv2d(4, 4, 3, padding=1, bias=False)
            self.block2_bn = torch.nn.BatchNorm2d(4, eps=1e-3)
            self.predictions = torch.nn.Linear(4, CLASSES)
            with torch.no_grad():
                for name, array in start().items():
                    self.tensor(name).copy_(torch.from_numpy(self.swapped(name, array)))

        NAMES = {"kernel": "weight", "gamma": "weight", "beta": "bias", "bias": "bias",
                 "moving_mean": "running_mean", "moving_variance": "running_var"}

        def tensor(self, name):
            layer, array = name.split("/")
            return getattr(getattr(self, layer), self.NAMES[array])

        @staticmethod
        def swapped(name, array, back=False):
            if not name.endswith("kernel"):
                return array
            axes = (1, 0) if array.ndim == 2 else ((2, 3, 1, 0) if back else (3, 2, 0, 1))
            return np.ascontiguousarray(array.transpose(axes))

        def forward(self, x):
            x = torch.relu(self.block1_bn(self.block1_conv(x)))
            x = torch.relu(self.block2_bn(self.block2_conv(x)))
            return self.predictions(x.mean((2, 3)))

        def parameters_of(self, group):
            return [p for name, p in self.named_parameters() if name.startswith(group)]

        def frozen_but(self, groups):
            """Everything but some groups in inference mode, untrained: Keras's meaning of frozen."""
            for group in ["block1", "block2", "predictions"]:
                for parameter in self.parameters_of(group):
                    parameter.requires_grad_(group in groups)
                    if group not in groups:
                        parameter.grad = None
            # The running variance would move by the unbiased one: normalizations keep to the running statistics.
            self.eval()

        def step(self, optimizer, pictures, labels):
            optimizer.zero_grad(set_to_none=True)
            loss = torch.nn.functional.cross_entropy(
                self(torch.from_numpy(pictures.transpose(0, 3, 1, 2))), torch.from_numpy(labels)
            )
            loss.backward()
            optimizer.step()
            return float(loss)

        def trained(self, names):
            return {name: numbers(self.swapped(name, self.tensor(name).detach().numpy(), back=True)) for name in names}

    OPTIMIZERS = {
        "sgd": lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.9, nesterov=True),
        "adam": lambda groups: torch.optim.Adam(groups, lr=0.005, eps=1e-12),
    }

    def parameter_groups(rates):
        """Steps with a learning rate a group, from the first to the last."""
        names = [n for n in start() if "moving" not in n]
        result = {}
        for optimizer_name, make in OPTIMIZERS.items():
            model = Torch()
            model.frozen_but(["block1", "block2", "predictions"])
            base = make([{"params": model.parameters_of("predictions")}]).defaults["lr"]
            groups = [
                {"params": model.parameters_of(group), "lr": base * factor}
                for group, factor in zip(["block1", "block2", "predictions"], rates)
            ]
            optimizer = make(groups)
            losses = [model.step(optimizer, p, y) for p, y in zip(*data())]
            result[optimizer_name] = {"losses": losses, "after": model.trained(names)}
        return result

    def gradual():
        """The head alone for a step, then block2 too, then everything, the optimizer going on."""
        names = [n for n in start() if "moving" not in n]
        groups = ["predictions", "block2", "block1"]
        result = {}
        for optimizer_name, make in OPTIMIZERS.items():
            model = Torch()
            optimizer = make(model.parameters())
            losses = []
            for step, (pictures, labels) in enumerate(zip(*data())):
                model.frozen_but(groups[: step + 1])
                losses.append(model.step(optimizer, pictures, labels))
            result[optimizer_name] = {"losses": losses, "after": model.trained(names)}
        return result

    print(
        json.dumps(
            {
                # fastai's slice(0.01, 1) of the last group's rate, and a factor of 0.5 a group.
                "geometric": parameter_groups(np.geomspace(0.01, 1, 3)),
                "decay": parameter_groups([0.25, 0.5, 1]),
                "gradual": gradual(),
            }
        )
    )


if __name__ == "__main__":
    main()
