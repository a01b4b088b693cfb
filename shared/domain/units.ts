// The units of the metric types that everyone knows, for samples that bring none.

const UNITS = new Map(
  Object.entries({
    CPU: '%',
    MEMORY: '%',
    SWAP: '%',
    DISK: '%',
    NETWORK_IN: 'B/s',
    NETWORK_OUT: 'B/s',
    IO_READ: 'B/s',
    IO_WRITE: 'B/s',
    RESPONSE_TIME: 'ms',
    LATENCY: 'ms',
    ERROR_RATE: '%',
  }),
)

/** The usual unit of a metric type, case and labels ignored; `''` where none is known. */
export const unitOf = (metricType: string): string =>
  // Asked for every sample, and most write it as it stands here.
  UNITS.get(metricType) ?? UNITS.get(metricType.replace(/\{.*$/, '').toUpperCase()) ?? ''
