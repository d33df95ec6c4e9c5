'use client';

import { useMutation } from '@tanstack/react-query';
import { type SettingUp, SetUpForm } from '@/components/entry/set-up-form';
import { signIn } from '@/lib/auth/client';
import type { ApiProblem } from '@/lib/http/call';
import { setUpOrganisation } from '@/lib/org/client';

/** Sets up, signs in with what was just chosen, and leads to the first run. */
export function SetUp() {
  const setUp = useMutation<string, ApiProblem, SettingUp>({
    mutationFn: async (all) => {
      await setUpOrganisation(all);
      const outcome = await signIn(all.admin.email, all.admin.password);
      return outcome === 'in' ? '/start' : '/sign-in?to=%2Fstart';
    },
    // Loaded anew: nothing that was read before there was an organisation stays in memory.
    onSuccess: (to) => window.location.assign(to),
  });
  return <SetUpForm busy={setUp.isPending || setUp.isSuccess} problem={setUp.error} onSubmit={setUp.mutate} />;
}
