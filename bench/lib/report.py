"""Medians, ratios and the JSON of a bench."""
import json
import os
import platform
import statistics
import subprocess
import time


def median(runs, key):
    values = [r[key] for r in runs if r.get(key) is not None and r["verdict"] == "ok"]
    return statistics.median(values) if values else None


def failures(runs_by_name):
    """Every run that was not ok, as (candidate, verdict)."""
    return [(name, r["verdict"]) for name, runs in runs_by_name.items() for r in runs if r["verdict"] != "ok"]


def table(title, candidates, runs_by_name, size=None):
    """A case as text: medians, and ratios to the best peer of each column (below 1 is better than the best peer)."""
    peers = [c.name for c in candidates if c.kind == "peer" and runs_by_name.get(c.name)]

    def best(key):
        values = [m for m in (median(runs_by_name[p], key) for p in peers) if m]
        return min(values) if values else None

    best_wall, best_after, best_cpu, best_rss = best("wall_s"), best("after_s"), best("cpu_s"), best("peak_rss_kib")
    rows = [["", "wall s", "min–max", "MB/s", "start s", "after s", "asked", "CPU s", "RSS MiB"]]
    rows[0] += ["wall/peer", "after/peer", "CPU/peer", "RSS/peer", ""]
    for c in candidates:
        runs = runs_by_name.get(c.name)
        if not runs:
            rows.append([c.name] + ["–"] * 12 + [f"{c.needs} is not installed"])
            continue
        bad = [r["verdict"] for r in runs if r["verdict"] != "ok"]
        good = [r["wall_s"] for r in runs if r["verdict"] == "ok"]
        wall, start, after, requests = (median(runs, k) for k in ("wall_s", "start_s", "after_s", "requests"))
        cpu, rss = (median(runs, k) for k in ("cpu_s", "peak_rss_kib"))
        rows.append(
            [
                c.name,
                number(wall, 3),
                f"{min(good):.2f}–{max(good):.2f}" if good else "–",
                number(size / wall / 1e6 if size and wall else None, 0),
                number(start, 2),
                number(after, 2),
                number(requests, 0),
                number(cpu, 2),
                number(rss / 1024 if rss else None, 0),
                ratio(wall, best_wall),
                ratio(after, best_after),
                ratio(cpu, best_cpu),
                ratio(rss, best_rss),
                ", ".join(bad).upper() or {"floor": "lower bound", "ours": "", "peer": ""}[c.kind],
            ]
        )
    return f"{title}\n{align(rows)}\n"


def number(value, digits):
    return "–" if value is None else f"{value:.{digits}f}"


def ratio(value, best):
    return "–" if not value or not best else f"{value / best:.2f}"


def align(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(row[1:-1], widths[1:-1])] + [row[-1]]).rstrip()
        for row in rows
    )


def machine():
    """What the numbers depend on besides the candidates."""
    model = ""
    try:
        with open("/proc/cpuinfo") as info:
            model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), "")
    except OSError:
        pass
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "cpus": os.cpu_count(),
        "cpu": model,
        "system": f"{platform.system()} {platform.release()}",
        "load": os.getloadavg(),
    }


def version_of(command):
    """The first line a program says about its version, or None."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return next((line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()), None)


def write_json(path, data):
    with open(path, "w") as out:
        json.dump(data, out, indent=2)
        out.write("\n")
