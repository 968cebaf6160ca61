#pragma once

#include <stddef.h>
#include <stdint.h>

// One GET request through libcurl. The shim is there because curl_easy_setopt takes variable arguments,
// which Swift cannot pass; everything that needs a decision is decided in Swift.

/// What is asked for.
typedef struct {
    const char *url;
    /// A `Range` and, if wanted, an `If-Range` header, or NULL.
    const char *range;
    const char *if_range;
    /// Seconds.
    long connect_timeout;
    /// Whether a proxy from the environment is passed by.
    int ignores_proxy;
} CCurlRequest;

/// Who is told what arrives. Each returns 0 to end the transfer.
typedef struct {
    void *context;
    /// A line of the response's head, with its line end.
    int (*head)(void *context, const char *line, size_t count);
    /// A piece of the body.
    int (*body)(void *context, const char *bytes, size_t count);
    /// Called about once a second, even if nothing arrives, and whenever something arrives.
    int (*tick)(void *context);
} CCurlHandlers;

/// How a transfer ended.
typedef enum __attribute__((enum_extensibility(closed))) {
    CCurlOutcomeComplete,
    CCurlOutcomeEndedByHandler,
    CCurlOutcomeInvalidURL,
    CCurlOutcomeUnknownHost,
    CCurlOutcomeNoConnection,
    CCurlOutcomeNotTrusted,
    CCurlOutcomeInterrupted,
    CCurlOutcomeFailed,
} CCurlOutcome;

/// How a transfer ended, and what libcurl says about it.
typedef struct {
    CCurlOutcome outcome;
    /// Where a redirection leads, or NULL; to be freed by CCurlResultFree, as is the message.
    char *redirect;
    char *message;
} CCurlResult;

CCurlResult CCurlGet(const CCurlRequest *request, const CCurlHandlers *handlers);
void CCurlResultFree(CCurlResult *result);
