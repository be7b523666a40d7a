import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from './prepare.mjs'

/** The machine in one line, without anything that names it. */
export function machine() {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${processors.length} × ${processors[0]?.model.trim() || 'unknown processor'}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`
}

/** What else the machine had to do, which the figures do not hide. */
export const load = () => loadavg()[0].toFixed(1)

/** A table in Markdown. Columns that begin with `>` stand to the right. */
export function table(columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  const heads = columns.map((column) => column.replace(/^>/, ''))
  const rules = columns.map((column) => (column.startsWith('>') ? '---:' : '---'))
  return [line(heads), line(rules), ...rows.map(line)].join('\n')
}

/** Keeps the figures of a run as JSON. */
export function keep(name, figures) {
  const file = join(root, '.cache', 'bench', `${name}.json`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(figures, undefined, 2)}\n`)
}

/** Puts `text` into a page of docs/, in the place that belongs to the benchmark `name`. */
export function publish(name, text, page = 'performance.md') {
  const file = join(root, 'docs', page)
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '# Performance\n'
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
  const section = `${begin}\n\n${text.trim()}\n\n${end}`
  const from = old.indexOf(begin)
  const to = old.indexOf(end)
  writeFileSync(
    file,
    from < 0 || to < 0 ? `${old.trimEnd()}\n\n${section}\n` : old.slice(0, from) + section + old.slice(to + end.length),
  )
  execFileSync(process.execPath, [join(root, 'node_modules/oxfmt/bin/oxfmt'), file], { stdio: 'ignore' })
}
