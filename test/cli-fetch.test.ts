// The sluice command in a process of its own, against a server that misbehaves.

import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Cli, type Line, buildCli } from './cli-process.ts'
import { type CliServer, startCliServer } from './cli-server.ts'

// Every test starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

let cli: Cli
let server: CliServer
beforeAll(async () => {
  ;[cli, server] = await Promise.all([buildCli(), startCliServer()])
}, 60_000)
afterAll(async () => {
  cli[Symbol.dispose]()
  await server[Symbol.asyncDispose]()
})

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(cli.folder, name)
  writeFileSync(path, content)
  return path
}
const read = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
const byIndex = (lines: readonly Line[]): Line[] => [...lines].sort((a, b) => a.index - b.index)
/** What each line says in a word: data, or the name of the error. */
const brief = (lines: readonly Line[]): unknown[] => byIndex(lines).map(({ data, error }) => error?.name ?? data)
const fast = ['--retries', '1', '--backoff', 'fixed:10ms']

describe('what comes back', () => {
  test('every failure is one clear line, and nothing else is lost', async () => {
    const { url } = server
    const paths = ['status/404', 'status/500', 'once/503', 'reset', 'text', 'never', 'ok/7', 'pretty']
    const urls = [...paths.map((path) => `${url}/${path}`), 'http://no-such-host.invalid/']
    const { code, lines, stderr } = await cli.run(['fetch', ...urls, '--timeout', '2s', ...fast])
    expect(code).toBe(100)
    expect(byIndex(lines).map(({ key }) => key)).toEqual(urls)
    const facts = byIndex(lines).map(({ status, attempts, data, error }) => [
      status,
      attempts,
      data ?? `${error!.name} ${error!.code}`,
    ])
    expect(facts).toEqual([
      [404, 1, 'StatusError HTTP_STATUS'],
      [500, 2, 'StatusError HTTP_STATUS'],
      [200, 2, { nth: 2 }],
      [0, 2, 'ConnectionError ECONNRESET'],
      [200, 1, 'DecodeError HTTP_JSON'],
      [0, 2, 'RequestTimeoutError HTTP_TIMEOUT'],
      [200, 1, { n: '7' }],
      [200, 1, { big: expect.any(Number), text: 'a\nb' }],
      [0, 2, expect.stringMatching(/^ConnectionError (ENOTFOUND|EAI_AGAIN)$/)],
    ])
    for (const { error } of lines) if (error !== undefined) expect(error.message).toMatch(/^GET http:\/\/[^\n]+$/)
    expect(lines.find(({ status }) => status === 404)?.error?.body).toBe('{"refused":true}')
    expect(stderr).toMatch(/^3 ok, 6 failed \(.*timeout × 1.*\), 5 retries, in /m)
  })

  test('data stands as the server sent it, in one line', async () => {
    const { stdout } = await cli.run(['fetch', `${server.url}/pretty`, '--body-only'])
    expect(stdout).toBe('{"big": 12345678901234567890,"text": "a\\nb"}\n')
  })

  test('an empty answer is null; text is text when it is asked for', async () => {
    expect(brief((await cli.run(['fetch', `${server.url}/empty`])).lines)).toEqual([null])
    expect(brief((await cli.run(['fetch', `${server.url}/ok/1`, '-X', 'HEAD'])).lines)).toEqual([null])
    expect(brief((await cli.run(['fetch', `${server.url}/text`, '--text'])).lines)).toEqual(['<h1>hello</h1>\nworld'])
  })

  test('parts of the data can be selected', async () => {
    const { lines } = await cli.run(['fetch', `${server.url}/echo`, '--select', 'data.method,data.headers.host'])
    expect(brief(lines)).toEqual([{ method: 'GET', headers: { host: server.url.slice(7) } }])
  })

  test('Retry-After is honoured, and the refusal counts as an attempt', async () => {
    const start = performance.now()
    const { lines } = await cli.run(['fetch', `${server.url}/limited`, ...fast])
    expect(lines).toMatchObject([{ status: 200, attempts: 2, data: { nth: 2 } }])
    expect(performance.now() - start).toBeGreaterThan(1000)
  })

  test('lines come in the order of completion, or of the input', async () => {
    const args = ['fetch', `${server.url}/slow/{}`, '300', '10', '10']
    expect((await cli.run(args)).lines.map(({ index }) => index)[2]).toBe(0)
    expect((await cli.run([...args, '--ordered'])).lines.map(({ index }) => index)).toEqual([0, 1, 2])
  })
})

