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
    this.insertAfter(this.last, link)
  }

  /** Puts `link` behind `before`, or first when that is undefined. */
  insertAfter(before: L | undefined, link: L): void {
    link.list = this as unknown as LinkedList<Link>
    link.previous = before
    link.next = before ? before.next : this.first
    this.size++
    this.#join(before, link)
    this.#join(link, link.next)
  }

  /** Takes `link` out; false when it is not in this list (any more). */
  remove(link: L): boolean {
    if (link.list !== (this as unknown as LinkedList<Link>)) return false
    this.#join(link.previous, link.next)
    // Whoever keeps a link must not keep its neighbours.
    link.list = link.previous = link.next = undefined
    this.size--
    return true
  }

  /** Takes out the oldest. */
  shift(): L | undefined {
    const link = this.first
    if (link) this.remove(link)
    return link
  }

  /** Makes two links neighbours; undefined is the end of the list on that side. */
  #join(before: L | undefined, after: L | undefined): void {
    if (before) before.next = after
    else this.first = after
    if (after) after.previous = before
    else this.last = before
  }
}
