#pragma once

#include "CImageCodecs.h"

/* Sets the picture's extents and gives it memory, or says why not. */
int graft_image_allocate(
    graft_image *image, size_t width, size_t height, int channels, size_t pixel_limit);

/* Sets the message. */
int graft_fail(graft_image *image, int reason, const char *message);
