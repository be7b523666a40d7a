import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Redis for a test. */
export interface RedisServer {
  readonly url: string
  /** Ends it, if it is the test's own. */
  stop(): Promise<void>
}

/** Whether there is a Redis: the server named by `REDIS_URL`, or `redis-server` on PATH. With `REQUIRE_ENGINES=1` there must be one. */
export function hasRedis(): boolean {
  if (process.env['REDIS_URL'] !== undefined || hasProgram()) return true
  if (process.env['REQUIRE_ENGINES'] === '1')
    throw new Error('REQUIRE_ENGINES=1, but redis-server is not installed and REDIS_URL is not set')
  return false
}

function hasProgram(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The server named by `REDIS_URL`, which others may use as well; otherwise one of the test's own, on a private port and without anything on disk. */
export async function startRedis(): Promise<RedisServer> {
  const url = process.env['REDIS_URL']
  return url === undefined ? startOwnRedis() : { url, stop: async () => {} }
}

/** A server that the test may kill. Needs `redis-server` on PATH. */
export async function startOwnRedis(): Promise<RedisServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'sluice-redis-'))
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  await new Promise<void>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('Ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`redis-server ended: ${text}`)))
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as net.AddressInfo
  await new Promise<unknown>((resolve) => {
    server.close(resolve)
  })
  return port
}
