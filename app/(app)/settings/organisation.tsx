'use client';

import { useRouter } from 'next/navigation';
import { OrganisationForm, type OrganisationValues } from '@/components/settings/organisation-form';
import { type RateRow, Rates } from '@/components/settings/rates';
import { sayDone } from '@/components/ui/toast';
import { useOrganisationChange, useRateSet } from '@/lib/org/client';
import type { Organisation } from '@/lib/org/schema';

type Props = { organisation: Organisation; refused: string | null };

/** The form of the organisation as it was read; a newer one takes its place whole (the page gives it the etag as its key). */
export function OrganisationSettings({ organisation, refused }: Props) {
  const router = useRouter();
  const save = useOrganisationChange();
  const { name, zone, weekStart, fiscalYearStart, currency, labelTags, etag } = organisation;
  return (
    <OrganisationForm
      saved={{ name, zone, weekStart, fiscalYearStart, currency, labelTags }}
      refused={refused}
      save={{
        ...save,
        mutate: (change: Partial<OrganisationValues>) => save.mutate({ change, etag }, { onSuccess: () => sayDone('Saved.') }),
      }}
      onReload={() => router.refresh()}
    />
  );
}

export function RateSettings(props: { rates: RateRow[]; zone: string; refused: string | null }) {
  return <Rates {...props} save={useRateSet()} />;
}
