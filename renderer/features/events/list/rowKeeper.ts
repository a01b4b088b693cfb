// Keeps the row under the pointer, or the selected one, where it is when rows come in above it.

/** Rows carry their event's id in `data-event`. */
const ROW = '[data-event]'
/** Pixels that still count as the top. */
const TOP = 4

export interface RowKeeper {
  /** The element that scrolls. */
  attachList(element: HTMLElement | null): void
  /** An empty element at its end, that grows where a short list has no room to scroll. */
  attachSpacer(element: HTMLElement | null): void
  /** After every rendering. `busy`: somebody's pointer or selection is in the list. */
  keep(busy: boolean): void
  /** After rows moved for another reason, such as a window that became narrower. */
  remeasure(): void
  toTop(): void
  /** How many rows came in above what is seen. */
  above(): number
  subscribe(listener: () => void): () => void
  onScroll(): void
}

export function createRowKeeper(): RowKeeper {
  const listeners = new Set<() => void>()
  let list: HTMLElement | null = null
  let spacer: HTMLElement | null = null
  let tops = new Map<string, number>()
  let above = 0
  /** The list left its top only because rows had to stay in place. */
  let pushed = false

  function setAbove(count: number) {
    if (count === above) return
    above = count
    for (const listener of listeners) listener()
  }

  function toTop() {
    pushed = false
    if (spacer) spacer.style.height = ''
    list?.scrollTo({ top: 0 })
    setAbove(0)
  }

  function keep(busy: boolean) {
    if (!list) return
    if (pushed && !busy) toTop()
    const anchor = anchorOf(list, busy)
    const now = topsOf(list)
    const shift = anchor ? anchor.offsetTop - (tops.get(idOf(anchor)) ?? anchor.offsetTop) : 0
    if (shift > 0) setAbove(above + [...now].filter(([id, top]) => !tops.has(id) && top < anchor!.offsetTop).length)
    tops = now
    if (shift === 0) return
    pushed ||= list.scrollTop < TOP
    scrollBy(list, spacer, shift)
  }

  return {
    attachList: (element) => void (list = element),
    attachSpacer: (element) => void (spacer = element),
    keep,
    remeasure: () => void (tops = list ? topsOf(list) : tops),
    toTop,
    above: () => above,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onScroll: () => list && list.scrollTop < TOP && setAbove(0),
  }
}

const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>(ROW)]

const idOf = (row: HTMLElement) => row.dataset['event'] ?? ''

const topsOf = (list: HTMLElement) => new Map(rowsOf(list).map((row) => [idOf(row), row.offsetTop]))

/** The row that must not move; none in a list that stands at its top and that nobody touches. */
function anchorOf(list: HTMLElement, busy: boolean): HTMLElement | undefined {
  const rows = rowsOf(list)
  const held = busy
    ? (rows.find((row) => row.matches(':hover')) ?? rows.find((row) => row.contains(document.activeElement)))
    : undefined
  if (held || list.scrollTop < TOP) return held
  return rows.find((row) => row.offsetTop + row.offsetHeight > list.scrollTop)
}

function scrollBy(list: HTMLElement, spacer: HTMLElement | null, shift: number): void {
  const target = list.scrollTop + shift
  const missing = target - (list.scrollHeight - list.clientHeight)
  if (spacer && missing > 0) spacer.style.height = `${spacer.offsetHeight + missing}px`
  list.scrollTop = target
}
