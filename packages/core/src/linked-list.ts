/** A member of a {@link LinkedList}: it carries its own place, so that leaving from the middle is O(1) and allocates nothing. */
export class Link {
  list: LinkedList<Link> | undefined = undefined
  previous: this | undefined = undefined
  next: this | undefined = undefined
}

/** An intrusive doubly linked list, oldest first. A link is in at most one list at a time. */
export class LinkedList<L extends Link> {
  first: L | undefined = undefined
  last: L | undefined = undefined
  size = 0

  push(link: L): void {
    link.list = this as unknown as LinkedList<Link>
    link.previous = this.last
    if (this.last === undefined) this.first = link
    else this.last.next = link
    this.last = link
    this.size++
  }

  /** Puts `link` behind `before`, or first when that is undefined. */
  insertAfter(before: L | undefined, link: L): void {
    const after = before === undefined ? this.first : before.next
    link.list = this as unknown as LinkedList<Link>
    link.previous = before
    link.next = after
    if (before === undefined) this.first = link
    else before.next = link
    if (after === undefined) this.last = link
    else after.previous = link
    this.size++
  }

  /** Takes `link` out; false when it is not in this list (any more). */
  remove(link: L): boolean {
    if (link.list !== (this as unknown as LinkedList<Link>)) return false
    if (link.previous === undefined) this.first = link.next
    else link.previous.next = link.next
    if (link.next === undefined) this.last = link.previous
    else link.next.previous = link.previous
    // Whoever keeps a link must not keep its neighbours.
    link.list = link.previous = link.next = undefined
    this.size--
    return true
  }

  /** Takes out the oldest. */
  shift(): L | undefined {
    const link = this.first
    if (link !== undefined) this.remove(link)
    return link
  }
}