describe('what is asked for', () => {
  const last = (): CliServer['requests'][number] => server.requests.at(-1)!

  test('method, headers and body', async () => {
    const headers = file('headers.txt', '# of all\nX-B: 2\n\nX-C:3\n')
    await cli.run(['fetch', `${server.url}/echo`, '-X', 'put', '-H', 'X-A: 1', '-H', `@${headers}`, '-d', '{"a":1}'])
    expect(last()).toMatchObject({
      method: 'PUT',
      body: '{"a":1}',
      headers: { 'x-a': '1', 'x-b': '2', 'x-c': '3', 'content-type': 'application/json' },
    })
    await cli.run(['fetch', `${server.url}/echo`, '-d', `@${file('body.txt', 'a=1&b=2')}`])
    expect(last()).toMatchObject({
      method: 'POST',
      body: 'a=1&b=2',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  })

  test('an NDJSON item says it for itself', async () => {
    const items = [
      { url: `${server.url}/echo/a`, method: 'PATCH', headers: { 'X-Own': 'yes' }, body: { b: 1 }, key: 'mine' },
      { url: `${server.url}/echo/b` },
    ]
    const { lines } = await cli.run(['fetch', '-H', 'X-All: 1'], {
      stdin: items.map((item) => `${JSON.stringify(item)}\n`).join(''),
    })
    const own = lines.find(({ key }) => key === 'mine')
    expect(own?.data).toMatchObject({ method: 'PATCH', body: '{"b":1}', headers: { 'x-own': 'yes', 'x-all': '1' } })
    expect(lines.find(({ key }) => key.endsWith('/b'))?.data).toMatchObject({
      method: 'GET',
      headers: { 'x-all': '1' },
    })
  })

  test('no more at once than -c, and to one host than --per-host', async () => {
    const ids = Array.from({ length: 12 }, () => '40')
    server.load.most = 0
    await cli.run(['fetch', `${server.url}/slow/{}`, ...ids, '-c', '3'])
    expect(server.load.most).toBe(3)
    server.load.most = 0
    await cli.run(['fetch', `${server.url}/slow/{}`, ...ids, '-c', '10', '--per-host', '2'])
    expect(server.load.most).toBe(2)
  })

  test('with -c auto as many at once as the server takes', async () => {
    const summary = join(cli.folder, 'auto.json')
    // So slow that what else the machine does is no sign of a server under pressure.
    const ids = Array.from({ length: 400 }, (_, i) => `200?${i}\n`).join('')
    server.load.most = 0
    const { code } = await cli.run(['fetch', `${server.url}/slow/{+}`, '-c', 'auto', '--summary', summary], {
      stdin: ids,
    })
    expect([code, (JSON.parse(readFileSync(summary, 'utf8')) as { items: { ok: number } }).items.ok]).toEqual([0, 400])
    // It begins with 4, and finds out that more are welcome.
    expect(server.load.most).toBeGreaterThan(8)
  })

  test('no faster than the rate', async () => {
    const start = performance.now()
    const { lines } = await cli.run(['fetch', `${server.url}/ok/{}`, '1', '2', '3', '4', '5', '-r', '2/500ms'])
    expect(lines).toHaveLength(5)
    expect(performance.now() - start).toBeGreaterThan(1000)
  })
})

describe('the input', () => {
  const template = (): string => `${server.url}/ok/{}`
  const fetched = async (args: readonly string[], stdin?: string | Uint8Array): Promise<unknown[]> =>
    brief((await cli.run(['fetch', template(), ...args], stdin === undefined ? {} : { stdin })).lines).map(
      (data) => (data as { n: string }).n,
    )

  test('items are arguments, lines of a pipe, or of a file, also packed', async () => {
    expect(await fetched(['a', 'b'])).toEqual(['a', 'b'])
    expect(await fetched([], '# ids\na\r\n\r\nb')).toEqual(['a', 'b'])
    expect(await fetched(['--input', '-'], '\ufeffa\nb\n')).toEqual(['a', 'b'])
    expect(await fetched(['-i', file('ids.txt.gz', gzipSync('a\nb\n'))])).toEqual(['a', 'b'])
    expect(await fetched(['-i', file('ids.ndjson', '"a"\n{"id":"b"}\n17\n')])).toEqual(['a', 'b', '17'])
    expect(await fetched(['-i', file('ids.csv', '\ufeffid\r\na\r\n"b ""c"""\r\n')])).toEqual(['a', 'b "c"'])
    expect(await fetched(['-i', file('ids', 'id\na\n'), '--input-format', 'csv'])).toEqual(['a'])
  })

  test('fields fill a template, and a single value fills the only field', async () => {
    const csv = file('regions.csv', 'region,id\neuw1,7\n"kr",8\n')
    const { lines } = await cli.run(['fetch', `${server.url}/ok/{region}?id={id}`, '-i', csv])
    expect(brief(lines)).toEqual([{ n: 'euw1' }, { n: 'kr' }])
    expect(byIndex(lines).map(({ key }) => key)).toEqual([`${server.url}/ok/euw1?id=7`, `${server.url}/ok/kr?id=8`])
    expect(brief((await cli.run(['fetch', `${server.url}/ok/{id}`, 'x'])).lines)).toEqual([{ n: 'x' }])
  })

  test('bad lines are named by their numbers, and the rest goes on', async () => {
    const stdin = Buffer.concat([
      Buffer.from('{"id":1}\n{"id":\n{"x":1}\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from('{"id":5}\n'),
    ])
    const { code, lines, stderr } = await cli.run(['fetch', `${server.url}/ok/{id}`], { stdin })
    expect(brief(lines)).toEqual([{ n: '1' }, { n: '5' }])
    expect(stderr).toContain('stdin:2 is not JSON\nstdin:3 has no field "id"\nstdin:4 is not UTF-8\n')
    expect(stderr).toContain('2 ok, 0 failed, 3 bad lines, in ')
    expect(code).toBe(100)
  })

  test('with --strict nothing is started if a line is bad, from a file or a pipe', async () => {
    const text = `${server.url}/ok/1\nno url\n${server.url}/ok/2\n`
    const before = server.requests.length
    for (const [args, stdin] of [
      [['-i', file('urls.txt', text)], ''],
      [[], text],
    ] as const) {
      const { code, stdout, stderr } = await cli.run(['fetch', '--strict', ...args], { stdin })
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^(urls\.txt|stdin):2 is no URL: "no url"/)
      expect(stderr).toContain('1 bad line in the input: nothing was started')
    }
    expect(server.requests).toHaveLength(before)
    const good = await cli.run(['fetch', '--strict'], { stdin: `${server.url}/ok/1\n` })
    expect([good.code, brief(good.lines)]).toEqual([0, [{ n: '1' }]])
  })

  test('an input that cannot be read ends with 2, and says why', async () => {
    mkdirSync(join(cli.folder, 'directory'))
    const locked = file('locked.txt', 'a')
    chmodSync(locked, 0)
    const problems: [string, RegExp][] = [
      ['none.txt', /cannot read none\.txt: there is no such file/],
      ['directory', /cannot read directory: it is a directory/],
      [file('utf16.txt', Buffer.from('\ufeffa\n', 'utf16le')), /utf16\.txt is UTF-16, and not UTF-8: convert it first/],
      [file('cut.txt.gz', gzipSync('a\nb\n').subarray(0, 12)), /cut\.txt\.gz: it is not valid gzip, or cut short/],
      [file('twice.csv', 'id,id\n1,2\n'), /twice\.csv:1 names the field "id" twice/],
    ]
    // Root may read everything.
    if (process.getuid?.() !== 0) problems.push([locked, /no permission to read it/])
    for (const [path, problem] of problems) {
      const { code, stdout, stderr } = await cli.run(['fetch', template(), '-i', path])
      expect(stderr).toMatch(problem)
      expect([code, stdout]).toEqual([2, ''])
    }
  })

  test('an empty input is no error', async () => {
    const { code, stdout, stderr } = await cli.run(['fetch', template(), '-i', file('empty.txt', '')])
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/^0 ok, 0 failed, in /)
  })

  test('items are fetched while the input is still coming', async () => {
    const running = cli.start(['fetch', template()], { stdin: 'early\n', open: true })
    await new Promise<void>((resolve) => {
      running.stdout.once('data', () => resolve())
    })
    expect(running.said.stdout).toContain('"n":"early"')
    running.child.stdin!.end('late\n')
    expect(brief((await running.ended).lines)).toEqual([{ n: 'early' }, { n: 'late' }])
  })
})

describe('the output', () => {
  test('goes to a file, which is never overwritten by mistake', async () => {
    const out = join(cli.folder, 'out.ndjson')
    const args = ['fetch', `${server.url}/ok/{}`, '1', '2', '-o', out]
    expect(await cli.run(args)).toMatchObject({ code: 0, stdout: '' })
    expect(brief(read(out))).toEqual([{ n: '1' }, { n: '2' }])
    const foreign = file('foreign.ndjson', '{"mine":true}\n')
    const refused = await cli.run([...args.slice(0, 4), '-o', foreign])
    expect(refused.stderr).toContain(
      `sluice: ${foreign} exists already and is not overwritten: name another file, or add --fresh to start over`,
    )
    expect([refused.code, readFileSync(foreign, 'utf8')]).toEqual([2, '{"mine":true}\n'])
    expect(existsSync(`${foreign}.sluice`)).toBe(false)
    expect((await cli.run([...args.slice(0, 3), '-o', out, '--fresh'])).code).toBe(0)
    expect(read(out)).toHaveLength(1)
  })

  test('is packed by its ending', async () => {
    const out = join(cli.folder, 'out.ndjson.gz')
    await cli.run(['fetch', `${server.url}/ok/{}`, '1', '-o', out])
    expect(JSON.parse(gunzipSync(readFileSync(out)).toString())).toMatchObject({ data: { n: '1' } })
  })

  test('cannot be the input, nor a folder that is not there', async () => {
    const input = file('both.txt', 'a\n')
    const run = (...args: string[]): Promise<{ code: number | null; stderr: string }> =>
      cli.run(['fetch', `${server.url}/ok/{}`, '-i', input, ...args])
    expect((await run('--failed', input, '--fresh')).stderr).toContain(
      'is the input, and would be overwritten while it is read',
    )
    expect(readFileSync(input, 'utf8')).toBe('a\n')
    expect((await run('-o', 'x', '--failed', './x')).stderr).toContain('-o and --failed name the same file')
    expect((await run('-o', 'none/x')).stderr).toContain('cannot write none/x: its folder does not exist')
    expect((await run('-o', cli.folder)).code).toBe(2)
  })

  test('failed items are written so that they can be read again', async () => {
    const failed = join(cli.folder, 'failed.ndjson')
    const input = file('mixed.ndjson', '{"path":"ok","n":1}\n{"path":"status","n":404}\n{"path":"reset","n":0}\n')
    const args = ['fetch', `${server.url}/{path}/{n}`, '--retries', '0']
    await cli.run([...args, '-i', input, '--failed', failed])
    const items = read(failed) as unknown as { path: string; n: number }[]
    expect(items.sort((a, b) => a.n - b.n)).toEqual([
      { path: 'reset', n: 0 },
      { path: 'status', n: 404 },
    ])
    expect(statSync(failed).mode & 0o077).toBe(0)
    const again = await cli.run([...args, '-i', failed])
    expect(again.lines.map(({ status }) => status).sort((a, b) => a - b)).toEqual([0, 404])
  })

  test('a disk that is full ends the run with 1, and says so', async () => {
    const { code, stderr } = await cli.run(['fetch', `${server.url}/big?{}`, '1', '2', '-o', '/dev/full'])
    expect(stderr).toContain('cannot write /dev/full: the disk is full')
    expect(code).toBe(1)
  })

  test('a summary says what was done', async () => {
    const path = join(cli.folder, 'summary.json')
    await cli.run(['fetch', `${server.url}/ok/1`, `${server.url}/status/404`, '--summary', path, '-q'])
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      version: 1,
      command: 'fetch',
      exitCode: 100,
      stopped: null,
      complete: true,
      items: { ok: 1, failed: 1, cancelled: 0, bad: 0 },
      attempts: 2,
      statuses: { 200: 1, 404: 1 },
      errors: { 404: 1 },
    })
  })

  test('-q says nothing, -v each failure, -vv each attempt', async () => {
    const args = ['fetch', `${server.url}/ok/1`, `${server.url}/status/500`, ...fast]
    expect((await cli.run([...args, '-q'])).stderr).toBe('')
    const failure = /^failed \S+\/status\/500: GET \S+: status 500 Internal Server Error \(2 attempts\)$/m
    expect((await cli.run([...args, '-v'])).stderr).toMatch(failure)
    const loud = (await cli.run([...args, '-vv'])).stderr
    expect(loud).toMatch(failure)
    expect(loud.match(/ try \d: /g)).toHaveLength(3)
  })

  test('progress is a line of text or JSON from time to time', async () => {
    const running = cli.start(['fetch', `${server.url}/slow/{}`, '2500', '--progress', 'json'])
    await running.hears(/"inFlight":1/)
    const { stderr } = await running.ended
    expect(JSON.parse(stderr.split('\n')[0]!)).toMatchObject({ total: 1, done: 0, inFlight: 1 })
  })
})

