"""The servers that are measured against, each on its own port and process."""
import contextlib
import http.server
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import time

NGINX_CONF = """\
daemon off;
{user}
worker_processes auto;
pid {directory}/nginx.pid;
error_log {directory}/error.log warn;
events {{ worker_connections 512; }}
http {{
  log_format seen '$msec $request_time $body_bytes_sent';
  access_log {directory}/access.log seen;
  sendfile on;
  tcp_nopush on;
  etag on;
  default_type application/octet-stream;
  client_body_temp_path {directory}/tmp-body;
  proxy_temp_path {directory}/tmp-proxy;
  fastcgi_temp_path {directory}/tmp-fastcgi;
  uwsgi_temp_path {directory}/tmp-uwsgi;
  scgi_temp_path {directory}/tmp-scgi;
  server {{
    listen {address}:{port};
    {tls}
    root {root};
    location /capped/ {{ alias {root}/; limit_rate {cap}; }}
  }}
}}
"""


class CannotStart(Exception):
    """A server or link could not be started; the message says what to do."""


def free_port(address="127.0.0.1"):
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


def find_nginx():
    found = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if not found:
        raise CannotStart("nginx is missing (Debian: apt-get install nginx-light)")
    return found


@contextlib.contextmanager
def child(command, **options):
    """A process that is ended, by its id, when the block is left, and by the kernel if we are killed."""
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", "TERM", *command]
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def make_certificate(directory):
    key, certificate = directory / "key.pem", directory / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "7", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return key, certificate


@contextlib.contextmanager
def nginx(root, directory, *, address="127.0.0.1", with_tls=False, cap="20m", prefix=()):
    """An nginx of our own that serves root; gives (http URL, https URL or None, certificate or None).

    Under /capped/ the same files come with at most cap (nginx's notation) a second for each connection.
    """
    directory.mkdir()
    outside = bool(prefix)
    port = 8080 if outside else free_port(address)
    tls, tls_port, certificate = "", None, None
    if with_tls:
        tls_port = 8443 if outside else free_port(address)
        key, certificate = make_certificate(directory)
        tls = (
            f"listen {address}:{tls_port} ssl; ssl_protocols TLSv1.3; "
            f'ssl_certificate "{certificate}"; ssl_certificate_key "{key}";'
        )
    if " " in f"{root}{directory}":
        raise CannotStart(f"nginx takes no blanks in paths: choose another work directory than {directory.parent}")
    conf = directory / "nginx.conf"
    conf.write_text(
        NGINX_CONF.format(
            user="user root;" if os.geteuid() == 0 else "",
            directory=directory, address=address, port=port, tls=tls, root=root, cap=cap,
        )
    )
    with open(directory / "stderr.log", "wb") as log, child(
        [*prefix, find_nginx(), "-c", conf, "-p", directory, "-e", directory / "error.log"], stdout=log, stderr=log
    ) as process:
        wait_until_up(process, directory)
        yield (
            f"http://{address}:{port}",
            f"https://localhost:{tls_port}" if with_tls else None,
            certificate,
        )


def seen(directory, since):
    """What an nginx was asked from since on (Unix time): when first (or None), and how often.

    Forgets all that was logged; what an earlier candidate asked may be logged late, when its connection has died.
    """
    log = directory / "access.log"
    lines = [line.split() for line in log.read_text().splitlines()]
    with open(log, "w"):
        pass  # nginx appends: its next line is the first again
    begun = [float(at) - float(took) for at, took, _ in lines]
    own = [at for at in begun if at >= since]
    return min(own, default=None), len(own)


def wait_until_up(process, directory, limit_s=10):
    end = time.monotonic() + limit_s
    pid_file = directory / "nginx.pid"
    while not (pid_file.exists() and pid_file.read_text().strip()):
        if process.poll() is not None or time.monotonic() > end:
            raise CannotStart("nginx does not start: " + (directory / "stderr.log").read_text().strip())
        time.sleep(0.02)


class FirstRequest(http.server.ThreadingHTTPServer):
    """Serves one small body under any path and notes when the first request line had come in."""

    daemon_threads = True

    def __init__(self, body):
        super().__init__(("127.0.0.1", 0), _OneBody)
        self.body = body
        self.at = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/small.bin"


class _OneBody(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.server.at is None:
            self.server.at = time.monotonic()
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.send_header("ETag", '"1"')
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(self.server.body)

    do_HEAD = do_GET

    def log_message(self, format, *args):
        pass


@contextlib.contextmanager
def first_request(body):
    server = FirstRequest(body)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
