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

/// Runs `body` once on each of a team of threads, those that oneDNN uses as well: two pools would fight over
/// the cores. Returns 0 where there is no such runtime. `GOMP_parallel` is what compilers call for
/// `#pragma omp parallel`; GCC's and LLVM's runtimes have it.
static inline int graft_openmp_parallel(void (*body)(void *), void *context) {
    void (*parallel)(void (*)(void *), void *, unsigned, unsigned) =
        (void (*)(void (*)(void *), void *, unsigned, unsigned))dlsym(RTLD_DEFAULT, "GOMP_parallel");
    if (parallel) parallel(body, context, 0, 0);
    return parallel != 0;
}

/// How many threads the calling thread's next parallel region would use.
static inline int graft_openmp_threads(void) {
    int (*get)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_max_threads");
    return get ? get() : 1;
}
