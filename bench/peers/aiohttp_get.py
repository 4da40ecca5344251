"""The loop a Python user writes: aiohttp_get.py URL FILE [SHA256_HEX] [CA_FILE], body in pieces of 1 MiB."""
import asyncio
import hashlib
import ssl
import sys

import aiohttp


async def fetch(url, target, expected, ca_file):
    digest = hashlib.sha256() if expected else None
    context = ssl.create_default_context(cafile=ca_file) if ca_file else True
    timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as session:
        async with session.get(url, ssl=context) as response:
            response.raise_for_status()
            with open(target, "wb") as out:
                async for piece in response.content.iter_chunked(1 << 20):
                    out.write(piece)
                    if digest:
                        digest.update(piece)
    if digest and digest.hexdigest() != expected:
        sys.exit(f"{target} has another digest: {digest.hexdigest()}")


arguments = dict(enumerate(sys.argv))
asyncio.run(fetch(sys.argv[1], sys.argv[2], arguments.get(3), arguments.get(4)))
