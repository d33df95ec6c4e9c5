/** How a sign-in ended: `wrong` when address and password do not belong together, `failed` when nobody can say. */
export type SignInOutcome = 'in' | 'wrong' | 'too_many' | 'failed';

/** What next-auth says went wrong, in the address that it answers or leads back to. @param error null when nothing did */
export function outcomeOf(error: string | null): SignInOutcome {
  if (error === null) return 'in';
  if (error === 'CredentialsSignin' || error === 'AccessDenied') return 'wrong';
  return error.startsWith('Too many') ? 'too_many' : 'failed';
}
