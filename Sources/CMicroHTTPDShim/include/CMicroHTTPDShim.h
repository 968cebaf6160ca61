#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The part of libmicrohttpd that takes variable arguments, which Swift cannot pass, and the callbacks whose types
// differ between its versions. Everything that needs a decision is decided in Swift.

typedef struct MHD_Daemon CHTTPDaemon;
typedef struct MHD_Connection CHTTPConnection;
typedef struct MHD_Response CHTTPResponse;

/// What a server keeps to.
typedef struct {
    /// The socket that it listens on, bound already.
    int listener;
    unsigned threads;
    unsigned connections;
    unsigned connections_per_address;
    /// Seconds of silence after which a connection ends.
    unsigned timeout;
    /// Bytes for a request's line and header.
    size_t memory;
} CHTTPLimits;

/// Who is told what happens.
typedef struct {
    void *context;
    /// A request begins; what comes back is the request in the calls that follow.
    void *(*begin)(void *context, const char *target);
    /// Its head is there, then its body in pieces, at last nothing more; and again after each resumption. Returns 0
    /// to end the connection.
    int (*receive)(
        void *request, CHTTPConnection *connection, const char *method, const char *bytes, size_t count);
    /// It is over, well or not.
    void (*end)(void *request);
} CHTTPHandlers;

CHTTPDaemon *CHTTPStart(const CHTTPLimits *limits, const CHTTPHandlers *handlers);
/// Takes no more connections.
void CHTTPQuiesce(CHTTPDaemon *daemon);
/// Ends all connections, none of which may be suspended.
void CHTTPStop(CHTTPDaemon *daemon);

void CHTTPSuspend(CHTTPConnection *connection);
void CHTTPResume(CHTTPConnection *connection);
/// Whether the other side has closed the connection.
int CHTTPIsGone(CHTTPConnection *connection);
/// Says each header field.
void CHTTPEachHeader(
    CHTTPConnection *connection, void *context, void (*each)(void *context, const char *name, const char *value));

CHTTPResponse *CHTTPBytesResponse(const void *bytes, size_t count);
/// The rest of an open file, which the response closes.
CHTTPResponse *CHTTPFileResponse(int file, uint64_t count);
/// Bytes that come bit by bit: `read` gives so many, 0 after it suspended the connection, or -1 at the end.
CHTTPResponse *CHTTPStreamResponse(
    void *context, ssize_t (*read)(void *context, uint64_t position, char *buffer, size_t capacity),
    void (*release)(void *context));
int CHTTPAddHeader(CHTTPResponse *response, const char *name, const char *value);
/// Sends a response, which is released.
int CHTTPSend(CHTTPConnection *connection, unsigned status, CHTTPResponse *response);
