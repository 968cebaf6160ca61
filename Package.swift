// swift-tools-version: 6.2
import PackageDescription

/// A C library from the system's packages: Debian's first, Homebrew's for those who develop on a Mac.
func systemLibrary(_ name: String, pkgConfig: String? = nil, apt: String, brew: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

/// A room of the house: a Swift target below `Sources/`, with the floor it stands on.
func room(_ name: String, on floor: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: floor, resources: resources, swiftSettings: swiftSettings)
}

/// The tests of one room, with the fixtures that they share.
func tests(of name: String, on floor: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + floor,
        swiftSettings: swiftSettings)
}

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "Graft",
    products: [
        .library(name: "Graft", targets: ["Graft"]),
        .executable(name: "graft", targets: ["GraftCommand"]),
    ],
    targets: [
        systemLibrary("CHDF5", pkgConfig: "hdf5", apt: "libhdf5-dev", brew: "hdf5"),
        systemLibrary("COneDNN", apt: "libdnnl-dev", brew: "onednn"),
        systemLibrary("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-dev", brew: "openblas"),
        systemLibrary("CJPEG", pkgConfig: "libjpeg", apt: "libjpeg-dev", brew: "jpeg-turbo"),
        systemLibrary("CPNG", pkgConfig: "libpng", apt: "libpng-dev", brew: "libpng"),
        systemLibrary("CTIFF", pkgConfig: "libtiff-4", apt: "libtiff-dev", brew: "libtiff"),
        systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),
        systemLibrary("CLibZip", pkgConfig: "libzip", apt: "libzip-dev", brew: "libzip"),
        systemLibrary("CLibYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev", brew: "libyaml"),
        systemLibrary("CLibCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev", brew: "curl"),
        systemLibrary("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev", brew: "openssl@3"),
        systemLibrary("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev", brew: "sqlite"),
        systemLibrary("CPostgreSQL", pkgConfig: "libpq", apt: "libpq-dev", brew: "libpq"),
        systemLibrary(
            "CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev", brew: "libmicrohttpd"),
        .target(name: "CImageCodecs", dependencies: ["CJPEG", "CPNG", "CTIFF"]),
        .target(name: "CCurlShim", dependencies: ["CLibCurl"]),
        .target(name: "CMicroHTTPDShim", dependencies: ["CMicroHTTPD"]),

        room("Tensors", on: ["COneDNN", "COpenBLAS", "CCrypto"]),
        room("Files", on: []),
        room("Layers", on: ["Tensors"]),
        room("Architectures", on: ["Layers"]),
        room("KerasFiles", on: ["Files", "Layers", "Tensors", "CHDF5", "CLibZip", "CZlib"]),
        room("Datasets", on: ["Files", "Tensors", "CImageCodecs", "CZlib"]),
        room("Training", on: ["Files", "Layers", "Datasets", "Evaluation"]),
        room("Evaluation", on: []),
        room(
            "Experiments",
            on: ["Architectures", "Files", "KerasFiles", "Training", "Evaluation", "CLibYAML"]),
        room("Insight", on: ["Layers", "Tensors"]),
        room(
            "Sweeps",
            on: [
                "Datasets", "Experiments", "Evaluation", "Tensors", "Training", "CSQLite", "CPostgreSQL",
            ]),
        room("Reports", on: ["Evaluation", "Files"]),
        room(
            "Tracking",
            on: ["Datasets", "Experiments", "Evaluation", "Files", "Reports", "Sweeps", "Tensors", "CLibZip"]),
        room("Pages", on: ["Datasets", "Evaluation", "Files", "Reports", "Tracking"]),
        room(
            "Studio",
            on: [
                "CMicroHTTPDShim", "CZlib", "Datasets", "Pages", "Reports", "Evaluation", "Sweeps", "Tensors",
                "Tracking",
            ]),
        room("Downloads", on: ["CCurlShim", "CCrypto", "Files"]),
        room(
            "Graft",
            on: [
                "Tensors", "Layers", "Architectures", "KerasFiles", "Datasets", "Training", "Evaluation",
                "Experiments", "Insight", "Sweeps", "Reports", "Tracking", "Pages",
            ]),
        .executableTarget(
            name: "GraftCommand", dependencies: ["Files", "Graft", "Downloads", "Studio"],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Graft", "Architectures", "Datasets", "KerasFiles", "Layers", "Tensors", "Training",
            ],
            exclude: ["peers"], swiftSettings: swiftSettings),

        .target(
            name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "MutationHarness", dependencies: ["KerasFiles", "Tensors", "TestSupport"],
            path: "Tests/MutationHarness", swiftSettings: swiftSettings),
        .executableTarget(
            name: "SweepRegret", dependencies: ["Sweeps", "Experiments"], path: "Tests/SweepRegret",
            swiftSettings: swiftSettings),
        tests(of: "Tensors"),
        tests(of: "Files"),
        tests(of: "Layers", on: ["Tensors"]),
        tests(of: "Architectures", on: ["Layers", "Tensors", "KerasFiles"]),
        tests(of: "KerasFiles", on: ["Architectures", "Layers", "MutationHarness", "Tensors"]),
        tests(of: "Datasets", on: ["Tensors"]),
        tests(of: "Training", on: ["Datasets", "Layers", "Tensors"]),
        tests(of: "Evaluation"),
        tests(
            of: "Experiments",
            on: ["Architectures", "Datasets", "Evaluation", "KerasFiles", "Layers", "Tensors", "Training"]),
        tests(of: "Insight", on: ["Datasets", "KerasFiles", "Layers", "Tensors"]),
        tests(of: "Graft"),
        tests(of: "Sweeps", on: ["Experiments", "Evaluation", "Tensors", "Training"]),
        tests(of: "Reports"),
        tests(of: "Tracking", on: ["Evaluation", "Reports"]),
        tests(of: "Pages", on: ["Datasets", "Evaluation", "Reports", "Tracking"]),
        tests(of: "Studio", on: ["Pages", "Reports", "Sweeps", "Tracking"]),
        tests(of: "Downloads"),
        tests(of: "Benchmarks"),
        tests(of: "GraftCommand", on: ["Graft"]),
    ],
    swiftLanguageModes: [.v6]
)
