#include "Support.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

typedef struct {
    struct jpeg_error_mgr manager; /* first: the library knows only this part */
    jmp_buf escape;
    graft_image *image;
} error_state;

static void escape(j_common_ptr codec) {
    error_state *state = (error_state *)codec->err;
    char message[JMSG_LENGTH_MAX];
    codec->err->format_message(codec, message);
    snprintf(state->image->message, sizeof state->image->message, "%s", message);
    longjmp(state->escape, 1);
}

/* libjpeg goes on after a warning, with grey where the data is gone. Such a picture is broken. Two warnings
   are about the header's version only and say nothing of the pixels. */
static void warn(j_common_ptr codec, int level) {
    int code = codec->err->msg_code;
    if (level < 0 && code != JWRN_JFIF_MAJOR && code != JWRN_ADOBE_XFORM) escape(codec);
}

/* CMYK as Adobe writes it, inverted; the formula is Pillow's. */
static void rgb_from_inverted_cmyk(const uint8_t *cmyk, uint8_t *rgb, size_t width) {
    for (size_t x = 0; x < width; x++, cmyk += 4, rgb += 3) {
        unsigned light = cmyk[3];
        for (int c = 0; c < 3; c++) {
            unsigned product = (255u - cmyk[c]) * light + 128;
            rgb[c] = (uint8_t)(light - (((product >> 8) + product) >> 8));
        }
    }
}

static int read_rows(struct jpeg_decompress_struct *codec, graft_image *image) {
    size_t stride = image->width * (size_t)image->channels;
    JSAMPARRAY cmyk = NULL;
    if (codec->out_color_space == JCS_CMYK) {
        cmyk = (*codec->mem->alloc_sarray)(
            (j_common_ptr)codec, JPOOL_IMAGE, codec->output_width * 4, 1);
    }
    while (codec->output_scanline < codec->output_height) {
        uint8_t *row = image->pixels + codec->output_scanline * stride;
        if (cmyk) {
            jpeg_read_scanlines(codec, cmyk, 1);
            rgb_from_inverted_cmyk(cmyk[0], row, image->width);
        } else {
            jpeg_read_scanlines(codec, &row, 1);
        }
    }
    jpeg_finish_decompress(codec);
    return GRAFT_DECODED;
}

static int decode(struct jpeg_decompress_struct *codec, size_t pixel_limit, graft_image *image) {
    jpeg_read_header(codec, TRUE);
    int channels = 3;
    switch (codec->jpeg_color_space) {
    case JCS_GRAYSCALE:
        codec->out_color_space = JCS_GRAYSCALE;
        channels = 1;
        break;
    case JCS_RGB:
    case JCS_YCbCr:
        codec->out_color_space = JCS_RGB;
        break;
    case JCS_CMYK:
    case JCS_YCCK:
        codec->out_color_space = JCS_CMYK;
        break;
    default:
        snprintf(
            image->message, sizeof image->message, "JPEG with %d components", codec->num_components);
        return GRAFT_UNSUPPORTED;
    }
    int status = graft_image_allocate(
        image, codec->image_width, codec->image_height, channels, pixel_limit);
    if (status != GRAFT_DECODED) return status;
    jpeg_start_decompress(codec);
    return read_rows(codec, image);
}

/* A frame of its own, so that what longjmp may leave undefined is nobody's local variable. */
static int guarded_decode(
    struct jpeg_decompress_struct *codec, error_state *errors, const uint8_t *bytes, size_t count,
    size_t pixel_limit) {
    if (setjmp(errors->escape)) return GRAFT_BROKEN;
    jpeg_create_decompress(codec);
    jpeg_mem_src(codec, bytes, count);
    return decode(codec, pixel_limit, errors->image);
}

int graft_decode_jpeg(const uint8_t *bytes, size_t count, size_t pixel_limit, graft_image *image) {
    memset(image, 0, sizeof *image);
    struct jpeg_decompress_struct codec;
    memset(&codec, 0, sizeof codec);
    error_state errors;
    errors.image = image;
    codec.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = escape;
    errors.manager.emit_message = warn;
    int status = guarded_decode(&codec, &errors, bytes, count, pixel_limit);
    jpeg_destroy_decompress(&codec);
    if (status != GRAFT_DECODED) graft_image_free(image);
    return status;
}

#define TEXT(value) #value
#define TEXT_OF(value) TEXT(value)

const char *graft_jpeg_version(void) {
#ifdef LIBJPEG_TURBO_VERSION
    return "turbo " TEXT_OF(LIBJPEG_TURBO_VERSION);
#else
    return TEXT_OF(JPEG_LIB_VERSION);
#endif
}
