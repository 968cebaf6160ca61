#pragma once

#include <stddef.h>
#include <stdint.h>

/* Thin shims over libjpeg, libpng and libtiff: the first two report errors by longjmp, which must not cross
   Swift's frames. Each decodes a whole file that lies in memory. */

/* What became of a file. */
enum {
    GRAFT_DECODED = 0,
    GRAFT_BROKEN = 1,        /* the data is damaged or cut short */
    GRAFT_UNSUPPORTED = 2,   /* a kind of file that is not read */
    GRAFT_TOO_LARGE = 3,     /* more pixels than allowed */
    GRAFT_OUT_OF_MEMORY = 4
};

/* A decoded picture: rows from the top, channels interleaved, 8 bits each. */
typedef struct {
    size_t width;
    size_t height;
    int channels;       /* 1 or 3 */
    uint8_t *pixels;    /* height * width * channels bytes, for graft_image_free */
    char message[256];  /* why there are none */
} graft_image;

/* Each returns one of the values above. Unless it is GRAFT_DECODED, no pixels are left to free; width and
   height are set as soon as the file's header is read. */
int graft_decode_jpeg(const uint8_t *bytes, size_t count, size_t pixel_limit, graft_image *image);
int graft_decode_png(const uint8_t *bytes, size_t count, size_t pixel_limit, graft_image *image);
int graft_decode_tiff(const uint8_t *bytes, size_t count, size_t pixel_limit, graft_image *image);

/* Encodes a picture of 1 or 3 channels as PNG, into *bytes, which is freed with graft_bytes_free. Returns 0 where
   there is no memory for it. */
int graft_encode_png(
    const uint8_t *pixels, size_t width, size_t height, int channels, uint8_t **bytes, size_t *count);

void graft_bytes_free(uint8_t *bytes);

void graft_image_free(graft_image *image);

/* The versions of the libraries. libjpeg does not say its own at run time: that of its header.
   libtiff's begins with "LIBTIFF, Version 4.5.0", and a line with its makers follows. */
const char *graft_jpeg_version(void);
const char *graft_png_version(void);
const char *graft_tiff_version(void);
