// Everything a Swift program needs of Graft, with one import.
@_exported import Architectures
@_exported import Databases
@_exported import Datasets
@_exported import Evaluation
@_exported import Experiments
@_exported import Insight
@_exported import KerasFiles
@_exported import Layers
@_exported import Pages
@_exported import Reports
@_exported import Sweeps
@_exported import Tensors
@_exported import Tracking
@_exported import Training
@_exported import Wording
