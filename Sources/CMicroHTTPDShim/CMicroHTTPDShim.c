#include "CMicroHTTPDShim.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static void *begin(void *context, const char *target, struct MHD_Connection *connection) {
    (void)connection;
    const CHTTPHandlers *handlers = context;
    return handlers->begin(handlers->context, target);
}

static enum MHD_Result receive(
    void *context, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
    const char *bytes, size_t *count, void **request) {
    (void)path, (void)version;
    const CHTTPHandlers *handlers = context;
    if (!*request) return MHD_NO;
    size_t size = *count;
    *count = 0;
    return handlers->receive(*request, connection, method, bytes, size) ? MHD_YES : MHD_NO;
}

static void end(
    void *context, struct MHD_Connection *connection, void **request, enum MHD_RequestTerminationCode reason) {
    (void)connection, (void)reason;
    const CHTTPHandlers *handlers = context;
    if (*request) handlers->end(*request);
    *request = NULL;
}

// The target is taken apart in Swift, which sees every byte of it.
static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context, (void)connection;
    return strlen(text);
}

static void pass_over(void *context, const char *format, va_list arguments) {
    (void)context, (void)format, (void)arguments;
}

CHTTPDaemon *CHTTPStart(const CHTTPLimits *limits, const CHTTPHandlers *handlers) {
    void *context = (void *)handlers;
    return MHD_start_daemon(
        // With epoll, a client that goes away in the middle of a request is not noticed before the timeout (0.9.75).
        MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, receive, context,
        MHD_OPTION_EXTERNAL_LOGGER, pass_over, NULL, MHD_OPTION_LISTEN_SOCKET, limits->listener,
        MHD_OPTION_THREAD_POOL_SIZE, limits->threads, MHD_OPTION_CONNECTION_LIMIT, limits->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits->connections_per_address, MHD_OPTION_CONNECTION_TIMEOUT,
        limits->timeout, MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits->memory, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, begin, context, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, end, context, MHD_OPTION_END);
}

void CHTTPQuiesce(CHTTPDaemon *daemon) { MHD_quiesce_daemon(daemon); }
void CHTTPStop(CHTTPDaemon *daemon) { MHD_stop_daemon(daemon); }
void CHTTPSuspend(CHTTPConnection *connection) { MHD_suspend_connection(connection); }
void CHTTPResume(CHTTPConnection *connection) { MHD_resume_connection(connection); }

int CHTTPIsGone(CHTTPConnection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!info) return 1;
    char byte;
    ssize_t count = recv(info->connect_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

typedef struct {
    void *context;
    void (*each)(void *context, const char *name, const char *value);
} Visitor;

static enum MHD_Result visit(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    const Visitor *visitor = context;
    visitor->each(visitor->context, name, value ? value : "");
    return MHD_YES;
}

void CHTTPEachHeader(
    CHTTPConnection *connection, void *context, void (*each)(void *context, const char *name, const char *value)) {
    Visitor visitor = {context, each};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, visit, &visitor);
}

CHTTPResponse *CHTTPBytesResponse(const void *bytes, size_t count) {
    return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

CHTTPResponse *CHTTPFileResponse(int file, uint64_t count) { return MHD_create_response_from_fd64(count, file); }

typedef struct {
    void *context;
    ssize_t (*read)(void *context, uint64_t position, char *buffer, size_t capacity);
    void (*release)(void *context);
} Stream;

static ssize_t read_stream(void *context, uint64_t position, char *buffer, size_t capacity) {
    const Stream *stream = context;
    ssize_t count = stream->read(stream->context, position, buffer, capacity);
    return count < 0 ? MHD_CONTENT_READER_END_OF_STREAM : count;
}

static void release_stream(void *context) {
    Stream *stream = context;
    stream->release(stream->context);
    free(stream);
}

CHTTPResponse *CHTTPStreamResponse(
    void *context, ssize_t (*read)(void *context, uint64_t position, char *buffer, size_t capacity),
    void (*release)(void *context)) {
    Stream *stream = malloc(sizeof(Stream));
    if (!stream) return NULL;
    *stream = (Stream){context, read, release};
    CHTTPResponse *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_stream, stream, release_stream);
    if (!response) free(stream);
    return response;
}

int CHTTPAddHeader(CHTTPResponse *response, const char *name, const char *value) {
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

int CHTTPSend(CHTTPConnection *connection, unsigned status, CHTTPResponse *response) {
    int sent = MHD_queue_response(connection, status, response) == MHD_YES;
    MHD_destroy_response(response);
    return sent;
}
