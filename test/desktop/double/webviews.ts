// <webview>, if a window allows it: each one that is attached asks for permission, and then opens a page of its own.
import type { CdpSession } from './cdp.ts'

const BINDING = 'electronDoubleWebview'

interface Owner {
  emit(event: 'will-attach-webview', details: object, preferences: object, params: object): unknown
}

export async function openWebviews(session: CdpSession, owner: Owner): Promise<void> {
  session.on('Runtime.bindingCalled', ({ name, payload: url }) => {
    if (name !== BINDING) return
    let refused = false
    owner.emit('will-attach-webview', { preventDefault: () => void (refused = true) }, {}, { src: url })
    if (!refused) void session.send('Target.createTarget', { url })
  })
  await session.send('Runtime.addBinding', { name: BINDING })
  const source = `(${String(reportWebviews)})('${BINDING}')`
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source })
}

function reportWebviews(binding: string) {
  const report = (globalThis as unknown as Record<string, (url: string) => void>)[binding]!
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node instanceof Element && node.localName === 'webview') report(node.getAttribute('src') ?? '')
      }
    }
  }).observe(document, { childList: true, subtree: true })
}
