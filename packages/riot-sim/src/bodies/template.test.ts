import { gunzipSync } from 'node:zlib'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { SlotValues } from './slot-values.ts'
import { Template, numberSlot, textSlot } from './template.ts'

describe('Template', () => {
  it('gives what JSON.stringify would, plain and compressed, whatever stands in the slots', () => {
    const piece = fc.oneof(fc.string(), fc.string({ minLength: 250, maxLength: 3000, unit: 'grapheme' }))
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 12 }),
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        (texts, name, number) => {
          const value = (text: unknown, count: unknown): unknown => ({
            parts: texts.map((part, i) => ({ part, text, nested: [{ [`count${i}`]: count }] })),
            last: count,
          })
          const template = new Template(value(textSlot(3), numberSlot(7)))
          const values = new SlotValues()
          values.text(3, name)
          values.plain(7, number)
          const expected = JSON.stringify(value(name, number))
          const bytes = template.bytes(values, Buffer.allocUnsafe)
          expect(bytes.toString()).toBe(expected)
          for (let i = 0; i < 2; i++) {
            expect(gunzipSync(template.gzip(values, Buffer.allocUnsafe)).toString()).toBe(expected)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('compresses a body of few slots piece by piece, and well', () => {
    const template = new Template({ name: textSlot(0), rest: Array.from({ length: 4000 }, (_, i) => ({ index: i })) })
    const values = new SlotValues()
    values.text(0, 'who')
    const bytes = template.bytes(values, Buffer.allocUnsafe)
    const gzip = template.gzip(values, Buffer.allocUnsafe)
    expect(gunzipSync(gzip).equals(bytes)).toBe(true)
    expect(gzip.length).toBeLessThan(bytes.length / 4)
  })

  it('holds runs of more than 64 kB outside of the compressed pieces', () => {
    const many = Array.from({ length: 4000 }, () => textSlot(0))
    const template = new Template([...many, 'x'.repeat(900_000)])
    const values = new SlotValues()
    values.text(0, 'abcdefghijklmnopqrstuvwxyz')
    const bytes = template.bytes(values, Buffer.allocUnsafe)
    expect(gunzipSync(template.gzip(values, Buffer.allocUnsafe)).equals(bytes)).toBe(true)
  })

  it('puts saved values back', () => {
    const template = new Template([textSlot(1), numberSlot(2), textSlot(3), textSlot(4)])
    const values = new SlotValues()
    values.text(1, 'Größe')
    values.plain(2, 42)
    values.text(3, '"')
    const saved = values.save(1, 3)
    values.clear()
    values.text(9, 'something else')
    values.restore(1, saved)
    values.plain(4, 'after')
    expect(JSON.parse(template.bytes(values, Buffer.allocUnsafe).toString())).toEqual(['Größe', 42, '"', 'after'])
  })
})
