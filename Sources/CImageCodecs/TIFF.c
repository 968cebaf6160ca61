#include "Support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

typedef struct {
    const uint8_t *bytes;
    size_t count;
    size_t position;
} memory_file;

static tmsize_t read_bytes(thandle_t handle, void *buffer, tmsize_t wanted) {
    memory_file *file = handle;
    size_t left = file->position < file->count ? file->count - file->position : 0;
    size_t count = wanted < 0 ? 0 : (size_t)wanted < left ? (size_t)wanted : left;
    if (count == 0) return 0;
    memcpy(buffer, file->bytes + file->position, count);
    file->position += count;
    return (tmsize_t)count;
}

static tmsize_t write_nothing(thandle_t handle, void *buffer, tmsize_t count) {
    (void)handle;
    (void)buffer;
    (void)count;
    return 0;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    memory_file *file = handle;
    toff_t base = whence == SEEK_CUR ? file->position : whence == SEEK_END ? file->count : 0;
    file->position = (size_t)(base + offset);
    return file->position;
}

static int close_nothing(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t size(thandle_t handle) { return ((memory_file *)handle)->count; }

static int keep_message(TIFF *file, void *image, const char *module, const char *format, va_list values) {
    (void)file;
    (void)module;
    graft_image *target = image;
    /* The first error is the cause; the others follow from it. */
    if (!target->message[0]) vsnprintf(target->message, sizeof target->message, format, values);
    return 1;
}

static int ignore(TIFF *file, void *image, const char *module, const char *format, va_list values) {
    (void)file;
    (void)image;
    (void)module;
    (void)format;
    (void)values;
    return 1;
}

static TIFF *open_memory(memory_file *file, graft_image *image) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return NULL;
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_message, image);
    TIFFOpenOptionsSetWarningHandlerExtR(options, ignore, NULL);
    /* m: no memory mapping, for there is no file to map. */
    TIFF *tiff = TIFFClientOpenExt(
        "picture", "rm", file, read_bytes, write_nothing, seek, close_nothing, size, NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return tiff;
}

static int unsupported(graft_image *image, const char *what, int value) {
    snprintf(image->message, sizeof image->message, "TIFF with %s %d", what, value);
    return GRAFT_UNSUPPORTED;
}

/* The number of channels to keep, or 0 for a kind of file that is not read. */
static int supported_channels(TIFF *tiff, graft_image *image) {
    uint16_t bits = 1, samples = 1, photometric = PHOTOMETRIC_MINISBLACK, orientation = 1, format = 1;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
    TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    if (bits > 8) return unsupported(image, "bits per sample", bits), 0;
    if (format != SAMPLEFORMAT_UINT) return unsupported(image, "sample format", format), 0;
    /* The others swap rows and columns, which the library does not undo. */
    if (orientation > ORIENTATION_BOTLEFT) return unsupported(image, "orientation", orientation), 0;
    switch (photometric) {
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_MINISWHITE:
        if (samples > 2) return unsupported(image, "grey samples per pixel", samples), 0;
        return 1;
    case PHOTOMETRIC_RGB:
    case PHOTOMETRIC_YCBCR:
        if (samples < 3 || samples > 4) return unsupported(image, "colour samples per pixel", samples), 0;
        return 3;
    case PHOTOMETRIC_PALETTE:
        return 3;
    default:
        return unsupported(image, "photometric interpretation", photometric), 0;
    }
}

/* Drops an alpha channel instead of laying the picture on black: the library leaves colours alone that are
   said to be multiplied by alpha already. */
static void ignore_alpha(TIFF *tiff) {
    uint16_t count = 0, *kinds = NULL;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds);
    if (count == 1 && kinds[0] == EXTRASAMPLE_UNASSALPHA) {
        uint16_t kind = EXTRASAMPLE_ASSOCALPHA;
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
    }
}

static int decode(TIFF *tiff, size_t pixel_limit, graft_image *image) {
    uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    int channels = supported_channels(tiff, image);
    if (channels == 0) return GRAFT_UNSUPPORTED;
    int status = graft_image_allocate(image, width, height, channels, pixel_limit);
    if (status != GRAFT_DECODED) return status;
    size_t count = (size_t)width * height;
    uint32_t *raster = calloc(count, sizeof *raster);
    if (!raster) return GRAFT_OUT_OF_MEMORY;
    ignore_alpha(tiff);
    /* What was wrong with some tag does not matter any more: the header made sense. */
    image->message[0] = 0;
    /* The last argument: stop at the first error, or what is missing would be black. */
    int complete = TIFFReadRGBAImageOriented(tiff, width, height, raster, ORIENTATION_TOPLEFT, 1);
    /* Some truncated strips are reported but not returned as errors. */
    if (!complete || image->message[0]) {
        free(raster);
        return GRAFT_BROKEN;
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t *pixel = image->pixels + i * (size_t)channels;
        pixel[0] = (uint8_t)TIFFGetR(raster[i]);
        if (channels == 1) continue;
        pixel[1] = (uint8_t)TIFFGetG(raster[i]);
        pixel[2] = (uint8_t)TIFFGetB(raster[i]);
    }
    free(raster);
    return GRAFT_DECODED;
}

int graft_decode_tiff(const uint8_t *bytes, size_t count, size_t pixel_limit, graft_image *image) {
    memset(image, 0, sizeof *image);
    memory_file file = {bytes, count, 0};
    TIFF *tiff = open_memory(&file, image);
    if (!tiff) return GRAFT_BROKEN;
    int status = decode(tiff, pixel_limit, image);
    TIFFClose(tiff);
    if (status != GRAFT_DECODED) graft_image_free(image);
    return status;
}

const char *graft_tiff_version(void) { return TIFFGetVersion(); }