describe('when a run stops', () => {
  const many = (path: string, count: number): string =>
    Array.from({ length: count }, (_, i) => `${server.url}/${path}?${i}\n`).join('')

  test('--fail-fast stops at the first failure, what is in flight is given up', async () => {
    const { code, stderr } = await cli.run(['fetch', `${server.url}/never`, `${server.url}/status/404`, '--fail-fast'])
    expect(code).toBe(101)
    expect(stderr).toMatch(/^stopped: \S+\/status\/404 failed, and --fail-fast was given; aborting 1 in flight$/m)
    expect(stderr).toContain('0 ok, 1 failed (404 × 1), 1 not done')
  })

  test('--max-failures stops when they are reached, and what is in flight ends', async () => {
    const { code, lines, stderr } = await cli.run(['fetch', '-c', '2', '--max-failures', '3'], {
      stdin: many('status/404', 1000),
    })
    expect(code).toBe(101)
    expect(lines.length).toBeGreaterThanOrEqual(3)
    expect(lines.length).toBeLessThanOrEqual(5)
    expect(stderr).toContain('stopped: 3 failed, which is the limit of --max-failures')
  })

  test('--deadline ends the run in time', async () => {
    const start = performance.now()
    const { code, stderr } = await cli.run(['fetch', `${server.url}/never`, '--deadline', '600ms'])
    expect([code, performance.now() - start < 10_000]).toEqual([101, true])
    expect(stderr).toContain('stopped: the --deadline passed; aborting 1 in flight')
  })

  test('credentials that are rejected end the run with 102 at once', async () => {
    const { code, stderr } = await cli.run(['fetch', '-c', '1', '-H', 'X-Token: abcdefgh'], {
      stdin: many('denied', 500),
    })
    expect(code).toBe(102)
    expect(stderr).toContain('stopped: the server rejects the credentials (status 401)')
    expect(stderr).toMatch(/1 failed \(401 × 1\), .* not done/)
    expect((await cli.run(['fetch', `${server.url}/status/403`])).code).toBe(102)
    expect((await cli.run(['fetch', `${server.url}/status/403`, `${server.url}/ok/1`])).code).toBe(100)
  })
})

