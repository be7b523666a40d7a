# The same measurement with Python's aiohttp: `python3 aiohttp-client.py URL REQUESTS CONCURRENCY`.
import asyncio, json, resource, sys, time
import aiohttp

url, requests, concurrency = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


async def main():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency)) as session:
        async def once():
            async with session.get(url) as response:
                return await response.json()

        async def run(count):
            left = iter(range(count))

            async def worker():
                for _ in left:
                    await once()

            await asyncio.gather(*(worker() for _ in range(concurrency)))

        await run(2 * concurrency)
        cpu, started = time.process_time(), time.perf_counter()
        await run(requests)
        seconds, used = time.perf_counter() - started, time.process_time() - cpu
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"rate": requests / seconds, "cpu": used / requests * 1e6, "rss": rss, "version": aiohttp.__version__}))


asyncio.run(main())
