"""bare_loop.c for machines without a C compiler: bare_loop.py HOST PORT PATH FILE."""
import re
import socket
import sys

host, port, path, target = sys.argv[1:]
buffer = memoryview(bytearray(1 << 20))
with socket.create_connection((host, int(port))) as server, open(target, "wb", buffering=0) as out:
    server.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        got = server.recv(4096)
        if not got:
            sys.exit("no header")
        head += got
    head, body = head.split(b"\r\n\r\n", 1)
    length = re.search(rb"(?im)^content-length: *(\d+)", head)
    if not head.startswith(b"HTTP/1.1 200 ") or not length:
        sys.exit("not 200, or no length")
    out.write(body)
    missing = int(length[1]) - len(body)
    while missing:
        count = server.recv_into(buffer)
        if not count:
            sys.exit("the body ended early")
        piece = buffer[:count]
        while piece:
            piece = piece[out.write(piece):]
        missing -= count
