#include "Support.h"

#include <stdio.h>
#include <stdlib.h>

int graft_fail(graft_image *image, int reason, const char *message) {
    snprintf(image->message, sizeof image->message, "%s", message);
    return reason;
}

int graft_image_allocate(
    graft_image *image, size_t width, size_t height, int channels, size_t pixel_limit) {
    image->width = width;
    image->height = height;
    image->channels = channels;
    if (width == 0 || height == 0) return graft_fail(image, GRAFT_BROKEN, "the picture is empty");
    /* Divided, because the product of what a header claims may not fit. */
    if (height > pixel_limit / width || pixel_limit > SIZE_MAX / 4) return GRAFT_TOO_LARGE;
    image->pixels = malloc(width * height * (size_t)channels);
    return image->pixels ? GRAFT_DECODED : GRAFT_OUT_OF_MEMORY;
}

void graft_image_free(graft_image *image) {
    free(image->pixels);
    image->pixels = NULL;
}
