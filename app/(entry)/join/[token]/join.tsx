'use client';

import { useMutation } from '@tanstack/react-query';
import { JoinForm, type Joining } from '@/components/entry/join-form';
import { signIn } from '@/lib/auth/client';
import type { ApiProblem } from '@/lib/http/call';
import { takeUpInvitation } from '@/lib/org/client';

type JoinProps = { token: string; email: string; name: string; hasPassword: boolean };

/** Takes up the invitation and signs in with the password that was given. */
export function Join({ token, ...who }: JoinProps) {
  const join = useMutation<string, ApiProblem, Joining>({
    mutationFn: async ({ name, password }) => {
      await takeUpInvitation({ token, name, password });
      return (await signIn(who.email, password)) === 'in' ? '/' : '/sign-in';
    },
    onSuccess: (to) => window.location.assign(to),
  });
  return <JoinForm {...who} busy={join.isPending || join.isSuccess} problem={join.error} onSubmit={join.mutate} />;
}
