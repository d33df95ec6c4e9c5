'use client';

import { useMutation } from '@tanstack/react-query';
import { SignInForm } from '@/components/entry/sign-in-form';
import { Button } from '@/components/ui/button';
import { signIn, signInElsewhere } from '@/lib/auth/client';
import type { SignInOutcome } from '@/lib/auth/outcome';

const WORDS: Record<Exclude<SignInOutcome, 'in'>, string> = {
  wrong: 'E-mail and password do not belong together. Check both, or ask an admin for a new link.',
  too_many: 'Too many attempts. Try again in 15 minutes.',
  failed: 'Sign-in could not be reached. Check the connection and try again.',
};

/** @param before how an attempt that led back here ended; `in` when there was none */
export function SignIn({ to, hasSingleSignOn, before }: { to: string; hasSingleSignOn: boolean; before: SignInOutcome }) {
  const attempt = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
    onSuccess: (outcome) => {
      if (outcome === 'in') window.location.assign(to);
    },
  });
  const outcome = attempt.isPending ? 'in' : (attempt.data ?? before);
  return (
    <SignInForm
      action="/api/auth/callback/credentials"
      fault={outcome === 'in' ? null : WORDS[outcome]}
      busy={attempt.isPending || attempt.data === 'in'}
      onSubmit={(email, password) => attempt.mutate({ email, password })}
    >
      {hasSingleSignOn ? <Button onClick={() => signInElsewhere(to)}>Single sign-on</Button> : null}
    </SignInForm>
  );
}
