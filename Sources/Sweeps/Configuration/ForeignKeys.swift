import Experiments

/// Keys of Weights & Biases' sweeps that say how a program is run, where here an experiment is trained.
enum ForeignKeys {
    private static let reasons: KeyValuePairs = [
        "program": "graft trains an experiment, and starts no program: name its file with 'experiment'",
        "command": "graft trains an experiment, and starts no program: name its file with 'experiment'",
        "project": "sweeps are kept in the folder that --runs names; leave 'project' out",
        "entity": "sweeps are kept in the folder that --runs names; leave 'entity' out",
        "controller": "the processes of a sweep choose its trials themselves; leave 'controller' out",
        "job": "'executor: slurm' runs trials on a cluster; leave 'job' out",
        "queue": "'executor: slurm' runs trials on a cluster; leave 'queue' out",
        "image_uri": "graft is one program and needs no image; leave 'image_uri' out",
    ]

    /// Says of each that is there what to write instead.
    static func refuse(in section: inout Section) {
        for (key, reason) in reasons { section.refuse(key, reason) }
    }
}
