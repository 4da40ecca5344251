"""A slow, distant or lossy line between two network namespaces, made for one case and removed after it."""
import contextlib
import os
import pathlib
import select
import shutil
import subprocess
from dataclasses import dataclass

import origin

SERVER_ADDRESS, CLIENT_ADDRESS = "192.0.2.1", "192.0.2.2"  # RFC 5737: for use in no network
SOURCE = pathlib.Path(__file__).resolve().parent.parent / "wanlink.c"
PROC = "/proc/sys/net/ipv4"
PACKETS_IN_DEVICE = 20000
# What a Debian server has, so that results of two machines can be compared.
TCP = {
    "tcp_rmem": "4096 131072 6291456",
    "tcp_wmem": "4096 16384 4194304",
    "tcp_no_metrics_save": "1",  # one run must not learn from another's losses
}


@dataclass(frozen=True)
class Line:
    """round_trip_ms there and back without queueing; loss per million packets from server to client."""

    round_trip_ms: int
    rate_bit_s: int = 1_000_000_000
    loss_ppm: int = 0

    @property
    def queue_bytes(self):
        """One bandwidth-delay product before the bottleneck, as a well-sized router has."""
        return max(1 << 20, self.rate_bit_s // 8 * self.round_trip_ms // 1000)


def own_congestion():
    """The congestion control this machine uses by itself."""
    return pathlib.Path(PROC, "tcp_congestion_control").read_text().strip()


def check_possible():
    if os.geteuid() != 0:
        raise origin.CannotStart("namespaces and TUN devices need root: run it as root, or --cases capped")
    if not os.path.exists("/dev/net/tun"):
        raise origin.CannotStart("there is no /dev/net/tun: load the module tun, or --cases capped")
    for program, package in (("ip", "iproute2"), ("gcc", "gcc"), ("sysctl", "procps")):
        if not shutil.which(program):
            raise origin.CannotStart(f"{program} is missing (Debian: apt-get install {package})")


def build(work):
    program = work / "wanlink"
    subprocess.run(["gcc", "-O2", "-o", program, SOURCE], check=True)
    return program


@contextlib.contextmanager
def namespace(name, congestion):
    subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
        for key, value in {**TCP, "tcp_congestion_control": congestion}.items():
            setting = ["sysctl", "-q", "-w", f"net.ipv4.{key}={value}"]
            if subprocess.run(["ip", "netns", "exec", name, *setting], stderr=subprocess.DEVNULL).returncode != 0:
                raise origin.CannotStart(
                    f"this machine gives a namespace no {key}={value}: it has {own_congestion()}, and allows "
                    + pathlib.Path(PROC, "tcp_allowed_congestion_control").read_text().strip()
                )
        yield name
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False)


def address(name, own, other):
    ip = ["ip", "-n", name]
    subprocess.run([*ip, "addr", "add", own, "peer", other, "dev", "wan0"], check=True)
    subprocess.run([*ip, "link", "set", "wan0", "mtu", "1500", "txqueuelen", str(PACKETS_IN_DEVICE), "up"], check=True)


@contextlib.contextmanager
def joined(program, line, congestion, counters):
    """Gives the command prefixes for the server's side and the client's; fills the list counters at the end."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(namespace(f"dromedary-s-{os.getpid()}", congestion))
        client = stack.enter_context(namespace(f"dromedary-c-{os.getpid()}", congestion))
        arguments = [f"/run/netns/{server}", f"/run/netns/{client}", line.round_trip_ms * 500, line.rate_bit_s]
        arguments += [line.loss_ppm, line.queue_bytes, 1]
        with origin.child([program, *arguments], stdout=subprocess.PIPE, text=True) as process:
            ready, _, _ = select.select([process.stdout], [], [], 10)
            if not ready or process.stdout.readline().strip() != "ready":
                raise origin.CannotStart("the link does not start")
            address(server, SERVER_ADDRESS, CLIENT_ADDRESS)
            address(client, CLIENT_ADDRESS, SERVER_ADDRESS)
            yield ["ip", "netns", "exec", server], ["ip", "netns", "exec", client]
        counters += process.stdout.read().splitlines()
