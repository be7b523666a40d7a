import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { bodyOf, sendJson, testServer, until } from '../test/test-server.ts'
import { Session } from './session.ts'
import type { Middleware } from './types.ts'

/** Answers with what it got. */
const echo = () =>
  testServer((request, response) => {
    void bodyOf(request).then((body) =>
      sendJson(response, {
        method: request.method,
        type: request.headers['content-type'],
        length: request.headers['content-length'],
        encoding: request.headers['transfer-encoding'],
        body: body.toString(),
        url: request.url,
      }),
    )
  })

interface Echo {
  method: string
  type?: string
  length?: string
  encoding?: string
  body: string
  url: string
}

describe('a request body', () => {
  test('as JSON, form and bytes', async () => {
    await using server = await echo()
    await using session = new Session({ baseUrl: server.url })
    const send = async (options: Parameters<Session['post']>[1]): Promise<Echo> =>
      (await session.post('/', options)).json()
    expect(await send({ json: { a: [1, 'ü'] } })).toMatchObject({
      type: 'application/json',
      length: '14',
      body: '{"a":[1,"ü"]}',
    })
    expect(await send({ json: null })).toMatchObject({ body: 'null' })
    expect(await send({ json: 1, headers: { 'content-type': 'application/merge-patch+json' } })).toMatchObject({
      type: 'application/merge-patch+json',
    })
    expect(await send({ form: { a: 'x y', b: [1, 2], c: undefined } })).toMatchObject({
      type: 'application/x-www-form-urlencoded',
      body: 'a=x%20y&b=1&b=2',
    })
    expect(await send({ body: 'text' })).toMatchObject({ type: 'text/plain;charset=UTF-8', body: 'text' })
    expect(await send({ body: new URLSearchParams({ q: '1' }) })).toMatchObject({ body: 'q=1' })
    expect(await send({ body: new Uint8Array([65, 66]) })).toMatchObject({ length: '2', body: 'AB' })
    expect(await send({ body: new Uint8Array([67, 68]).buffer })).toMatchObject({ body: 'CD' })
    expect(await send({ body: new Blob(['blob'], { type: 'image/x' }) })).toMatchObject({
      type: 'image/x',
      body: 'blob',
    })
    expect(await send({})).toMatchObject({ length: '0', body: '' })
  })

  test('as multipart', async () => {
    await using server = await echo()
    await using session = new Session({ baseUrl: server.url })
    const got = await (
      await session.post('/', {
        multipart: { name: 'Ann', file: new File(['content'], 'a.txt', { type: 'text/plain' }) },
      })
    ).json<Echo>()
    expect(got.type).toMatch(/^multipart\/form-data; boundary=/)
    expect(got.body).toContain('name="name"\r\n\r\nAnn\r\n')
    expect(got.body).toContain('name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\ncontent\r\n')
    const data = new FormData()
    data.append('x', '1')
    expect((await (await session.post('/', { multipart: data })).json<Echo>()).body).toContain('name="x"')
  })

  test('as stream: Node, web and generators', async () => {
    await using server = await echo()
    await using session = new Session({ baseUrl: server.url })
    const parts = async function* () {
      yield 'one '
      await new Promise((resolve) => setTimeout(resolve, 5))
      yield Buffer.from('two')
    }
    for (const body of [
      parts(),
      Readable.from(['one ', 'two'], { objectMode: false }),
      ReadableStream.from([Buffer.from('one '), Buffer.from('two')]),
      ['one ', 'two'],
    ])
      expect(await (await session.put('/', { body })).json<Echo>()).toMatchObject({
        encoding: 'chunked',
        body: 'one two',
      })
  })

  test('that fails is the error of the request, and costs only its connection', async () => {
    await using server = await echo()
    await using session = new Session({ baseUrl: server.url })
    const broken = async function* () {
      yield 'one'
      throw new Error('disk full')
    }
    const error = await session.post('/', { body: broken() }).catch((reason: unknown) => reason as Error)
    expect(error).toMatchObject({ name: 'HttpError', cause: { message: 'disk full' } })
    expect((await session.get('/')).status).toBe(200)
  })

  test('as a stream that is never sent gives back what it holds', async () => {
    await using server = await testServer((request, response) => {
      if (request.url === '/slow') setTimeout(() => response.end(), 300)
      else response.end()
    })
    const refuse: Middleware = (request, next) =>
      request.url.endsWith('/refused') ? Promise.reject(new Error('refused')) : next(request)
    await using session = new Session({ baseUrl: server.url, connections: 1, middleware: [refuse] })
    const slow = session.get('/slow')
    const controller = new AbortController()
    let cancelled: unknown
    const streams = [
      new Readable({ read() {} }),
      new Readable({ read() {} }),
      new ReadableStream({ cancel: (reason) => void (cancelled = reason ?? 'cancelled') }),
    ]
    const ends = [
      session.post('/', { body: streams[0] as Readable, timeout: 20 }),
      session.post('/refused', { body: streams[1] as Readable }),
      session.post('/', { body: streams[2] as ReadableStream<Uint8Array>, signal: controller.signal }),
    ].map((sent) => sent.catch((error: Error) => error.name))
    controller.abort(new Error('mine'))
    expect(await Promise.all(ends)).toEqual(['RequestTimeoutError', 'Error', 'Error'])
    expect(streams.slice(0, 2).map((stream) => (stream as Readable).destroyed)).toEqual([true, true])
    await until(() => cancelled !== undefined)
    await slow
  })

  test('that the server does not want to the end: its answer arrives, and the stream is given back', async () => {
    await using server = await testServer((request, response) => {
      response.writeHead(413, { connection: 'close' }).end('too much')
      setTimeout(() => request.socket.destroy(), 50)
    })
    await using session = new Session({ baseUrl: server.url, timeout: 5000 })
    const body = new Readable({
      read() {
        setTimeout(() => this.push(Buffer.alloc(65_536)), 1)
      },
    })
    const response = await session.post('/', { body })
    expect([response.status, await response.text()]).toEqual([413, 'too much'])
    await until(() => body.destroyed)
    await until(() => session.statistics().open === 0)
  })

  test('that makes no sense is refused at once', async () => {
    await using session = new Session({ baseUrl: 'http://127.0.0.1:1' })
    await expect(session.post('/', { json: 1, body: 'x' })).rejects.toThrow(
      'a request has one body: give json or body, not both',
    )
    await expect(session.post('/', { json: () => {} })).rejects.toThrow(
      /json must be something that JSON can hold, not function/,
    )
    await expect(session.post('/', { body: { a: 1 } as never })).rejects.toThrow(
      /body must be a string, bytes.*use json for plain objects/,
    )
    await expect(session.post('/', { multipart: { a: 1 as never } })).rejects.toThrow(
      /multipart.a must be a string or a Blob, not 1/,
    )
    await expect(session.post('/', { form: { a: {} as never } })).rejects.toThrow(/form.a must be a string, number/)
  })
})

