import { Semaphore, type Permit, type PermitOutcome, type PermitSource } from '@sluice/core'
import { describe, expect, test } from 'vitest'
import { sendJson, testServer, until } from '../test/test-server.ts'
import { Session } from './session.ts'

describe('concurrency', () => {
  test('as a number limits requests in flight, whatever the connections', async () => {
    let running = 0
    let most = 0
    await using server = await testServer((_, response) => {
      most = Math.max(most, ++running)
      setTimeout(() => {
        running--
        sendJson(response, 1)
      }, 2)
    })
    await using session = new Session({ baseUrl: server.url, concurrency: 3 })
    await Promise.all(Array.from({ length: 30 }, async () => (await session.get('/')).json()))
    expect(most).toBe(3)
  })

  test('as a source shares one budget between sessions, and every permit comes back', async () => {
    const source = new Semaphore(2)
    let running = 0
    let most = 0
    await using server = await testServer((request, response) => {
      most = Math.max(most, ++running)
      response.on('close', () => running--)
      if (request.url !== '/never') setTimeout(() => sendJson(response, 1), 2)
    })
    await using one = new Session({ baseUrl: server.url, concurrency: source })
    await using two = new Session({ baseUrl: server.url, concurrency: source })
    const controller = new AbortController()
    const all = Promise.allSettled(
      Array.from({ length: 30 }, (_, i) => {
        const session = i % 2 === 0 ? one : two
        if (i % 5 === 0) return session.get('/never', { timeout: 40 })
        if (i % 5 === 1) return session.get('/', { signal: controller.signal })
        return session.get('/').then((response) => response.json())
      }),
    )
    await until(() => running > 0)
    controller.abort(new Error('no longer'))
    await all
    await until(() => one.statistics().inFlight + two.statistics().inFlight === 0)
    expect(most).toBeLessThanOrEqual(2)
    expect(
      [source.tryAcquire(), source.tryAcquire(), source.tryAcquire()].map((permit) => permit !== undefined),
    ).toEqual([true, true, false])
  })

  test('hears how each request ended', async () => {
    const outcomes: (PermitOutcome | undefined)[] = []
    const source: PermitSource = {
      limit: 1,
      tryAcquire: (): Permit => ({ release: (outcome) => outcomes.push(outcome), [Symbol.dispose]() {} }),
      acquire: () => Promise.reject(new Error('not needed')),
    }
    await using server = await testServer((request, response) => {
      if (request.url === '/never') return
      if (request.url === '/reset') request.socket.resetAndDestroy()
      else response.writeHead(Number(request.url!.slice(1))).end()
    })
    await using session = new Session({ baseUrl: server.url, concurrency: source })
    for (const path of ['/200', '/404', '/429', '/503', '/500']) await (await session.get(path)).dump()
    await session.get('/reset').catch(() => {})
    await session.get('/never', { timeout: 20 }).catch(() => {})
    await session.get('/never', { signal: AbortSignal.abort(new Error('mine')) }).catch(() => {})
    expect(outcomes).toEqual(['success', 'success', 'drop', 'drop', 'success', 'drop', 'drop'])
  })

  test('ends the wait for a permit with the request', async () => {
    const source = new Semaphore(1)
    using permit = source.tryAcquire()!
    const session = new Session({ baseUrl: 'http://127.0.0.1:1', concurrency: source })
    await expect(session.get('/', { timeout: 30 })).rejects.toMatchObject({ limit: 'total', phase: 'queue' })
    const reason = new Error('mine')
    const controller = new AbortController()
    const waiting = session.get('/', { signal: controller.signal })
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    const last = session.get('/')
    await Promise.all([session.close({ graceMs: 0 }), expect(last).rejects.toThrow('the session was closed')])
    permit.release()
    expect(source.tryAcquire()).toBeDefined()
  })
})
