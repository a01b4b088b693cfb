// Draws the program's icons from the bell that the interface shows, in a browser: `npm run icons`. What it draws is kept
// in resources/.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { findBrowser } from './find-browser.ts'

const ROOT = join(import.meta.dirname, '..')
const RESOURCES = join(ROOT, 'resources')
const TRAY_SIZE = 32
/** What the system's package formats ask for; the largest becomes .icns and .ico. */
const APP_SIZES = [16, 32, 48, 64, 128, 256, 512, 1024]
const ALL_CLEAR = '#2a7f9b'
const CRITICAL = '#c22727'

const bell = /\bd="([^"]+)"/.exec(readFileSync(join(ROOT, 'renderer/public/bell.svg'), 'utf8'))![1]!

const browser = await chromium.launch({ executablePath: findBrowser()!, args: ['--no-sandbox'] })
const page = await browser.newPage()
mkdirSync(join(RESOURCES, 'icons'), { recursive: true })
mkdirSync(join(RESOURCES, 'tray'), { recursive: true })
for (const size of APP_SIZES) await draw(page, appIcon(), size, `icons/${size}x${size}.png`)
for (const label of ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '9-more']) {
  await draw(page, trayIcon(label), TRAY_SIZE, `tray/${label}.png`)
}
await browser.close()

/** Light on a rounded ground, with the margin that desktops expect around it. */
function appIcon(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
    <rect x="3" y="3" width="42" height="42" rx="10" fill="${ALL_CLEAR}"/>
    <g transform="translate(9.6 8.8) scale(1.2)"><path fill="#ffffff" d="${bell}"/></g>
  </svg>`
}

/** The number stands on a disc of its own, large enough to be read at half the size. */
function trayIcon(label: string): string {
  const isAllClear = label === '0'
  const text = label === '9-more' ? '9+' : label
  const disc = `<circle cx="22.5" cy="9.5" r="9.5" fill="#ffffff"/><circle cx="22.5" cy="9.5" r="8.5" fill="${CRITICAL}"/>
    <text x="22.5" y="${text.length > 1 ? 13.6 : 14.6}" text-anchor="middle" fill="#ffffff" font-family="DejaVu Sans, sans-serif"
      font-weight="bold" font-size="${text.length > 1 ? 11 : 14}">${text}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <g transform="${isAllClear ? 'translate(1 1) scale(1.25)' : 'translate(-2 3) scale(1.2)'}"><path fill="${ALL_CLEAR}" d="${bell}"/></g>
    ${isAllClear ? '' : disc}
  </svg>`
}

async function draw(page: Page, svg: string, size: number, file: string): Promise<void> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`)
  await page.screenshot({ path: join(RESOURCES, file), omitBackground: true })
}