describe('a response body', () => {
  const big = Buffer.alloc(3_000_000, 'abcdefgh')

  test('is one promise away when it came with the head, and may be read repeatedly', async () => {
    await using server = await testServer((_, response) => sendJson(response, { a: 'ü' }))
    await using session = new Session()
    const response = await session.get(server.url)
    for (let i = 0; i < 2; i++) {
      expect(await response.json()).toEqual({ a: 'ü' })
      expect(await response.text()).toBe('{"a":"ü"}')
      expect((await response.bytes()).byteLength).toBe(10)
    }
    const chunks: Uint8Array[] = []
    for await (const chunk of response.body) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe('{"a":"ü"}')
  })

  test('of any size arrives whole, as bytes and as stream', async () => {
    await using server = await testServer((_, response) => response.end(big))
    await using session = new Session()
    expect(Buffer.compare(await (await session.get(server.url)).bytes(), big)).toBe(0)
    const chunks: Uint8Array[] = []
    for await (const chunk of (await session.get(server.url)).body) chunks.push(chunk)
    expect(Buffer.compare(Buffer.concat(chunks), big)).toBe(0)
    expect(session.statistics()).toMatchObject({ open: 1, idle: 1, reused: 1, bytes: 2 * big.length })
  })

  test('streams at the pace of its reader', async () => {
    let written = 0
    await using server = await testServer((_, response) => {
      const more = (): void => {
        while (written < 50_000_000 && response.write(big)) written += big.length
        written += big.length
      }
      response.on('drain', more)
      more()
    })
    await using session = new Session()
    for await (const chunk of (await session.get(server.url)).body) {
      expect(chunk.byteLength).toBeGreaterThan(0)
      await new Promise((resolve) => setTimeout(resolve, 100))
      break
    }
    expect(written).toBeLessThan(30_000_000)
    await until(() => server.sockets.size === 0)
    expect(session.statistics()).toMatchObject({ open: 0, inFlight: 0 })
  })

  test('is handed over as stream once', async () => {
    await using server = await testServer((_, response) => response.end(big))
    await using session = new Session()
    const response = await session.get(server.url)
    const reader = response.body[Symbol.asyncIterator]()
    await reader.next()
    await expect(response.text()).rejects.toThrow(/handed over as a stream/)
    await expect(response.body[Symbol.asyncIterator]().next()).rejects.toThrow(/handed over as a stream/)
    await reader.return?.()
  })

  test('that is thrown away frees its connection: drained if short, cut if long', async () => {
    await using server = await testServer((request, response) =>
      response.end(request.url === '/big' ? big : big.subarray(0, 100_000)),
    )
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    const response = await session.get('/small')
    await response.dump()
    await expect(response.text()).rejects.toThrow(/thrown away \(dump\)/)
    expect(session.statistics()).toMatchObject({ open: 1, idle: 1 })
    await (await session.get('/big')).dump()
    expect(session.statistics()).toMatchObject({ open: 0, inFlight: 0, connected: 1 })
    await (await session.get('/small')).dump()
    expect(session.statistics()).toMatchObject({ connected: 2 })
  })

  test(
    'that nobody reads holds no connection that somebody needs, and can be read later',
    { timeout: 10_000 },
    async () => {
      await using server = await testServer((request, response) =>
        response.end(request.url === '/small' ? 'small' : big.subarray(0, 500_000)),
      )
      await using session = new Session({ baseUrl: server.url, connections: 1, timeout: 5000 })
      const unread = await session.get('/')
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(await (await session.get('/small')).text()).toBe('small')
      expect(await unread.text()).toHaveLength(500_000)
      // Nobody needs the connection: the rest stays with the server.
      const alone = await session.get('/')
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(session.statistics()).toMatchObject({ inFlight: 1, idle: 0 })
      expect(await alone.text()).toHaveLength(500_000)
      // All first, then reading: more responses than connections.
      const responses = await Promise.all(Array.from({ length: 5 }, () => session.get('/')))
      for (const response of responses) {
        let size = 0
        for await (const chunk of response.body) size += chunk.byteLength
        expect(size).toBe(500_000)
      }
      expect(session.statistics()).toMatchObject({ connected: 1, waiting: 0, inFlight: 0 })
    },
  )

  test('that nobody reads is cut at the end of the scope', async () => {
    await using server = await testServer((_, response) => response.end(big))
    const started = performance.now()
    {
      await using session = new Session({ baseUrl: server.url })
      for (let i = 0; i < 5; i++) expect((await session.get('/')).status).toBe(200)
    }
    expect(performance.now() - started).toBeLessThan(3000)
    await until(() => server.sockets.size === 0)
  })

  test('in another charset, and with a byte order mark', async () => {
    await using server = await testServer((request, response) => {
      const [body, type] = {
        '/latin1': [Buffer.from('"\xfc"', 'latin1'), 'application/json; charset=ISO-8859-1'],
        '/utf16': [Buffer.from('"ü"', 'utf16le'), 'text/plain; charset="utf-16le"'],
        '/bom': [Buffer.from('\ufeff"ü"'), 'application/json;charset=UTF-8'],
        '/unknown': [Buffer.from('x'), 'text/plain; charset=klingon'],
      }[request.url!]!
      response.writeHead(200, { 'content-type': type as string }).end(body)
    })
    await using session = new Session({ baseUrl: server.url })
    for (const path of ['/latin1', '/utf16', '/bom']) expect(await (await session.get(path)).json(), path).toBe('ü')
    await expect((await session.get('/unknown')).text()).rejects.toThrow(
      /the charset "klingon" is not known, status 200/,
    )
  })

  test('goes through a parser of one’s own, of the session or the request', async () => {
    await using server = await testServer((_, response) => sendJson(response, { a: 1 }))
    await using session = new Session({ baseUrl: server.url, parseJson: (text) => ({ length: text.length }) })
    expect(await (await session.get('/')).json()).toEqual({ length: 7 })
    expect(await (await session.get('/', { parseJson: (text) => [text] })).json()).toEqual(['{"a":1}'])
  })

  test('that is not JSON says where, and how it begins', async () => {
    const text = `{"users":[${'"x",'.repeat(100)}oops]}`
    await using server = await testServer((_, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end(text),
    )
    await using session = new Session({ baseUrl: server.url })
    const error = await (await session.get('/u?api_key=secret')).json().catch((reason: unknown) => reason as Error)
    expect(error).toMatchObject({
      name: 'DecodeError',
      code: 'HTTP_JSON',
      status: 502,
      position: 410,
      excerpt: text.slice(0, 200),
      url: `${server.url}/u?api_key=REDACTED`,
    })
    expect((error as Error).message).toContain(
      `GET ${server.url}/u?api_key=REDACTED: the body is not JSON at position 410 (text/html, 416 bytes), status 502; it begins with `,
    )
    expect((error as Error).message).not.toContain('secret')
  })
})
