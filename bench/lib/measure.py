"""Rounds: every candidate in turn, each result verified, nothing dropped."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

import origin

TIMED = pathlib.Path(__file__).with_name("timed.py")


@dataclass(frozen=True)
class Candidate:
    """One way to fetch a file.

    command(url, target, scratch) gives the argument list; target is the file to make, scratch an empty directory.
    kind is "ours", "peer" or "floor" (a lower bound no one competes with). needs is the program that must be there.
    """

    name: str
    kind: str
    needs: str
    command: object
    env: dict = field(default_factory=dict)

    def missing(self):
        return shutil.which(self.needs) is None


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as data:
        while block := data.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def run_once(command, directory, limit_s, env=None, prefix=()):
    """Runs a command in a directory and gives what timed.py wrote; its output goes to output.log there."""
    result = directory / "timed.json"
    with open(directory / "output.log", "wb") as log:
        process = subprocess.Popen(
            [*prefix, sys.executable, "-I", "-S", TIMED, result, str(limit_s), *map(str, command)],
            cwd=directory,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            process.wait(limit_s + 30)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(30)
    return json.loads(result.read_text())


def rounds(candidates, url, expected, work, *, count, limit_s, prefix=(), keep=None):
    """Measures every candidate once per round, A B C A B C, and gives {name: [run, ...]}.

    A run has what timed.py measured, "verdict" ("ok", "failed", "timed out" or "wrong file") and "load" (the
    machine's load average before it). keep(candidate, directory, run) may take more from the directory of a run
    before it is removed.
    """
    runs = {c.name: [] for c in candidates}
    for number in range(1, count + 1):
        for candidate in candidates:
            directory = work / f"round-{number}-{candidate.name.replace(' ', '-')}"
            scratch = directory / "scratch"
            scratch.mkdir(parents=True)
            target = directory / "result.bin"
            os.sync()
            load = os.getloadavg()[0]
            run = run_once(candidate.command(url, target, scratch), directory, limit_s, candidate.env, prefix)
            run["load"] = load
            run["verdict"] = verdict(run, target, expected)
            if keep:
                keep(candidate, directory, run)
            if run["verdict"] != "ok":
                tail = (directory / "output.log").read_text(errors="replace").splitlines()[-5:]
                run["output"] = tail
                for line in tail:
                    print(f"    {candidate.name}: {line}", file=sys.stderr)
            print(f"  round {number} {candidate.name}: {run['wall_s']:.3f} s {run['verdict']}", file=sys.stderr)
            runs[candidate.name].append(run)
            shutil.rmtree(directory)
    return runs


def verdict(run, target, expected):
    if run["timed_out"]:
        return "timed out"
    if run["exit_code"] != 0:
        return "failed"
    return "ok" if target.is_file() and sha256(target) == expected else "wrong file"


def start_apart(nginx_directory):
    """A keep for rounds: how long until the first request reached nginx, and from then on; how many there were."""

    def keep(candidate, directory, run):
        first_at, run["requests"] = origin.seen(nginx_directory, since=run["started_at"])
        if first_at is not None:
            run["start_s"] = first_at - run["started_at"]
            run["after_s"] = run["wall_s"] - run["start_s"]

    return keep


def make_file(path, size, seed):
    """Writes size bytes of noise that is the same on every machine, and gives their sha-256."""
    import random

    noise, digest = random.Random(seed), hashlib.sha256()
    with open(path, "wb") as out:
        for start in range(0, size, 1 << 20):
            block = noise.randbytes(min(1 << 20, size - start))
            digest.update(block)
            out.write(block)
    return digest.hexdigest()
