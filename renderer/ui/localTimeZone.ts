/** The reader's time zone, as the IANA database names it. */
export const localTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
