// A reader of the live stream.
import { createParser } from 'eventsource-parser'
import type { HostProcess } from '../test/support/host-process.ts'
import type { Event } from '../shared/schemas/event.ts'

/** Calls back with every event that was raised or changed; resolves once the stream is open, with what ends it. */
export async function followStream(
  { url, token }: HostProcess,
  onEvent: (event: Event, raised: boolean) => void,
): Promise<() => void> {
  const ended = new AbortController()
  const answer = await fetch(`${url}/api/anomaly/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: ended.signal,
  })
  const parser = createParser({
    onEvent({ event, data }) {
      if (event === 'anomaly_detected' || event === 'event_updated')
        onEvent(JSON.parse(data) as Event, event === 'anomaly_detected')
    },
  })
  void read(answer.body!.pipeThrough(new TextDecoderStream()), parser.feed).catch((error: unknown) => {
    if (!ended.signal.aborted) throw error
  })
  return () => ended.abort()
}

async function read(text: ReadableStream<string>, feed: (part: string) => void): Promise<void> {
  for await (const part of text) feed(part)
}
