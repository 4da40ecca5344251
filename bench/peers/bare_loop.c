/* The least a download costs: one socket, one request, recv of up to 1 MiB and write, nothing checked but the
 * status and the announced length.
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

static char buffer[1 << 20];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

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
    int length = snprintf(buffer, sizeof buffer, "GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n",
                          arguments[3], arguments[1], arguments[2]);
    write_all(server, buffer, (size_t)length);

    size_t filled = 0;
    char *body = NULL;
    while (body == NULL) {
        ssize_t got = recv(server, buffer + filled, sizeof buffer - 1 - filled, 0);
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
    missing -= (long long)first;
    while (missing > 0) {
        ssize_t got = recv(server, buffer, sizeof buffer, 0);
        if (got <= 0) fail("the body ended early");
        write_all(file, buffer, (size_t)got);
        missing -= got;
    }
    return close(file) == 0 ? 0 : 1;
}
