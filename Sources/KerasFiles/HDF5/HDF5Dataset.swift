import CHDF5
import Tensors

/// An array of numbers in an HDF5 file, whose size and kind were checked when it was opened.
struct HDF5Dataset: HDF5Object {
    let handle: HDF5Handle
    let place: HDF5Place
    let shape: Shape
    let storedType: StoredType
    /// How many bytes the numbers take in the file.
    let storedBytes: Int
    /// Where the file describes the array.
    let address: UInt64
    /// Where in the HDF5 file the numbers lie, one after the other, as little-endian Float32; nil if they are
    /// of another kind, in pieces or packed.
    let offset: Int?

    /// Zlib makes at most 1032 bytes of one.
    private static let largestExpansion = 1032

    init(handle: HDF5Handle, place: HDF5Place, fileSize: Int) throws {
        self.handle = handle
        self.place = place
        (shape, storedType, storedBytes, address, offset) = try HDF5Library.exclusively {
            let type = try Self.type(of: handle, place)
            let shape = try Self.shape(of: handle, place)
            let stored = Int(clamping: H5Dget_storage_size(handle.id))
            try Self.checkStorage(of: handle, place, shape, type, stored: stored, fileSize: fileSize)
            var address: haddr_t = 0
            try HDF5Library.check(place, "look at") { graft_h5o_address(handle.id, &address) }
            let offset = try Self.offset(of: handle, place, byteCount: 4 * shape.elementCount, stored: stored)
            return (shape, type, stored, UInt64(address), offset)
        }
    }

    /// The numbers, read straight into the tensor's memory.
    func read() throws -> Tensor {
        var tensor = Tensor(zeros: shape)
        guard shape.elementCount > 0 else { return tensor }
        _ = try tensor.withUnsafeMutableElements { elements in
            try HDF5Library.check(place, "read") {
                H5Dread(
                    handle.id, graft_h5t_native_float(), graft_h5s_all(), graft_h5s_all(),
                    graft_h5p_default(), elements.baseAddress)
            }
        }
        return tensor
    }

    private static func offset(
        of handle: HDF5Handle, _ place: HDF5Place, byteCount: Int, stored: Int
    ) throws -> Int? {
        let plan = try HDF5Library.open(place, "read the layout of") { H5Dget_create_plist(handle.id) }
        let type = try HDF5Library.open(place, "read the element type of") { H5Dget_type(handle.id) }
        guard H5Pget_layout(plan.id) == H5D_CONTIGUOUS, H5Pget_nfilters(plan.id) == 0, stored == byteCount,
            H5Tequal(type.id, graft_h5t_little_endian_float()) > 0
        else { return nil }
        // Undefined is the largest number there is.
        return Int(exactly: H5Dget_offset(handle.id))
    }

    private static func type(of handle: HDF5Handle, _ place: HDF5Place) throws -> StoredType {
        let type = try HDF5Library.open(place, "read the element type of") { H5Dget_type(handle.id) }
        guard let stored = StoredType(type) else {
            throw KerasFileError.elementType(
                file: place.file, object: place.object, found: StoredType.description(of: type))
        }
        return stored
    }

    private static func shape(of handle: HDF5Handle, _ place: HDF5Place) throws -> Shape {
        let space = try HDF5Library.open(place, "read the shape of") { H5Dget_space(handle.id) }
        let rank = try HDF5Library.check(place, "read the shape of") {
            H5Sget_simple_extent_ndims(space.id)
        }
        guard H5Sget_simple_extent_type(space.id) != H5S_NULL else { return [0] }
        var extents = [hsize_t](repeating: 0, count: Int(rank))
        try HDF5Library.check(place, "read the shape of") {
            H5Sget_simple_extent_dims(space.id, &extents, nil)
        }
        return Shape(extents.map { Int(clamping: $0) })
    }

    /// Refuses arrays that are not in this file, and sizes that its bytes cannot account for: whoever
    /// believed them would allocate memory without end.
    private static func checkStorage(
        of handle: HDF5Handle, _ place: HDF5Place, _ shape: Shape, _ type: StoredType, stored: Int,
        fileSize: Int
    ) throws {
        let plan = try HDF5Library.open(place, "read the layout of") { H5Dget_create_plist(handle.id) }
        guard H5Pget_external_count(plan.id) <= 0, H5Pget_layout(plan.id) != H5D_VIRTUAL else {
            throw KerasFileError.link(file: place.file, object: place.object, external: true)
        }
        var extents = shape.dimensions
        if H5Pget_layout(plan.id) == H5D_CHUNKED, !extents.contains(0) {
            // The library reads whole chunks, which may be larger than the array.
            var chunk = [hsize_t](repeating: 0, count: extents.count)
            try HDF5Library.check(place, "read the layout of") {
                H5Pget_chunk(plan.id, Int32(chunk.count), &chunk)
            }
            extents = zip(extents, chunk).map { max($0, Int(clamping: $1)) }
        }
        let available = min(stored, fileSize)
        let expansion = H5Pget_nfilters(plan.id) > 0 ? largestExpansion : 1
        let declared = extents.reduce(type.byteCount) { product, extent in
            let (result, overflow) = product.multipliedReportingOverflow(by: max(1, extent))
            return overflow ? Int.max : result
        }
        let isPlausible = extents.contains(0) ? declared < Int.max : declared <= available * expansion
        guard isPlausible else {
            throw KerasFileError.size(
                file: place.file, object: place.object, shape: shape.dimensions, stored: available)
        }
    }
}
