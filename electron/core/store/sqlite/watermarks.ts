// The names under which the table of settings keeps how far the work on samples has come.

/** Every sample of a real series up to this id is evaluated. The text stands in databases since the first version. */
export const EVALUATED_UP_TO = 'engine.judged_up_to'
