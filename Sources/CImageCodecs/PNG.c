#include "Support.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

typedef struct {
    const uint8_t *next;
    size_t left;
    graft_image *image;
    png_bytep *rows;
} reader;

static void fail(png_structp codec, png_const_charp message) {
    reader *source = png_get_error_ptr(codec);
    snprintf(source->image->message, sizeof source->image->message, "%s", message);
    longjmp(png_jmpbuf(codec), 1);
}

static void ignore(png_structp codec, png_const_charp message) {
    (void)codec;
    (void)message;
}

static void read_bytes(png_structp codec, png_bytep bytes, size_t count) {
    reader *source = png_get_io_ptr(codec);
    if (count > source->left) png_error(codec, "the file ends too early");
    memcpy(bytes, source->next, count);
    source->next += count;
    source->left -= count;
}

/* Asks for 8 bits, grey or RGB, without the alpha channel: what Pillow's convert("RGB") leaves. */
static int request_plain_pixels(png_structp codec, png_infop info) {
    int color = png_get_color_type(codec, info);
    if (color == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(codec);
    if (color == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(codec, info) < 8) {
        png_set_expand_gray_1_2_4_to_8(codec);
    }
    png_set_strip_16(codec);
    png_set_strip_alpha(codec);
    return color & PNG_COLOR_MASK_COLOR ? 3 : 1;
}

static int decode(png_structp codec, png_infop info, size_t pixel_limit, reader *source) {
    graft_image *image = source->image;
    png_read_info(codec, info);
    int channels = request_plain_pixels(codec, info);
    png_set_interlace_handling(codec);
    int status = graft_image_allocate(
        image, png_get_image_width(codec, info), png_get_image_height(codec, info), channels,
        pixel_limit);
    if (status != GRAFT_DECODED) return status;
    png_read_update_info(codec, info);
    size_t stride = png_get_rowbytes(codec, info);
    if (stride != image->width * (size_t)channels) png_error(codec, "the rows have another length");
    source->rows = malloc(image->height * sizeof *source->rows);
    if (!source->rows) return GRAFT_OUT_OF_MEMORY;
    for (size_t y = 0; y < image->height; y++) source->rows[y] = image->pixels + y * stride;
    png_read_image(codec, source->rows);
    png_read_end(codec, NULL);
    return GRAFT_DECODED;
}

/* A frame of its own, so that what longjmp may leave undefined is nobody's local variable. */
static int guarded_decode(png_structp codec, png_infop info, size_t pixel_limit, reader *source) {
    if (setjmp(png_jmpbuf(codec))) return GRAFT_BROKEN;
    /* The pixel limit is ours to report, not the library's. */
    png_set_user_limits(codec, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_read_fn(codec, source, read_bytes);
    return decode(codec, info, pixel_limit, source);
}

int graft_decode_png(const uint8_t *bytes, size_t count, size_t pixel_limit, graft_image *image) {
    memset(image, 0, sizeof *image);
    reader source = {bytes, count, image, NULL};
    png_structp codec = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, fail, ignore);
    png_infop info = codec ? png_create_info_struct(codec) : NULL;
    int status = info ? guarded_decode(codec, info, pixel_limit, &source) : GRAFT_OUT_OF_MEMORY;
    png_destroy_read_struct(&codec, &info, NULL);
    free(source.rows);
    if (status != GRAFT_DECODED) graft_image_free(image);
    return status;
}

const char *graft_png_version(void) { return png_get_libpng_ver(NULL); }
