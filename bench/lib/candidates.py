"""The candidates: Dromedary and what people use instead, each as its users would call it."""
import importlib.util
import pathlib
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

from measure import Candidate

PEERS = pathlib.Path(__file__).resolve().parent.parent / "peers"


def find_python_with_aiohttp():
    """A Python that has aiohttp: this one, or the system's."""
    if importlib.util.find_spec("aiohttp"):
        return sys.executable
    for python in ("/usr/bin/python3", "/usr/local/bin/python3"):
        probe = [python, "-c", "import aiohttp"]
        if shutil.which(python) and subprocess.run(probe, capture_output=True).returncode == 0:
            return python
    return None


def dromedary(launcher, *extra, name="dromedary", env=None):
    def command(url, target, scratch):
        return [launcher, "get", url, "-o", target, "-q", *extra]

    return Candidate(name, "ours", str(launcher), command, env or {})


def curl(*extra):
    return Candidate("curl", "peer", "curl", lambda url, target, _: ["curl", "-sS", "-f", *extra, "-o", target, url])


def curl_then_openssl(expected, *extra):
    script = 'curl -sS -f "${@:4}" -o "$1" "$2" && [ "$(openssl dgst -sha256 -r "$1" | cut -d" " -f1)" = "$3" ]'
    return Candidate(
        "curl + openssl dgst",
        "peer",
        "curl",
        lambda url, target, _: ["bash", "-c", script, "bash", target, url, expected, *extra],
    )


def rclone_copyurl():
    return Candidate(
        "rclone copyurl", "peer", "rclone", lambda url, target, _: ["rclone", "--config=", "copyurl", url, target]
    )


def rclone_16():
    """copyurl has one stream; rclone's many streams are had through its http remote."""

    def command(url, target, _):
        at = urlsplit(url)
        return [
            "rclone", "--config=", "copyto", "--http-url", f"{at.scheme}://{at.netloc}/", f":http:{at.path[1:]}",
            target, "--multi-thread-streams=16", "--multi-thread-cutoff=1M",
        ]  # fmt: skip

    return Candidate("rclone 16 streams", "peer", "rclone", command)


def aiohttp(expected=None, ca_file=None):
    python = find_python_with_aiohttp()
    extra = [str(a) for a in ([expected or ""] + ([ca_file] if ca_file else [])) if a or ca_file]
    return Candidate(
        "aiohttp + hashlib" if expected else "aiohttp",
        "peer",
        python or "python3 with aiohttp",
        lambda url, target, _: [python, PEERS / "aiohttp_get.py", url, target, *extra],
    )


def aria2c(connections, expected=None):
    checksum = [f"--checksum=sha-256={expected}"] if expected else []

    def command(url, target, _):
        return [
            "aria2c", "--no-conf", "-q", f"-x{connections}", f"-s{connections}", "-k1M", "--file-allocation=none",
            *checksum, "-d", target.parent, "-o", target.name, url,
        ]  # fmt: skip

    return Candidate(f"aria2c -x{connections}", "peer", "aria2c", command)


def lftp(connections):
    script = "set cmd:fail-exit yes; set xfer:clobber yes; pget -n {} -O {} {} -o {}"
    return Candidate(
        f"lftp pget -n{connections}",
        "peer",
        "lftp",
        lambda url, target, _: ["lftp", "-c", script.format(connections, target.parent, url, target.name)],
    )


def axel(connections):
    return Candidate(
        f"axel -n{connections}",
        "peer",
        "axel",
        lambda url, target, _: ["axel", "-q", f"-n{connections}", "-o", target, url],
    )


def bare_loop(work):
    """The lower bound of a download, in C where there is a compiler, else in Python."""
    program = compiled(work / "bare_loop")
    if program:
        return floor("bare loop", program)
    return floor("bare loop (Python)", sys.executable, PEERS / "bare_loop.py")


def bare_loop_with_sha256(work):
    """The lower bound of a verified download; left out without a compiler or the headers of OpenSSL."""
    name = "bare loop, sha-256"
    return floor(name, compiled(work / "bare_loop_sha256", "-DSHA256", "-lcrypto", "-lpthread") or "gcc and libssl-dev")


def compiled(program, *options):
    """Compiles the bare loop; returns None where that is not to be done."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    command = [compiler, "-O2", "-o", program, PEERS / "bare_loop.c", *options]
    return program if compiler and subprocess.run(command, capture_output=True).returncode == 0 else None


def floor(name, *start):
    def command(url, target, _):
        at = urlsplit(url)
        return [*start, at.hostname, at.port, at.path, target]

    return Candidate(name, "floor", str(start[0]), command)
