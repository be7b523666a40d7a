import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach } from 'vitest'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is gone after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-runs-'))
  folders.push(folder)
  return folder
}

/** The path of an output in a folder of its own. */
export function makeSink(name = 'out.ndjson'): string {
  return join(makeFolder(), name)
}

/** A line of the output. */
export interface OutputLine {
  index: number
  key: string
  attempts: number
  data?: unknown
  error?: { name: string; message: string }
}

/** The lines of an output. */
export function readLines(path: string): OutputLine[] {
  const bytes = readFileSync(path)
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString()
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OutputLine)
}
