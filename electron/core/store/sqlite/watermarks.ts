// The names of watermarks in the table of settings.

/** Every sample of a real series up to this id is evaluated. Databases have this name since the first version. */
export const EVALUATED_UP_TO = 'engine.judged_up_to'
