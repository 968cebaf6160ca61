import CHDF5
import Tensors

/// A group of an HDF5 file that is being written.
struct HDF5Output: HDF5Object {
    let handle: HDF5Handle
    let place: HDF5Place

    /// Creates a file, which must not exist, lets `body` fill its root group, and closes it.
    ///
    /// - Parameters:
    ///   - name: the name of the file in errors.
    ///   - userBlock: how many bytes at the file's beginning are left to the user: none, 512, 1024, …
    static func writeFile(
        _ path: String, named name: String, userBlock: Int = 0, _ body: (HDF5Output) throws -> Void
    ) throws {
        let place = HDF5Place(file: name)
        let file: HDF5Handle
        do {
            let plan = try HDF5Library.open(place, "create") { H5Pcreate(graft_h5p_file_create()) }
            try HDF5Library.check(place, "create") { H5Pset_userblock(plan.id, hsize_t(userBlock)) }
            file = try HDF5Library.open(place, "create") {
                H5Fcreate(path, graft_h5f_exclusive(), plan.id, graft_h5p_default())
            }
        } catch KerasFileError.library(_, _, _, let reason) {
            throw KerasFileError.write(file: name, reason: reason)
        }
        let root = try HDF5Library.open(place, "open") { H5Gopen2(file.id, "/", graft_h5p_default()) }
        try body(HDF5Output(handle: root, place: place))
        // A handle closes itself without a word; what the disk refuses must be known before.
        try HDF5Library.check(place, "write") { H5Fflush(file.id, H5F_SCOPE_GLOBAL) }
    }

    /// The group at a path below this one, created where it is not there yet.
    func group(_ path: String) throws -> HDF5Output {
        try path.split(separator: "/").reduce(self) { group, name in try group.member(String(name)) }
    }

    private func member(_ name: String) throws -> HDF5Output {
        let place = place.child(name)
        let exists = try HDF5Library.check(place, "look for") {
            H5Lexists(handle.id, name, graft_h5p_default())
        }
        let member = try HDF5Library.open(place, "create") {
            exists > 0
                ? H5Gopen2(handle.id, name, graft_h5p_default())
                : H5Gcreate2(
                    handle.id, name, graft_h5p_default(), graft_h5p_default(), graft_h5p_default())
        }
        return HDF5Output(handle: member, place: place)
    }

    /// Writes numbers as little-endian Float32.
    func write(_ tensor: Tensor, named name: String) throws {
        let place = place.child(name)
        try HDF5Library.exclusively {
            let extents = tensor.shape.dimensions.map { hsize_t($0) }
            let space = try HDF5Library.open(place, "describe") {
                H5Screate_simple(Int32(extents.count), extents, nil)
            }
            let plan = try HDF5Library.open(place, "describe") { H5Pcreate(graft_h5p_dataset_create()) }
            // Without the time of writing, equal weights make equal files.
            try HDF5Library.check(place, "describe") { H5Pset_obj_track_times(plan.id, false) }
            let dataset = try HDF5Library.open(place, "create") {
                H5Dcreate2(
                    handle.id, name, graft_h5t_little_endian_float(), space.id, graft_h5p_default(), plan.id,
                    graft_h5p_default())
            }
            _ = try tensor.withUnsafeElements { elements in
                try HDF5Library.check(place, "write") {
                    H5Dwrite(
                        dataset.id, graft_h5t_native_float(), graft_h5s_all(), graft_h5s_all(),
                        graft_h5p_default(), elements.baseAddress)
                }
            }
        }
    }

    /// Writes an attribute that is one string.
    func set(_ name: String, to string: String) throws {
        let space = try HDF5Library.open(place, "describe attribute '\(name)' of") { H5Screate(H5S_SCALAR) }
        try write([string], attribute: name, space)
    }

    /// Writes an attribute that is one string of any length, which stands elsewhere in the file: what an
    /// object has with it is limited to 64 KiB.
    func setText(_ name: String, to text: String) throws {
        let action = "write attribute '\(name)' of"
        try HDF5Library.exclusively {
            let space = try HDF5Library.open(place, action) { H5Screate(H5S_SCALAR) }
            let type = try HDF5Library.open(place, action) { H5Tcopy(graft_h5t_c_string()) }
            try HDF5Library.check(place, action) { H5Tset_size(type.id, graft_h5t_variable()) }
            try HDF5Library.check(place, action) { H5Tset_cset(type.id, H5T_CSET_UTF8) }
            let attribute = try HDF5Library.open(place, action) {
                H5Acreate2(handle.id, name, type.id, space.id, graft_h5p_default(), graft_h5p_default())
            }
            _ = try text.withCString { bytes in
                var pointer: UnsafePointer<CChar>? = bytes
                return try HDF5Library.check(place, action) { H5Awrite(attribute.id, type.id, &pointer) }
            }
        }
    }

    /// Writes an attribute that is a list of strings.
    func set(_ name: String, to strings: [String]) throws {
        let space = try HDF5Library.open(place, "describe attribute '\(name)' of") {
            H5Screate_simple(1, [hsize_t(strings.count)], nil)
        }
        try write(strings, attribute: name, space)
    }

    /// Strings of one length, filled up with zeros, as NumPy has them.
    private func write(_ strings: [String], attribute name: String, _ space: HDF5Handle) throws {
        let action = "write attribute '\(name)' of"
        let length = max(1, strings.map(\.utf8.count).max() ?? 1)
        let bytes = strings.flatMap {
            Array($0.utf8) + [UInt8](repeating: 0, count: length - $0.utf8.count)
        }
        try HDF5Library.exclusively {
            let type = try HDF5Library.open(place, action) { H5Tcopy(graft_h5t_c_string()) }
            try HDF5Library.check(place, action) { H5Tset_size(type.id, length) }
            try HDF5Library.check(place, action) { H5Tset_strpad(type.id, H5T_STR_NULLPAD) }
            try HDF5Library.check(place, action) { H5Tset_cset(type.id, H5T_CSET_UTF8) }
            let attribute = try HDF5Library.open(place, action) {
                H5Acreate2(handle.id, name, type.id, space.id, graft_h5p_default(), graft_h5p_default())
            }
            guard !bytes.isEmpty else { return }
            try HDF5Library.check(place, action) { H5Awrite(attribute.id, type.id, bytes) }
        }
    }
}
