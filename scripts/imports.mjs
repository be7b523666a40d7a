import { Visitor, parseSync } from 'rolldown/utils'

/** @typedef {{ specifier: string, line: number, typeOnly: boolean }} ImportOf */

/**
 * Everything that a module asks for by name: imports, re-exports, `import()` of values and of types, `require`.
 * `typeOnly` is true for what the compiler erases, `import type` and `export type`; `import { type A }` is not erased
 * under `verbatimModuleSyntax`. A specifier that is no literal cannot be judged and is given as `'?'`.
 *
 * @param {string} file   name, for the syntax that its ending stands for
 * @param {string} code
 * @returns {ImportOf[]}
 */
export function importsOf(file, code) {
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`)
  /** @type {ImportOf[]} */
  const found = []
  /** @param {any} source @param {number} start @param {boolean} typeOnly */
  const add = (source, start, typeOnly) => {
    const specifier = typeof source?.value === 'string' ? source.value : '?'
    found.push({ specifier, line: code.slice(0, start).split('\n').length, typeOnly })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.start, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.start, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source, node.start, node.exportKind === 'type')
    },
    ImportExpression: (node) => add(node.source, node.start, false),
    TSImportType: (node) => add(node.source, node.start, true),
    TSExternalModuleReference: (node) => add(node.expression, node.start, false),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node.arguments[0], node.start, false)
    },
  }).visit(program)
  return found
}
