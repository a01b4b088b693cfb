// Keeps the row under the pointer, or the selected one, in place when rows are inserted above it.

/** Rows carry their event's id in `data-event`. */
const ROW = '[data-event]'
/** Up to this many pixels count as the top. */
const TOP = 4

export interface ScrollAnchor {
  /** The element that scrolls. */
  attachList(element: HTMLElement | null): void
  /** An empty element at its end that grows if a short list can't scroll far enough. */
  attachSpacer(element: HTMLElement | null): void
  /** After every render. `isInteracting`: the pointer or the focus is in the list. */
  restore(isInteracting: boolean): void
  /** After rows moved for another reason, such as a narrower window. */
  remeasure(): void
  toTop(): void
  /** How many rows were inserted above the visible ones. */
  above(): number
  subscribe(listener: () => void): () => void
  onScroll(): void
}

export function createScrollAnchor(): ScrollAnchor {
  const listeners = new Set<() => void>()
  let list: HTMLElement | null = null
  let spacer: HTMLElement | null = null
  let tops = new Map<string, number>()
  let above = 0
  /** The list is scrolled from its top only because rows had to stay in place. */
  let displaced = false

  function setAbove(count: number) {
    if (count === above) return
    above = count
    for (const listener of listeners) listener()
  }

  function toTop() {
    displaced = false
    if (spacer) spacer.style.height = ''
    list?.scrollTo({ top: 0 })
    setAbove(0)
  }

  function restore(isInteracting: boolean) {
    if (!list) return
    if (displaced && !isInteracting) toTop()
    const anchor = findAnchor(list, isInteracting)
    const now = rowTops(list)
    const shift = anchor ? anchor.offsetTop - (tops.get(rowId(anchor)) ?? anchor.offsetTop) : 0
    if (shift > 0) setAbove(above + [...now].filter(([id, top]) => !tops.has(id) && top < anchor!.offsetTop).length)
    tops = now
    if (shift === 0) return
    displaced ||= list.scrollTop < TOP
    scrollBy(list, spacer, shift)
  }

  return {
    attachList: (element) => void (list = element),
    attachSpacer: (element) => void (spacer = element),
    restore,
    remeasure: () => void (tops = list ? rowTops(list) : tops),
    toTop,
    above: () => above,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onScroll: () => list && list.scrollTop < TOP && setAbove(0),
  }
}

const rowElements = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>(ROW)]

const rowId = (row: HTMLElement) => row.dataset['event'] ?? ''

const rowTops = (list: HTMLElement) => new Map(rowElements(list).map((row) => [rowId(row), row.offsetTop]))

/** The row that must not move; none if the list is at its top without interaction. */
function findAnchor(list: HTMLElement, isInteracting: boolean): HTMLElement | undefined {
  const rows = rowElements(list)
  const pointedRow = isInteracting
    ? (rows.find((row) => row.matches(':hover')) ?? rows.find((row) => row.contains(document.activeElement)))
    : undefined
  if (pointedRow || list.scrollTop < TOP) return pointedRow
  return rows.find((row) => row.offsetTop + row.offsetHeight > list.scrollTop)
}

function scrollBy(list: HTMLElement, spacer: HTMLElement | null, shift: number): void {
  const target = list.scrollTop + shift
  const missing = target - (list.scrollHeight - list.clientHeight)
  if (spacer && missing > 0) spacer.style.height = `${spacer.offsetHeight + missing}px`
  list.scrollTop = target
}
