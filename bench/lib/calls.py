"""Management calls at a rate, cheap enough that the caller does not take the machine from what it measures."""
import socket
import time

PATIENCE_S = 10
READ_BYTES = 1 << 16


class Refused(Exception):
    """An answer that is none to the question; the message has its first bytes."""


class Callers:
    """Some kept-alive connections, all served by the thread that calls them; requests are made beforehand."""

    def __init__(self, port, bodies, count):
        self.requests = [request(port, body) for body in bodies]
        self.sockets = [connect(port) for _ in range(count)]
        self.next = 0

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        for connection in self.sockets:
            connection.close()

    def call(self, rate, until):
        """Calls until told to stop: one call on each connection, all at once, as often as makes the rate.

        Returns how many were answered.
        """
        begun, count = time.monotonic(), 0
        while not until():
            self.once()
            count += len(self.sockets)
            time.sleep(max(0.0, begun + count / rate - time.monotonic()))
        return count

    def once(self):
        for connection in self.sockets:
            connection.sendall(self.requests[self.next])
            self.next = (self.next + 1) % len(self.requests)
        for connection in self.sockets:
            answer = read(connection)
            if b'"status":200' not in answer:
                raise Refused(answer[:400].decode(errors="replace"))


def request(port, body):
    head = (
        f"POST /jolokia/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port), PATIENCE_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def read(connection):
    """Returns one whole answer, head and body."""
    answer = b""
    length = None
    while length is None or len(answer) < length:
        piece = connection.recv(READ_BYTES)
        if not piece:
            raise Refused("the connection ended: " + answer[:400].decode(errors="replace"))
        answer += piece
        end = answer.find(b"\r\n\r\n")
        if length is None and end >= 0:
            length = end + 4 + content_length(answer[:end])
    return answer


def content_length(head):
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise Refused("expected a length: " + head.decode(errors="replace"))