describe('what would be done', () => {
  test('a dry run shows the first five requests, the total, and the time that the rate takes', async () => {
    const before = server.requests.length
    const stdin = Array.from({ length: 10_000 }, (_, i) => `id${i}\n`).join('')
    const { code, stdout } = await cli.run(
      [
        'fetch',
        'https://api.example.com/{}?api_key=${env:KEY}',
        '-n',
        '-r',
        '100/2m',
        '-H',
        'X-Token: ${env:KEY}',
        '-H',
        'Accept: a/b',
        '-d',
        'x',
      ],
      { stdin, env: { KEY: 'very-secret' } },
    )
    expect(code).toBe(0)
    const lines = stdout.split('\n')
    expect(lines.slice(0, 5)).toEqual([
      'POST https://api.example.com/id0?api_key=REDACTED',
      '  X-Token: REDACTED',
      '  Accept: a/b',
      '  content-type: application/x-www-form-urlencoded',
      '  x',
    ])
    expect(lines.filter((line) => line.startsWith('POST'))).toHaveLength(5)
    expect(lines.slice(-3)).toEqual(['… and 9,995 more', '10,000 items at 100/2m: 3h20m', ''])
    expect(server.requests).toHaveLength(before)
  })

  test('a dry run names every bad line', async () => {
    const { code, stdout, stderr } = await cli.run(['fetch', '-n'], { stdin: 'https://h/1\nx\n' })
    expect([code, stdout]).toEqual([2, 'GET https://h/1\n1 item, and no rate is declared\n'])
    expect(stderr).toContain('stdin:2 is no URL: "x"')
  })
})

