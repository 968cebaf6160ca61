#include "CCurlShim.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t receive_head(char *line, size_t size, size_t count, void *user) {
    const CCurlHandlers *handlers = user;
    return handlers->head(handlers->context, line, size * count) ? size * count : 0;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *user) {
    const CCurlHandlers *handlers = user;
    // Taking nothing ends the transfer, so an empty piece must not be reported as refused.
    if (size * count == 0) return 0;
    return handlers->body(handlers->context, bytes, size * count) ? size * count : 0;
}

static int tick(void *user, curl_off_t total, curl_off_t now, curl_off_t upload_total, curl_off_t upload_now) {
    (void)total, (void)now, (void)upload_total, (void)upload_now;
    const CCurlHandlers *handlers = user;
    return handlers->tick(handlers->context) ? 0 : 1;
}

static CCurlOutcome outcome(CURLcode code) {
    switch (code) {
    case CURLE_OK: return CCurlOutcomeComplete;
    case CURLE_ABORTED_BY_CALLBACK:
    case CURLE_WRITE_ERROR: return CCurlOutcomeEndedByHandler;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return CCurlOutcomeInvalidURL;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return CCurlOutcomeUnknownHost;
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT: return CCurlOutcomeNoConnection;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return CCurlOutcomeNotTrusted;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return CCurlOutcomeInterrupted;
    default: return CCurlOutcomeFailed;
    }
}

static struct curl_slist *headers(const CCurlRequest *request) {
    if (!request->if_range) return NULL;
    const char *format = "If-Range: %s";
    int length = snprintf(NULL, 0, format, request->if_range);
    char *line = malloc((size_t)length + 1);
    if (!line) return NULL;
    snprintf(line, (size_t)length + 1, format, request->if_range);
    struct curl_slist *list = curl_slist_append(NULL, line);
    free(line);
    return list;
}

static void set_up(CURL *curl, const CCurlRequest *request, const CCurlHandlers *handlers) {
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
    // Redirections are followed in Swift, which checks where they lead.
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "graft");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (request->ignores_proxy) curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (request->range) curl_easy_setopt(curl, CURLOPT_RANGE, request->range);

    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, request->connect_timeout);

    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, receive_head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, handlers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, handlers);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, tick);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, handlers);
}

CCurlResult CCurlGet(const CCurlRequest *request, const CCurlHandlers *handlers) {
    CCurlResult result = {CCurlOutcomeFailed, NULL, NULL};
    CURL *curl = curl_easy_init();
    if (!curl) return result;
    char message[CURL_ERROR_SIZE] = "";
    struct curl_slist *list = headers(request);
    set_up(curl, request, handlers);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, message);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);

    CURLcode code = request->if_range && !list ? CURLE_OUT_OF_MEMORY : curl_easy_perform(curl);
    const char *redirect = NULL;
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &redirect);
    result.outcome = outcome(code);
    result.message = strdup(message[0] ? message : curl_easy_strerror(code));
    result.redirect = redirect ? strdup(redirect) : NULL;

    curl_slist_free_all(list);
    curl_easy_cleanup(curl);
    return result;
}

void CCurlResultFree(CCurlResult *result) {
    free(result->redirect);
    free(result->message);
    result->redirect = result->message = NULL;
}
