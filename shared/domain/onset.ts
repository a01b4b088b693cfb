// When an event began: the one time that lists, charts, facts and notifications show.
interface Onset {
  began_at: string | null
  detected_at: string
}

/** Events of earlier versions have only the time of their detection. */
export const onsetOf = ({ began_at, detected_at }: Onset): string => began_at ?? detected_at
