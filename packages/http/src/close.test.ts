import { AbortError, ClosedError } from '@sluice/core'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendJson, testServer, until } from '../test/test-server.ts'
import { Session } from './session.ts'

describe('leaving the scope', () => {
  test('waits for what is in flight, reading included', async () => {
    await using server = await testServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('[')
      setTimeout(() => response.end('1]'), 60)
    })
    let result: unknown
    {
      await using session = new Session({ baseUrl: server.url })
      void session
        .get('/')
        .then((response) => response.json())
        .then((value) => (result = value))
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    expect(result).toEqual([1])
  })

  test('waits for those in the queue as well', async () => {
    await using server = await testServer((_, response) => void setTimeout(() => sendJson(response, 1), 10))
    const done: number[] = []
    {
      await using session = new Session({ baseUrl: server.url, connections: 1 })
      for (let i = 0; i < 5; i++) void session.get('/').then(() => done.push(i))
    }
    await Promise.resolve()
    expect(done).toEqual([0, 1, 2, 3, 4])
  })

  test('aborts what is still in flight after graceMs', async () => {
    await using server = await testServer(() => {})
    const session = new Session({ baseUrl: server.url, connections: 2, graceMs: 50 })
    const ends = Promise.allSettled(Array.from({ length: 4 }, () => session.get('/')))
    await until(() => server.requests.length === 2)
    const started = performance.now()
    await session.close()
    expect(performance.now() - started).toBeGreaterThan(45)
    for (const end of await ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: expect.any(AbortError) })
    }
    expect(session.statistics()).toMatchObject({ open: 0, waiting: 0, inFlight: 0 })
    await until(() => server.sockets.size === 0)
  })

  test('with graceMs: 0 aborts at once', async () => {
    await using server = await testServer(() => {})
    const session = new Session({ baseUrl: server.url })
    const end = session.get('/').catch((reason: unknown) => reason)
    await session.close({ graceMs: 0 })
    expect(await end).toBeInstanceOf(AbortError)
  })

  test('while a connection is being opened, or before undici is loaded, leaves nothing', async () => {
    await using server = await testServer((_, response) => sendJson(response, 1))
    for (const wait of [0, 1, 2, 5]) {
      const session = new Session({ baseUrl: server.url })
      const end = session.get('/').catch((reason: unknown) => reason)
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      await session.close({ graceMs: 0 })
      await end
      expect(session.statistics()).toMatchObject({ open: 0, waiting: 0, inFlight: 0 })
    }
    await until(() => server.sockets.size === 0)
  })

  test('twice is once, and then nothing is sent any more', async () => {
    await using server = await testServer((_, response) => sendJson(response, 1))
    const session = new Session({ baseUrl: server.url })
    await (await session.get('/')).json()
    await Promise.all([session.close(), session.close(), session[Symbol.asyncDispose]()])
    await expect(session.get('/')).rejects.toThrow(ClosedError)
  })

  test('waits for middleware, which may still send, and tells it to stop when the grace is over', async () => {
    await using server = await testServer((_, response) => sendJson(response, 1))
    const twice = new Session({
      baseUrl: server.url,
      middleware: [
        async (request, next) => {
          await (await next(request)).dump()
          await new Promise((resolve) => setTimeout(resolve, 40))
          return next(request)
        },
      ],
    })
    const end = twice.get('/').then((response) => response.json())
    await twice.close()
    expect(await end).toBe(1)
    const stuck = new Session({
      baseUrl: server.url,
      graceMs: 30,
      middleware: [
        (request) =>
          new Promise((_, reject) =>
            request.scope!.addEventListener('abort', () => reject(request.scope!.reason as Error)),
          ),
      ],
    })
    const never = stuck.get('/').catch((reason: unknown) => reason)
    await stuck.close()
    expect(await never).toBeInstanceOf(AbortError)
  })
})

describe('a process ends by itself', () => {
  // Node alone cannot read the sources; one file of them all can be run anywhere.
  const folder = mkdtempSync(join(tmpdir(), 'sluice-http-'))
  const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url))
  beforeAll(async () => {
    const bundle = await rolldown({
      input: fileURLToPath(new URL('session.ts', import.meta.url)),
      external: ['undici', 'tough-cookie'],
      platform: 'node',
      resolve: { conditionNames: ['@sluice/source', 'import', 'node', 'default'] },
    })
    await bundle.write({
      dir: folder,
      format: 'esm',
      entryFileNames: 'session.mjs',
      paths: { undici: `${modules}undici/index.js`, 'tough-cookie': `${modules}tough-cookie/dist/index.js` },
    })
    await bundle.close()
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Runs `code` with a server and `Session` at hand; the milliseconds from its last line to its end. */
  const run = async (code: string): Promise<{ output: string; ms: number }> => {
    await using server = await testServer(
      (_, response) => void setTimeout(() => sendJson(response, { a: 'x'.repeat(200_000) }), 5),
    )
    const source = `import { Session } from ${JSON.stringify(`file://${folder}/session.mjs`)}
      const url = ${JSON.stringify(server.url)}
      ${code}
      const ended = Date.now()
      process.on('exit', () => console.log(JSON.stringify({ ms: Date.now() - ended, left: process.getActiveResourcesInfo() })))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source], {
      timeout: 30_000,
    })
    const lines = stdout.trim().split('\n')
    const { ms, left } = JSON.parse(lines.pop()!) as { ms: number; left: string[] }
    expect(left.filter((name) => /socket|timer|timeout|tcp|tls/i.test(name))).toEqual([])
    return { output: lines.join('\n'), ms }
  }

  test('after the scope', async () => {
    const { output, ms } = await run(`
      const session = new Session()
      for (let i = 0; i < 3; i++) await Promise.all(Array.from({ length: 10 }, async () => (await session.get(url)).json()))
      await session.get(url)
      console.log(session.statistics().requests)
      await session.close()
      console.log(process.getActiveResourcesInfo().filter((name) => /TCP|Timeout/.test(name)).join())
    `)
    expect(output).toBe('31\n')
    expect(ms).toBeLessThan(500)
  })

  test('also when somebody forgot the scope: connections at rest hold nobody', async () => {
    const { ms } = await run(`
      const session = new Session({ timeout: { total: 60_000, connect: 50_000, headers: 50_000, body: 50_000 } })
      await Promise.all(Array.from({ length: 5 }, async () => (await session.get(url)).json()))
    `)
    expect(ms).toBeLessThan(1000)
  })

  test('after aborts and time limits', async () => {
    const { output } = await run(`
      const session = new Session({ connections: 3 })
      const controller = new AbortController()
      const all = Array.from({ length: 20 }, (_, i) => session.get(url, i % 2 ? { signal: controller.signal } : { timeout: 3 }))
      setTimeout(() => controller.abort(new Error('enough')), 2)
      const ends = await Promise.allSettled(all)
      await session.close()
      console.log(ends.length)
    `)
    expect(output).toBe('20')
  })
})
