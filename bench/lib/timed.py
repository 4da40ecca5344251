"""Runs one command and writes what it took as JSON: timed.py RESULT LIMIT_S COMMAND...

A process of its own, started with -I -S to stay small: Linux counts the memory of the process that starts a
command into the peak of that command, so whoever measures must be smaller than what is measured (here about
9 MiB, the smallest peak this can show). What the command starts and waits for is counted in.
"""
import os
import signal
import sys
import time


def main():
    result, limit_s, command = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    started, started_at = time.monotonic(), time.time()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        try:
            os.execvp(command[0], command)
        except OSError as e:
            os.write(2, f"{command[0]}: {e.strerror}\n".encode())
        os._exit(127)

    timed_out = []

    def kill(signum, frame):
        timed_out.append(signum == signal.SIGALRM)
        os.killpg(pid, signal.SIGKILL)

    for signum in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, kill)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    _, status, used = os.wait4(pid, 0)
    wall_s = time.monotonic() - started
    code = os.waitstatus_to_exitcode(status)
    with open(result, "w") as out:
        out.write(
            f'{{"started": {started}, "started_at": {started_at}, "wall_s": {wall_s}, "cpu_s": {used.ru_utime + used.ru_stime}, '
            f'"user_s": {used.ru_utime}, "sys_s": {used.ru_stime}, "peak_rss_kib": {used.ru_maxrss}, '
            f'"exit_code": {code}, "timed_out": {"true" if any(timed_out) else "false"}}}\n'
        )


main()
