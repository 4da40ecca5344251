"""What bench/run and bench/wan share: arguments, work directory, warming up, results."""
import argparse
import contextlib
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import report

HOME = pathlib.Path(__file__).resolve().parents[2]


def size(text):
    """Bytes of "2GiB", "512 MiB", "1000" …"""
    match = re.fullmatch(r"(\d+)\s*(?:(K|M|G|T)iB)?", text.strip())
    if not match or int(match[1]) == 0:
        raise argparse.ArgumentTypeError(f"{text} is no size: say it like 512MiB or 2GiB")
    return int(match[1]) << {None: 0, "K": 10, "M": 20, "G": 30, "T": 40}[match[2]]


def positive(text):
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text} is no whole number above 0")
    return int(text)


def parser(description, cases):
    arguments = argparse.ArgumentParser(description=description, allow_abbrev=False)
    arguments.add_argument("work", nargs="?", help="directory to work in, on the disk to measure (default: a new one)")
    arguments.add_argument("--rounds", type=positive, default=3, help="how often each candidate runs (default 3)")
    arguments.add_argument("--cases", default=",".join(cases), help="some of %(default)s")
    arguments.add_argument("--only", help="candidates to run, by the beginnings of their names: curl,aria2c -x16")
    arguments.add_argument("--peers-only", action="store_true", help="leave Dromedary out")
    arguments.add_argument("--dromedary", default=str(HOME / "dromedary"), help="the launcher to measure")
    arguments.add_argument("--limit", type=positive, default=600, help="seconds a run may take (default 600)")
    arguments.add_argument("--json", help="where the results go (default: bench-NAME-TIME.json in this directory)")
    return arguments


def chosen(text, cases):
    names = [name for name in text.split(",") if name]
    unknown = [name for name in names if name not in cases]
    if unknown or not names:
        sys.exit(f"no such case: {', '.join(unknown) or '(none)'}; there are {', '.join(cases)}")
    return names


def wanted(options, candidates):
    """The candidates that --only leaves."""
    if not options.only:
        return candidates
    names = tuple(name.strip() for name in options.only.split(",") if name.strip())
    return [c for c in candidates if c.name.startswith(names)]


@contextlib.contextmanager
def work_directory(given, needed_bytes):
    """A new directory, in the one given or beside the system's temporary files, removed at the end."""
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda number, frame: sys.exit(128 + number))
    if given:
        pathlib.Path(given).mkdir(parents=True, exist_ok=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix="dromedary-bench-", dir=given)).resolve()
    try:
        free = shutil.disk_usage(work).free
        if free < needed_bytes:
            sys.exit(f"{work} has {free >> 20} MiB free, {needed_bytes >> 20} MiB are needed: name another directory")
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def warm_up(launcher, limit_s=120):
    """Builds Dromedary if need be and waits for its class-data archive, as after any first start."""
    started = time.time()
    version = subprocess.run([launcher, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if version.returncode != 0:
        sys.exit(f"{launcher} --version failed:\n{version.stdout}{version.stderr}")
    places = [pathlib.Path(launcher).resolve().parent / name for name in ("target", "lib")]
    while time.time() < started + limit_s:
        tried = [t for p in places for t in p.glob("*.jsa.tried")]
        # A mark without its archive: still being made, or not to be had, which half a minute tells.
        if all(t.with_suffix("").exists() or t.stat().st_mtime < time.time() - 30 for t in tried):
            return version.stdout.strip()
        time.sleep(0.2)
    return version.stdout.strip()


def versions(launcher):
    known = {
        "curl": ["curl", "--version"],
        "openssl": ["openssl", "version"],
        "rclone": ["rclone", "--version"],
        "aria2c": ["aria2c", "--version"],
        "lftp": ["lftp", "--version"],
        "axel": ["axel", "--version"],
        "nginx": ["nginx", "-v"],
        "java": ["java", "-version"],
    }
    found = {name: report.version_of(command) for name, command in known.items()}
    if launcher:
        found["dromedary"] = report.version_of([launcher, "--version"])
    return {name: version for name, version in found.items() if version}


def finish(name, options, results, launcher, bad):
    """Writes the JSON and gives the exit code: 1 when any run was not ok."""
    path = options.json or f"bench-{name}-{time.strftime('%Y%m%dT%H%M%S')}.json"
    settings = {key: value for key, value in vars(options).items() if key not in ("json", "work", "dromedary")}
    report.write_json(
        path,
        {"bench": name, "machine": report.machine(), "versions": versions(launcher), "settings": settings,
         "cases": results},
    )  # fmt: skip
    print(f"results: {path}")
    for case, candidate, verdict in bad:
        print(f"FAILED  {case}: {candidate}: {verdict}")
    return 1 if bad else 0
