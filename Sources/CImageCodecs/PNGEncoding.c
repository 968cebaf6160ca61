#include "Support.h"

#include <stdlib.h>
#include <string.h>

#include <png.h>

int graft_encode_png(
    const uint8_t *pixels, size_t width, size_t height, int channels, uint8_t **bytes, size_t *count) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = (png_uint_32)width;
    image.height = (png_uint_32)height;
    image.format = channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    png_alloc_size_t size = 0;
    *bytes = NULL;
    if (!png_image_write_get_memory_size(image, size, 0, pixels, 0, NULL)) return 0;
    *bytes = malloc(size);
    if (!*bytes || !png_image_write_to_memory(&image, *bytes, &size, 0, pixels, 0, NULL)) {
        graft_bytes_free(*bytes);
        *bytes = NULL;
        return 0;
    }
    *count = size;
    return 1;
}

void graft_bytes_free(uint8_t *bytes) { free(bytes); }
