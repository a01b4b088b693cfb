// Default units of common metric types, for samples without a unit.

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

/** The default unit of a metric type, `''` if unknown. Case and labels are ignored. */
export const unitOf = (metricType: string): string =>
  // Called for every sample; most names match exactly.
  UNITS.get(metricType) ?? UNITS.get(metricType.replace(/\{.*$/, '').toUpperCase()) ?? ''