describe('secrets', () => {
  const secret = 'RGAPI-3f1c/"x y'

  test('are in no output, whatever goes wrong and whoever repeats them', async () => {
    const { url } = server
    const summary = join(cli.folder, 'secret-summary.json')
    const out = join(cli.folder, 'secret-out.ndjson')
    const template = `${url}/{}?token=\${env:TOKEN}&plain=\${env:TOKEN}`
    const items = ['echo', 'denied', 'reset', 'text', 'ok', 'x y']
    const headers = ['-H', 'X-Token: ${env:TOKEN}', '-H', 'Authorization: Bearer typed-in-secret']
    const files = ['-o', out, '--failed', join(cli.folder, 'secret-failed.ndjson'), '--summary', summary]
    const result = await cli.run(['fetch', template, ...items, ...headers, ...files, '-vv', ...fast], {
      env: { TOKEN: secret },
    })
    const sent = server.requests.filter(({ path }) => path.includes('plain='))
    expect(sent.length).toBeGreaterThan(5)
    for (const { headers } of sent)
      expect(headers).toMatchObject({ 'x-token': secret, authorization: 'Bearer typed-in-secret' })
    const written = [out, summary, join(cli.folder, 'secret-failed.ndjson')].map((path) => readFileSync(path, 'utf8'))
    const everything = [result.stdout, result.stderr, ...written].join('\n')
    expect(everything).toContain('REDACTED')
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      'typed-in-secret',
      '3f1c',
    ]) {
      expect(everything).not.toContain(form)
    }
  })

  test('a variable that is not set is an error before anything is sent', async () => {
    const { code, stderr } = await cli.run(['fetch', `${server.url}/ok/1`, '-H', 'X-Token: ${env:NONE}'])
    expect(code).toBe(2)
    expect(stderr).toContain('${env:NONE} names an environment variable that is not set')
  })
})

