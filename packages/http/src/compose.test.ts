import { expect, test } from 'vitest'
import { sendJson, testServer } from '../test/test-server.ts'
import { Session } from './session.ts'
import type { Middleware } from './types.ts'

test('middleware is an onion: the first is the outermost, and next may be called again, or not at all', async () => {
  await using server = await testServer((request, response) => sendJson(response, request.headers))
  const log: string[] = []
  const layer =
    (name: string): Middleware =>
    async (request, next) => {
      log.push(`${name} in`)
      const response = await next(request)
      log.push(`${name} out`)
      return response
    }
  const twice: Middleware = async (request, next) => {
    await (await next(request)).dump()
    request.attempt++
    return next(request)
  }
  const stamp: Middleware = (request, next) => {
    request.headers.set('x-attempt', String(request.attempt))
    return next({ ...request, url: `${request.url}?stamped` })
  }
  await using session = new Session({ baseUrl: server.url, middleware: [layer('a'), twice, layer('b'), stamp] })
  const response = await session.get('/x')
  expect(log).toEqual(['a in', 'b in', 'b out', 'b in', 'b out', 'a out'])
  expect(await response.json()).toMatchObject({ 'x-attempt': '2' })
  expect(server.requests.map(({ url }) => url)).toEqual(['/x?stamped', '/x?stamped'])
  // What one request changes is its own.
  await using plain = new Session({ baseUrl: server.url })
  expect(await (await plain.get('/')).json()).not.toHaveProperty('x-attempt')
})

test('what a layer throws is what the caller gets, at once or later, and the session can be closed', async () => {
  const session = new Session({
    baseUrl: 'http://127.0.0.1:1',
    middleware: [
      (request) => {
        const error = new Error(`not ${request.url.slice(-1)}`)
        if (request.url.endsWith('a')) throw error
        return Promise.reject(error)
      },
    ],
  })
  await expect(session.get('/a')).rejects.toThrow('not a')
  await expect(session.get('/b')).rejects.toThrow('not b')
  await session.close()
})
