// Session against a real server that is not Node's: nginx, as Debian has it. Skipped where it is missing, unless REQUIRE_ENGINES=1.

import { forEach } from '@sluice/core'
import { ConnectionError, Session } from '@sluice/http'
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

function findNginx(): string | undefined {
  for (const path of ['/usr/sbin/nginx', 'nginx']) {
    try {
      execFileSync(path, ['-v'], { stdio: 'ignore' })
      return path
    } catch {
      // Not there.
    }
  }
  return undefined
}

const nginx = findNginx()
if (nginx === undefined && process.env['REQUIRE_ENGINES'] === '1')
  throw new Error('REQUIRE_ENGINES=1, but nginx is not installed')

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

describe.skipIf(nginx === undefined)('nginx', () => {
  const items = JSON.stringify(Array.from({ length: 5000 }, (_, id) => ({ id, name: `item ${id}` })))
  const folder = mkdtempSync(join(tmpdir(), 'sluice-nginx-'))
  let child: ReturnType<typeof spawn>
  let baseUrl = ''

  beforeAll(async () => {
    const port = await freePort()
    baseUrl = `http://127.0.0.1:${port}`
    mkdirSync(join(folder, 'www'))
    writeFileSync(join(folder, 'www', 'items.json'), items)
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
       events { worker_connections 512; }
       http {
         access_log off; types { application/json json; } default_type text/plain; gzip on; gzip_types application/json; gzip_min_length 100;
         client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
         limit_req_zone $binary_remote_addr zone=one:1m rate=20r/s;
         server {
           listen 127.0.0.1:${port}; root ${folder}/www; keepalive_requests 50; keepalive_timeout 1s; large_client_header_buffers 2 2k;
           location /moved { return 301 /items.json; }
           location /limited { limit_req zone=one burst=5 nodelay; limit_req_status 429; try_files /items.json =404; }
           location /drop { return 444; }
           location /teapot { return 418 "short and stout"; }
         }
       }`,
    )
    child = spawn(nginx!, ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], { stdio: 'ignore' })
    await using session = new Session({ baseUrl })
    for (let i = 0; ; i++) {
      try {
        await (await session.get('/items.json')).dump()
        return
      } catch (error) {
        if (i === 100) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  })
  afterAll(async () => {
    const ended = new Promise((resolve) => {
      child.once('exit', resolve)
    })
    child.kill()
    await ended
    rmSync(folder, { recursive: true })
  })

  test('serves compressed files, partial ones, and none when nothing changed', async () => {
    await using session = new Session({ baseUrl })
    const response = await session.get('/moved')
    expect(response).toMatchObject({ status: 200, redirected: true, url: `${baseUrl}/items.json` })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(await response.text()).toBe(items)
    const part = await session.get('/items.json', { headers: { range: 'bytes=0-9', 'accept-encoding': undefined } })
    expect([part.status, await part.text()]).toEqual([206, items.slice(0, 10)])
    const headers = { 'if-modified-since': part.headers.get('last-modified') }
    const same = await session.get('/items.json', { headers })
    expect([same.status, await same.text()]).toEqual([304, ''])
    expect(await (await session.head('/items.json')).text()).toBe('')
    expect(await (await session.get('/teapot')).text()).toBe('short and stout')
  })

  test('closes a connection after 50 requests and after a second: nobody notices', { timeout: 60_000 }, async () => {
    await using session = new Session({ baseUrl, connections: 10 })
    const numbers = Array.from({ length: 600 }, (_, i) => i)
    const get = async (): Promise<void> => {
      expect(await (await session.get('/items.json')).text()).toHaveLength(items.length)
    }
    await forEach(numbers, get, { concurrency: 20 })
    expect(session.statistics()).toMatchObject({ requests: 600, failed: 0 })
    expect(session.statistics().connected).toBeGreaterThanOrEqual(12)
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      await get()
    }
    expect(session.statistics().failed).toBe(0)
  })

  test('says 429, and drops connections without an answer', async () => {
    await using session = new Session({ baseUrl })
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await session.get('/limited')
        await response.dump()
        return response.status
      }),
    )
    expect(statuses).toContain(200)
    expect(statuses).toContain(429)
    await expect(session.get('/drop')).rejects.toThrow(ConnectionError)
    expect((await session.get('/items.json', { headers: { 'x-huge': 'x'.repeat(5000) } })).status).toBe(400)
  })
})
