#pragma once

#define _GNU_SOURCE
#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.h>

// oneDNN's execution arguments are macros, and enumerations of other types: named here for Swift.

/// Sets how many threads the calling thread's parallel regions use. Looked up at run time because the
/// OpenMP runtime comes with oneDNN and is not linked by name.
static inline int graft_set_openmp_threads(int count) {
    void (*set)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
    if (set) set(count);
    return set != 0;
}

/// How many threads the calling thread's next parallel region would use.
static inline int graft_openmp_threads(void) {
    int (*get)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_max_threads");
    return get ? get() : 1;
}
