"""Large files of which the disk holds little: a stamp at the start of each MiB, and holes between."""
import os
import pathlib
import random

MIB = 1 << 20
STAMP_BYTES = 64
WHOLE_BLOCKS = 256


def stamp(number, offset):
    """What stands at an offset of a file, so that a byte at another place, or of another file, shows."""
    return random.Random(number << 44 | offset).randbytes(STAMP_BYTES)


def make(path, size, number):
    with open(path, "wb") as out:
        out.truncate(size)
        for offset in range(0, size, MIB):
            out.seek(offset)
            out.write(stamp(number, offset)[: size - offset])


def on_disk(size):
    """What a file of this size takes of the disk it is served from: a block of 4 KiB for each stamp."""
    return (size // MIB + 1) * 4096


def verdict(path, size, number, every_block):
    """Says "ok", or what is wrong: its length, each stamp, and of some MiB, or of every one, each byte."""
    path = pathlib.Path(path)
    if not path.is_file():
        return "no file"
    if path.stat().st_size != size:
        return "wrong length"
    offsets = range(0, size, MIB)
    whole = set(offsets if every_block else random.Random(number).sample(offsets, min(WHOLE_BLOCKS, len(offsets))))
    with open(path, "rb") as landed:
        for offset in offsets:
            length = min(MIB, size - offset)
            expected = stamp(number, offset)[:length]
            if offset in whole:
                expected = expected.ljust(length, b"\0")
            landed.seek(offset)
            if landed.read(len(expected)) != expected:
                return f"wrong bytes in the MiB at {offset}"
        os.posix_fadvise(landed.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return "ok"
