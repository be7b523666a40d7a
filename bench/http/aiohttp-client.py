# client.mjs with Python's aiohttp: `python3 aiohttp-client.py URL CONCURRENCY`.
import asyncio, json, resource, sys, time
import aiohttp

url, concurrency = sys.argv[1], int(sys.argv[2])


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

        for line in sys.stdin:
            count = int(line)
            cpu, started = time.process_time(), time.perf_counter()
            await run(count)
            seconds, used = time.perf_counter() - started, time.process_time() - cpu
            rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            result = {"rate": count / seconds, "cpu": used / count * 1e6, "rss": rss, "version": aiohttp.__version__}
            print(json.dumps(result), flush=True)


asyncio.run(main())
