"""PyTorch's measurements: eager, channels-last (its fastest layout for convolutions on processors), inference
under torch.inference_mode."""

import torch
from torch import nn

import pytorch_networks
import worker


def build(job, top):
    network, channels = getattr(pytorch_networks, job.network)(top)
    return network.to(memory_format=torch.channels_last), channels


def pictures(job):
    return torch.rand(job.batch, 3, 224, 224).to(memory_format=torch.channels_last) * 2 - 1


def load(job):
    """A network with the weights of the job's file, without making initial ones first."""
    with torch.device("meta"):
        network = getattr(pytorch_networks, job.network)(True)[0]
    network.load_state_dict(torch.load(job.weights, mmap=True, weights_only=True), assign=True)
    return network.to(memory_format=torch.channels_last)


def inference(job):
    if worker.has_weights(job):
        network = load(job)
    else:
        network = build(job, top=True)[0]
        if job.weights:
            torch.save(network.state_dict(), job.weights)
    network, batch = network.eval(), pictures(job)

    def step():
        with torch.inference_mode():
            return torch.softmax(network(batch), dim=1)

    return step


def importing(job):
    network = build(job, top=True)[0]
    return lambda: network.load_state_dict(torch.load(job.weights, mmap=True, weights_only=True))


def descend(job, trained, forward, classes):
    batch, loss = pictures(job), nn.CrossEntropyLoss()
    labels = torch.arange(job.batch) * 7 % classes
    optimizer = torch.optim.SGD(trained.parameters(), lr=1e-3, momentum=0.9)

    def step():
        optimizer.zero_grad(set_to_none=True)
        value = loss(forward(batch), labels)
        value.backward()
        optimizer.step()
        return value.item()

    return step


def training(job):
    network = build(job, top=True)[0].train()
    return descend(job, network, network, 1000)


def head(job):
    backbone, channels = build(job, top=False)
    backbone.eval()
    dense = nn.Linear(channels, 10)

    def forward(batch):
        with torch.no_grad():
            features = backbone(batch)
        return dense(features)

    return descend(job, dense, forward, 10)


if __name__ == "__main__":
    job = worker.read_job()
    torch.set_num_threads(job.threads)
    worker.main(job, f"PyTorch {torch.__version__}", inference, training, head, importing)
