import CHDF5
import Foundation

/// A group of an HDF5 file: named members, and attributes.
///
/// Members are reached by hard links alone: a link by name may lead to another file or in a circle.
struct HDF5Group: HDF5Object {
    let handle: HDF5Handle
    let place: HDF5Place
    /// How many bytes the file has on disk, against which declared sizes are checked.
    let fileSize: Int

    /// What a group's member is.
    enum Kind: Sendable {
        case group, dataset, other
    }

    /// Opens a file for reading.
    init(openFile path: String) throws {
        place = HDF5Place(file: path)
        fileSize = try FileSignature.checkedSize(of: path)
        let place = place
        handle = try HDF5Library.exclusively {
            let access = try HDF5Library.open(place, "prepare to open") {
                H5Pcreate(graft_h5p_file_access())
            }
            // Readers do no harm to each other, and network file systems often cannot lock.
            try HDF5Library.check(place, "prepare to open") { H5Pset_file_locking(access.id, false, true) }
            let file: HDF5Handle
            do {
                file = try HDF5Library.open(place, "open") {
                    H5Fopen(path, graft_h5f_read_only(), access.id)
                }
            } catch KerasFileError.library(_, _, _, let reason) {
                throw KerasFileError.damaged(file: path, reason: reason)
            }
            return try HDF5Library.open(place, "open") { H5Gopen2(file.id, "/", graft_h5p_default()) }
        }
    }

    /// Opens a file that is in memory, which it takes over.
    /// - Parameter path: the name of the file in errors.
    init(image: consuming HDF5Image, named path: String) throws {
        place = HDF5Place(file: path)
        fileSize = image.byteCount
        let file: HDF5Handle
        do {
            file = try image.open(place)
        } catch KerasFileError.library(_, _, _, let reason) {
            throw KerasFileError.damaged(file: path, reason: reason)
        }
        handle = try HDF5Library.open(place, "open") { H5Gopen2(file.id, "/", graft_h5p_default()) }
    }

    init(handle: HDF5Handle, place: HDF5Place, fileSize: Int) {
        self.handle = handle
        self.place = place
        self.fileSize = fileSize
    }

    /// The members' names, in the library's order, which is the alphabet's.
    func memberNames() throws -> [String] {
        var names: [String] = []
        _ = try withUnsafeMutablePointer(to: &names) { names in
            try HDF5Library.check(place, "list") {
                H5Literate(
                    handle.id, H5_INDEX_NAME, H5_ITER_INC, nil,
                    { _, name, _, names in
                        guard let name else { return -1 }
                        names?.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name))
                        return 0
                    }, names)
            }
        }
        return names
    }

    /// Whether there is a member of the name.
    func has(_ name: String) throws -> Bool {
        try HDF5Library.check(place, "look for '\(name)' in") {
            H5Lexists(handle.id, name, graft_h5p_default())
        } > 0
    }

    /// The group at a path below this one.
    /// - Throws: ``KerasFileError`` where there is none, or only by way of a link.
    func group(_ path: String) throws -> HDF5Group {
        var group = self
        for name in path.split(separator: "/") {
            let (handle, kind) = try group.openMember(String(name))
            let place = group.place.child(String(name))
            guard kind == .group else {
                throw KerasFileError.missing("group", file: place.file, object: place.object)
            }
            group = HDF5Group(handle: handle, place: place, fileSize: fileSize)
        }
        return group
    }

    /// The array at a path below this group.
    /// - Throws: ``KerasFileError`` where there is none that can be read, or only by way of a link.
    func dataset(_ path: String) throws -> HDF5Dataset {
        let names = path.split(separator: "/")
        let parent = try group(names.dropLast().joined(separator: "/"))
        let name = String(names.last ?? "")
        let (handle, kind) = try parent.openMember(name)
        let place = parent.place.child(name)
        guard kind == .dataset else {
            throw KerasFileError.missing("array", file: place.file, object: place.object)
        }
        return try HDF5Dataset(handle: handle, place: place, fileSize: fileSize)
    }

    /// Opens a member, whatever it is.
    func openMember(_ name: String) throws -> (handle: HDF5Handle, kind: Kind) {
        let place = place.child(name)
        // An empty name, or a dot, would stand for this group.
        guard !name.isEmpty, name != ".", try has(name) else {
            throw KerasFileError.missing("object", file: place.file, object: place.object)
        }
        var link = H5L_info_t()
        try HDF5Library.check(place, "look at the link") {
            H5Lget_info(handle.id, name, &link, graft_h5p_default())
        }
        guard link.type == H5L_TYPE_HARD else {
            throw KerasFileError.link(
                file: place.file, object: place.object, external: link.type == H5L_TYPE_EXTERNAL)
        }
        let member = try HDF5Library.open(place, "open") { H5Oopen(handle.id, name, graft_h5p_default()) }
        return HDF5Library.exclusively {
            switch H5Iget_type(member.id) {
            case H5I_GROUP: (member, .group)
            case H5I_DATASET: (member, .dataset)
            default: (member, .other)
            }
        }
    }

    /// Where the group is in the file, the same whichever way it was reached.
    func address() throws -> UInt64 {
        var address: haddr_t = 0
        try HDF5Library.check(place, "look at") { graft_h5o_address(handle.id, &address) }
        return UInt64(address)
    }
}
