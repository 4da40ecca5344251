/* The least a download costs: one socket, one request, recv of up to 1 MiB and write, nothing checked but the
 * status and the announced length. Compiled with -DSHA256 -lcrypto, a second thread digests what was written, from
 * memory, and the digest is printed: the least that a verified download costs.
 *
 *   bare_loop HOST PORT PATH FILE */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what) {
    perror(what);
    exit(1);
}

#ifdef SHA256
#include <openssl/evp.h>
#include <pthread.h>
enum { BUFFERS = 8, BUFFER_BYTES = 256 << 10 };
static char buffers[BUFFERS][BUFFER_BYTES];
static char *buffer = buffers[0];
static size_t lengths[BUFFERS];
static long long written, digested; /* buffers, under the lock */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t digester;
static EVP_MD_CTX *digest;

static void *digest_all(void *unused) {
    pthread_mutex_lock(&lock);
    for (;; digested++, pthread_cond_signal(&changed)) {
        while (digested == written) pthread_cond_wait(&changed, &lock);
        size_t at = (size_t)(digested % BUFFERS);
        if (lengths[at] == 0) break;
        pthread_mutex_unlock(&lock);
        EVP_DigestUpdate(digest, buffers[at], lengths[at]);
        pthread_mutex_lock(&lock);
    }
    pthread_mutex_unlock(&lock);
    return unused;
}

static void begin_digest(const char *first, size_t length) {
    digest = EVP_MD_CTX_new();
    if (!EVP_DigestInit_ex(digest, EVP_sha256(), NULL) || !EVP_DigestUpdate(digest, first, length)) fail("digest");
    if (pthread_create(&digester, NULL, digest_all, NULL) != 0) fail("pthread_create");
}

/* Hands over what is in the buffer and waits for an empty one; no bytes are the end. */
static void hand_over(size_t length) {
    pthread_mutex_lock(&lock);
    lengths[written++ % BUFFERS] = length;
    pthread_cond_signal(&changed);
    while (written - digested >= BUFFERS) pthread_cond_wait(&changed, &lock);
    buffer = buffers[written % BUFFERS];
    pthread_mutex_unlock(&lock);
}

static void end_digest(void) {
    unsigned char value[32];
    hand_over(0);
    pthread_join(digester, NULL);
    EVP_DigestFinal_ex(digest, value, NULL);
    for (size_t i = 0; i < sizeof value; i++) printf("%02x", value[i]);
    printf("\n");
}
#else
enum { BUFFER_BYTES = 1 << 20 };
static char buffer[BUFFER_BYTES];
#define begin_digest(first, length)
#define hand_over(length)
#define end_digest()
#endif

static void write_all(int file, const char *data, size_t length) {
    while (length > 0) {
        ssize_t written = write(file, data, length);
        if (written < 0) fail("write");
        data += written;
        length -= (size_t)written;
    }
}

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "usage: bare_loop HOST PORT PATH FILE\n");
        return 2;
    }
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    if (getaddrinfo(arguments[1], arguments[2], &hints, &found) != 0) fail("getaddrinfo");
    int server = socket(found->ai_family, found->ai_socktype, 0);
    if (server < 0 || connect(server, found->ai_addr, found->ai_addrlen) != 0) fail("connect");
    int length = snprintf(buffer, BUFFER_BYTES, "GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n",
                          arguments[3], arguments[1], arguments[2]);
    write_all(server, buffer, (size_t)length);

    size_t filled = 0;
    char *body = NULL;
    while (body == NULL) {
        ssize_t got = recv(server, buffer + filled, BUFFER_BYTES - 1 - filled, 0);
        if (got <= 0) fail("no header");
        filled += (size_t)got;
        buffer[filled] = 0;
        body = strstr(buffer, "\r\n\r\n");
    }
    body += 4;
    if (strncmp(buffer, "HTTP/1.1 200 ", 13) != 0) fail("not 200");
    char *announced = strcasestr(buffer, "\r\nContent-Length:");
    if (announced == NULL || announced > body) fail("no length");
    long long missing = atoll(announced + 17);

    int file = open(arguments[4], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0) fail(arguments[4]);
    size_t first = filled - (size_t)(body - buffer);
    write_all(file, body, first);
    begin_digest(body, first);
    missing -= (long long)first;
    while (missing > 0) {
        ssize_t got = recv(server, buffer, BUFFER_BYTES, 0);
        if (got <= 0) fail("the body ended early");
        write_all(file, buffer, (size_t)got);
        hand_over((size_t)got);
        missing -= got;
    }
    end_digest();
    return close(file) == 0 ? 0 : 1;
}
