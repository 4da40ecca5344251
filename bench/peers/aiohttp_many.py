"""What a Python user writes for many files: aiohttp_many.py DIRECTORY URL..., all at once, pieces of 64 KiB."""
import asyncio
import pathlib
import sys
from urllib.parse import urlsplit

import aiohttp


async def fetch(session, url, directory):
    target = directory / pathlib.PurePosixPath(urlsplit(url).path).name
    async with session.get(url) as response:
        response.raise_for_status()
        with open(target, "wb") as out:
            async for piece in response.content.iter_chunked(1 << 16):
                out.write(piece)


async def main(directory, urls):
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout, auto_decompress=False) as session:
        await asyncio.gather(*(fetch(session, url, directory) for url in urls))


asyncio.run(main(pathlib.Path(sys.argv[1]), sys.argv[2:]))
