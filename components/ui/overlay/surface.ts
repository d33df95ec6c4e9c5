/** The look of everything that floats. */
export const FLOATING = 'float-in rounded-3 border border-line-strong bg-raised text-13 text-ink shadow-float outline-none';
