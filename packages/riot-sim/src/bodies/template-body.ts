import type { Body } from './body.ts'
import type { Template } from './template.ts'

/** A body made from a {@link Template} and the values of its slots; the values are computed when the body is rendered. */
export class TemplateBody implements Body {
  readonly contentType: string = 'application/json;charset=utf-8'
  readonly #template: Template
  readonly #values: () => readonly Buffer[]

  constructor(template: Template, values: () => readonly Buffer[]) {
    this.#template = template
    this.#values = values
  }

  bytes(): Buffer {
    return this.#template.bytes(this.#values())
  }

  gzip(): Buffer {
    return this.#template.gzip(this.#values())
  }
}
