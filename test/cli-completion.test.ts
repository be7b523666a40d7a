// Whether Tab completes: the scripts of `sluice completion` in the shells that they are for. Those that are not there are skipped, and fail with REQUIRE_ENGINES=1.

import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Cli, buildCli } from './cli-process.ts'

vi.setConfig({ testTimeout: 60_000 })

const required = process.env['REQUIRE_ENGINES'] === '1'
const missing = (program: string): boolean => spawnSync(program, ['--version']).error !== undefined && !required

let cli: Cli
const script = async (shell: string): Promise<string> => {
  const { code, stdout } = await cli.run(['completion', shell])
  expect(code).toBe(0)
  const file = join(cli.folder, `completion.${shell}`)
  writeFileSync(file, stdout)
  return file
}
beforeAll(async () => {
  cli = await buildCli()
}, 60_000)
afterAll(() => cli[Symbol.dispose]())

describe.skipIf(missing('bash'))('bash', () => {
  /** What bash offers for the last of these words. */
  const offers = (file: string, ...words: string[]): string[] => {
    const code = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      # The function that bash would call for the command.
      [[ $(complete -p sluice) =~ -F\\ ([^ ]+) ]]; "\${BASH_REMATCH[1]}"; printf '%s\\n' "\${COMPREPLY[@]}"`
    const out = execFileSync('bash', ['--norc', '-c', code, file, ...words], { encoding: 'utf8' })
    return out.split('\n').filter((line) => line !== '')
  }

  test('completes commands, flags and values', async () => {
    const file = await script('bash')
    expect(offers(file, 'sluice', '')).toEqual(expect.arrayContaining(['fetch', 'sim', 'try', 'completion']))
    expect(offers(file, 'sluice', 'fe')).toEqual(['fetch'])
    expect(offers(file, 'sluice', 'fetch', '--max')).toEqual(['--max-failures'])
    expect(offers(file, 'sluice', 'fetch', '--progress', '')).toEqual(['auto', 'bar', 'lines', 'json', 'none'])
    expect(offers(file, 'sluice', 'fetch', '--progress', '=', 'b')).toEqual(['bar'])
    expect(offers(file, 'sluice', 'sim', '--latency', 'f')).toEqual(['far'])
    expect(offers(file, 'sluice', 'completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect(offers(file, 'sluice', 'riot', 'm')).toEqual(['matches', 'masteries'])
    expect(offers(file, 'sluice', 'riot', 'crawl', '--ti')).toEqual(['--tiers', '--timelines'])
    // Neither a value that looks like a command nor one of which nothing is known.
    expect(offers(file, 'sluice', 'fetch', '-X', 'sim', '--max')).toEqual(['--max-failures'])
    expect(offers(file, 'sluice', 'fetch', '--retries', '')).toEqual([])
  })
})

describe.skipIf(missing('fish'))('fish', () => {
  const offers = (file: string, line: string): string[] =>
    execFileSync('fish', ['--no-config', '-c', `source $argv[1]; complete -C $argv[2]`, file, line], {
      encoding: 'utf8',
    })
      .split('\n')
      .filter((text) => text !== '')
      .map((text) => text.split('\t')[0]!)

  test('completes commands, flags, values and files', async () => {
    const file = await script('fish')
    expect(offers(file, 'sluice ')).toEqual(expect.arrayContaining(['fetch', 'sim', 'try', 'completion']))
    expect(offers(file, 'sluice fetch --max')).toEqual(['--max-failures'])
    expect(offers(file, 'sluice sim --latency f')).toEqual(['far'])
    expect(offers(file, 'sluice riot crawl --ti')).toEqual(['--tiers', '--timelines'])
    expect(offers(file, 'sluice completion ')).toEqual(['bash', 'fish', 'zsh'])
    expect(offers(file, `sluice fetch -i ${file.slice(0, -2)}`)).toEqual([file])
  })
})

describe.skipIf(missing('zsh'))('zsh', () => {
  test('understands the script', async () => {
    const { status, stderr } = spawnSync('zsh', ['-n', await script('zsh')], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
})

test('another shell is refused with those that there are', async () => {
  const { code, stderr } = await cli.run(['completion', 'tcsh'])
  expect([code, stderr]).toEqual([2, 'sluice: completion tcsh: write bash, zsh, fish\n'])
})

test('the help of every command fits one screen and begins with three examples', async () => {
  const below = async (path: string[]): Promise<string[][]> => {
    const { stdout } = await cli.run([...path, '--help'])
    const [, commands = ''] = stdout.split('Commands:\n')
    const names = [...commands.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => [...path, name!])
    return [...names, ...(await Promise.all(names.map(below))).flat()]
  }
  const all = await below([])
  expect(all).toEqual(expect.arrayContaining([['fetch'], ['riot', 'crawl'], ['runs', 'export']]))
  for (const path of all) {
    const name = path.join(' ')
    const help = (await cli.run([...path, '--help'])).stdout
    const lines = help.trimEnd().split('\n')
    expect(lines.slice(0, 4)).toEqual([
      'Examples:',
      ...Array.from({ length: 3 }, () => expect.stringContaining(`sluice ${name}`)),
    ])
    expect(lines.length, name).toBeLessThanOrEqual(45)
    expect(Math.max(...lines.map(({ length }) => length)), name).toBeLessThanOrEqual(110)
  }
})
