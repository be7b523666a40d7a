import type { Body } from './body.ts'
import { SlotValues } from './slot-values.ts'
import type { Allocate, Template } from './template.ts'

// Rendering is never interrupted, so one is enough.
const VALUES = new SlotValues()

/** A body made from a {@link Template} and the values of its slots; the values are computed when the body is rendered. */
export class TemplateBody implements Body {
  readonly contentType: string = 'application/json;charset=utf-8'
  readonly #template: Template
  readonly #fill: (values: SlotValues) => void

  constructor(template: Template, fill: (values: SlotValues) => void) {
    this.#template = template
    this.#fill = fill
  }

  bytes(allocate: Allocate = Buffer.allocUnsafe): Buffer {
    return this.#template.bytes(this.#values(), allocate)
  }

  gzip(allocate: Allocate = Buffer.allocUnsafe): Buffer {
    return this.#template.gzip(this.#values(), allocate)
  }

  #values(): SlotValues {
    VALUES.clear()
    this.#fill(VALUES)
    return VALUES
  }
}
