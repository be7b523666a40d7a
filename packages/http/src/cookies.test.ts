import { CookieJar } from 'tough-cookie'
import { expect, test } from 'vitest'
import { sendJson, testServer } from '../test/test-server.ts'
import { Session } from './session.ts'

const login = () =>
  testServer((request, response) => {
    if (request.url === '/login')
      response.writeHead(302, { 'set-cookie': ['sid=1; Path=/; HttpOnly', 'lang=en; Path=/'], location: '/home' }).end()
    else if (request.url === '/logout') response.writeHead(200, { 'set-cookie': 'sid=; Path=/; Max-Age=0' }).end()
    else if (request.url === '/evil') response.writeHead(200, { 'set-cookie': 'x=1; Domain=example.com' }).end()
    else sendJson(response, request.headers.cookie ?? null)
  })
const cookiesOf = async (session: Session, headers = {}): Promise<unknown> =>
  (await session.get('/', { headers })).json()

test('cookies are neither kept nor sent unless asked for', async () => {
  await using server = await login()
  await using session = new Session({ baseUrl: server.url })
  const response = await session.get('/login', { redirect: 'manual' })
  expect(response.headers.getSetCookie()).toEqual(['sid=1; Path=/; HttpOnly', 'lang=en; Path=/'])
  expect(await cookiesOf(session)).toBeNull()
})

test('a jar keeps what responses set, redirects included, and sends it', async () => {
  await using server = await login()
  await using session = new Session({ baseUrl: server.url, cookies: true })
  expect(await (await session.get('/login')).json()).toBe('sid=1; lang=en')
  expect(await cookiesOf(session)).toBe('sid=1; lang=en')
  expect(await cookiesOf(session, { cookie: 'own=2' })).toBe('own=2; sid=1; lang=en')
  await (await session.get('/logout')).dump()
  expect(await cookiesOf(session)).toBe('lang=en')
  await (await session.get('/evil')).dump()
  expect(await cookiesOf(session)).toBe('lang=en')
})

test('cookies go to their own host only', async () => {
  await using server = await login()
  await using session = new Session({ cookies: true })
  await (await session.get(`${server.url}/login`)).dump()
  expect(await (await session.get(server.url.replace('127.0.0.1', 'localhost').concat('/'))).json()).toBeNull()
})

test('a jar of one’s own is shared and can be saved', async () => {
  await using server = await login()
  const jar = new CookieJar()
  await using first = new Session({ baseUrl: server.url, cookies: jar })
  await (await first.get('/login')).dump()
  await using second = new Session({ baseUrl: server.url, cookies: jar })
  expect(await cookiesOf(second)).toBe('sid=1; lang=en')
  expect(JSON.stringify(await jar.serialize())).toContain('"sid"')
  expect(() => new Session({ cookies: 1 as never })).toThrow(
    /cookies must be true, false or a CookieJar of tough-cookie, not 1/,
  )
})
