/** A member of a {@link Heap}: it carries its own place, so that taking it out needs no search. */
export interface HeapMember {
  /** -1 while in no heap. */
  place: number
}

/** A binary heap, the least first by `before`. A member is in at most one heap at a time. */
export class Heap<M extends HeapMember> {
  readonly #members: M[] = []
  readonly #before: (a: M, b: M) => boolean

  constructor(before: (a: M, b: M) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#members.length
  }

  get first(): M | undefined {
    return this.#members[0]
  }

  /** All members, in no order. */
  members(): M[] {
    return this.#members.slice()
  }

  push(member: M): void {
    this.#up(this.#members.length, member)
  }

  shift(): M | undefined {
    const first = this.#members[0]
    if (first !== undefined) this.remove(first)
    return first
  }

  /** Puts `member` right after what it is ordered by has changed. */
  update(member: M): void {
    const before = member.place
    this.#up(before, member)
    if (member.place === before) this.#down(before, member)
  }

  remove(member: M): boolean {
    const hole = member.place
    if (this.#members[hole] !== member) return false
    member.place = -1
    const last = this.#members.pop()!
    if (last !== member) {
      this.#up(hole, last)
      if (last.place === hole) this.#down(hole, last)
    }
    return true
  }

  #up(hole: number, member: M): void {
    const members = this.#members
    while (hole > 0) {
      const parent = members[(hole - 1) >> 1]!
      if (!this.#before(member, parent)) break
      members[hole] = parent
      parent.place = hole
      hole = (hole - 1) >> 1
    }
    members[hole] = member
    member.place = hole
  }

  #down(hole: number, member: M): void {
    const members = this.#members
    for (;;) {
      let child = 2 * hole + 1
      if (child >= members.length) break
      if (child + 1 < members.length && this.#before(members[child + 1]!, members[child]!)) child++
      if (!this.#before(members[child]!, member)) break
      members[hole] = members[child]!
      members[hole]!.place = hole
      hole = child
    }
    members[hole] = member
    member.place = hole
  }
}
