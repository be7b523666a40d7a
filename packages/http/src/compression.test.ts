import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { testServer } from '../test/test-server.ts'
import { Session } from './session.ts'

const text = JSON.stringify(Array.from({ length: 1000 }, (_, i) => ({ id: i, name: `item ${i}` })))
const large = JSON.stringify(Array.from({ length: 60_000 }, (_, i) => ({ id: i, name: `item ${i * 7919}` })))

const pack: Record<string, (body: string) => Buffer> = {
  gzip: (body) => zlib.gzipSync(body),
  'x-gzip': (body) => zlib.gzipSync(body),
  deflate: (body) => zlib.deflateSync(body),
  'raw deflate': (body) => zlib.deflateRawSync(body),
  br: (body) => zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } }),
  'gzip, br': (body) =>
    zlib.brotliCompressSync(zlib.gzipSync(body), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } }),
  identity: (body) => Buffer.from(body),
  'made-up': (body) => Buffer.from(body),
}

const compressing = () =>
  testServer((request, response) => {
    const [, size, coding] = request.url!.split('/')
    const name = decodeURIComponent(coding!)
    const body = pack[name]!(size === 'small' ? '{"a":1}' : size === 'large' ? large : text)
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': name.replace('raw ', '') })
    response.end(request.method === 'HEAD' ? undefined : body)
  })

describe('a compressed body is undone', () => {
  test.each(Object.keys(pack))('%s', async (coding) => {
    await using server = await compressing()
    await using session = new Session({ baseUrl: server.url })
    expect(await (await session.get(`/small/${encodeURIComponent(coding)}`)).json()).toEqual({ a: 1 })
    expect(await (await session.get(`/middle/${encodeURIComponent(coding)}`)).text()).toBe(text)
    const response = await session.get(`/large/${encodeURIComponent(coding)}`)
    expect(await response.text()).toBe(large)
    expect(response.headers.get('content-encoding')).toBe(coding.replace('raw ', ''))
    const chunks: Uint8Array[] = []
    for await (const chunk of (await session.get(`/large/${encodeURIComponent(coding)}`)).body) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe(large)
  })

  test('also when read twice', async () => {
    await using server = await compressing()
    await using session = new Session({ baseUrl: server.url })
    const response = await session.get('/middle/gzip')
    expect(await Promise.all([response.text(), response.text()])).toEqual([text, text])
    expect(await response.json()).toHaveLength(1000)
  })

  test('unless there is none', async () => {
    await using server = await compressing()
    await using session = new Session({ baseUrl: server.url })
    expect(await (await session.head('/middle/gzip')).text()).toBe('')
  })

  test('unless the session says otherwise: then it does not ask for it either', async () => {
    await using server = await compressing()
    await using session = new Session({ baseUrl: server.url, decompress: false })
    expect(zlib.gunzipSync(await (await session.get('/middle/gzip')).bytes()).toString()).toBe(text)
    expect(server.requests[0]!.headers).not.toHaveProperty('accept-encoding')
  })
})

describe('maxBodySize holds after decompression', () => {
  const limit = { name: 'BodyTooLargeError', code: 'HTTP_BODY_TOO_LARGE', limit: 100_000, status: 200 }

  test.each(['gzip', 'deflate', 'br', 'gzip, br', 'identity'])('for %s, whole and streamed', async (coding) => {
    await using server = await compressing()
    await using session = new Session({ baseUrl: server.url, maxBodySize: 100_000 })
    expect(await (await session.get(`/middle/${coding}`)).text()).toBe(text)
    await expect((await session.get(`/large/${coding}`)).text()).rejects.toMatchObject(limit)
    if (coding === 'identity') return
    let size = 0
    const read = async (): Promise<void> => {
      for await (const chunk of (await session.get(`/large/${coding}`)).body) size += chunk.byteLength
    }
    await expect(read()).rejects.toMatchObject(limit)
    expect(size).toBeLessThanOrEqual(100_000)
    expect(session.statistics()).toMatchObject({ inFlight: 0, waiting: 0 })
  })
})
