declare module 'pino-roll' {
  import type { destination } from 'pino'

  /** The part of its options that is used here; it brings no types of its own. */
  interface Options {
    file: string
    extension: string
    size: string
    limit: { count: number; removeOtherLogFiles: boolean }
    mkdir: boolean
    mode: number
    sync: boolean
  }

  export default function roll(options: Options): Promise<ReturnType<typeof destination>>
}
