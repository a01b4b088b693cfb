// What a person reads in place of the interface.
import type { FastifyReply } from 'fastify'

export const WRONG_LINK = note(
  'This link does not open Tocsin',
  `Its token is not the one of the Tocsin that runs here. Open the link that Tocsin printed when it was started; the
  token is also in the file <code>token</code> in its data folder.`,
)
export const NOT_BUILT = note(
  'Tocsin runs, but its interface is not built',
  '<code>npm run build</code> builds it; then start Tocsin again.',
)

export const sendNote = (reply: FastifyReply, status: number, text: string) =>
  reply.code(status).type('text/html; charset=utf-8').send(text)

function note(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tocsin</title>
<body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem">
<h1>${title}</h1>
<p>${text}</p>
`
}
