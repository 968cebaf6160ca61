#ifndef GRAFT_CHDF5_SHIM_H
#define GRAFT_CHDF5_SHIM_H

// HDF5 1.12 and later hide these calls behind macros of other versions; this keeps to 1.10's.
#define H5_USE_110_API 1
#include <hdf5.h>
#include <hdf5_hl.h>

// The library's constants are macros that open the library first; Swift sees functions only.
static inline hid_t graft_h5t_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t graft_h5t_little_endian_float(void) { return H5T_IEEE_F32LE; }
static inline hid_t graft_h5t_c_string(void) { return H5T_C_S1; }
static inline size_t graft_h5t_variable(void) { return H5T_VARIABLE; }
static inline hid_t graft_h5p_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t graft_h5p_file_create(void) { return H5P_FILE_CREATE; }
static inline hid_t graft_h5p_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t graft_h5p_default(void) { return H5P_DEFAULT; }
static inline hid_t graft_h5s_all(void) { return H5S_ALL; }
static inline hid_t graft_h5e_default(void) { return H5E_DEFAULT; }
static inline unsigned graft_h5f_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned graft_h5f_exclusive(void) { return H5F_ACC_EXCL; }

// An object's address, the same for every hard link to it.
static inline herr_t graft_h5o_address(hid_t object, haddr_t *address) {
    H5O_info_t info;
    herr_t status = H5Oget_info(object, &info);
    if (status >= 0) *address = info.addr;
    return status;
}

#endif