describe('usage', () => {
  const refused = async (args: readonly string[], env: Record<string, string> = {}): Promise<string> => {
    const { code, stdout, stderr } = await cli.run(['fetch', ...args], { env })
    expect([code, stdout]).toEqual([2, ''])
    return stderr
  }

  test('wrong options are refused with what is allowed', async () => {
    const url = 'https://h/{}'
    const wrong: [string[], string][] = [
      [[url, '1', '-r', '20'], '--rate 20: "20" is no rate, since it does not say per what: write \'20/s\''],
      [[url, '1', '-c', '0'], '--concurrency 0: write a whole number of at least 1'],
      [[url, '1', '-c', '1.5'], '--concurrency 1.5'],
      [[url, '1', '--timeout', '30'], '--timeout 30: a duration needs whole numbers with units'],
      [[url, '1', '--timeout', '30d'], '--timeout 30d: write a time from 1ms to 24d'],
      [[url, '1', '--retry-on', 'all'], '--retry-on all: "all" is not one of'],
      [[url, '1', '--backoff', 'x'], '--backoff x: write exp:500ms:30s'],
      [[url, '1', '--max-failures', 'x'], '--max-failures x: write a number such as 50, or a share such as 5%'],
      [[url, '1', '--progress', 'x'], '--progress x: write auto, bar, lines, json, none'],
      [[url, '-i', 'x', '--input-format', 'xml'], '--input-format xml: write lines, ndjson, csv, tsv'],
      [[url, '1', '-H', 'no colon'], "--header: write 'Name: value'"],
      [[url, '1', '-X', 'G T'], '--request G T: write a method'],
      [[url, '1', '--text', '--select', 'a'], '--select needs JSON'],
      [[url, '1', '-d', '@none'], '--data @none: '],
      [[url, '1', '-i', 'x'], 'items come from the command line or from --input, and not from both: 1'],
      [['https://h/{}/{id}', '1'], 'a template has either {} or named fields'],
      [['--foo'], "unknown option '--foo'"],
    ]
    const said = await Promise.all(wrong.map(([args]) => refused(args)))
    for (const [i, [, text]] of wrong.entries()) expect(said[i]).toContain(text)
  })

  test('an option can be set in the environment, and the command line has the last word', async () => {
    expect(await refused(['https://h/{}', '1'], { SLUICE_RATE: '20' })).toContain('--rate 20: ')
    expect(await refused(['https://h/{}', '1', '--rate', '7'], { SLUICE_RATE: '20' })).toContain('--rate 7: ')
  })

  test('the help begins with three examples, and fits on a screen', async () => {
    for (const args of [['--help'], ['fetch', '--help']]) {
      const { code, stdout, stderr } = await cli.run(args)
      expect([code, stderr]).toEqual([0, ''])
      const lines = stdout.trimEnd().split('\n')
      expect(lines[0]).toBe('Examples:')
      expect(lines.slice(1, 4).every((line) => /^ {2}.*sluice fetch/.test(line))).toBe(true)
      expect(lines.length).toBeLessThanOrEqual(40)
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    }
  })

  test('without a command, the help is what was missing', async () => {
    const { code, stderr } = await cli.run([])
    expect(code).toBe(2)
    expect(stderr).toContain('sluice fetch')
  })
})
