'use client';

import { useRouter } from 'next/navigation';
import { SUBJECTS } from '@/components/settings/log-words';
import { VerifyLog } from '@/components/settings/verify-log';
import { Select } from '@/components/ui/form/select';
import { useLogVerify } from '@/lib/api/client';

export function Verify() {
  return <VerifyLog verify={useLogVerify()} />;
}

const WORDS: Record<string, string> = { api_key: 'API keys', currency_rate: 'Currency rates', organisation: 'Organisation' };
const OPTIONS = [
  { value: 'all', label: 'Everything' },
  ...SUBJECTS.map((subject) => ({
    value: subject as string,
    label: WORDS[subject] ?? `${subject.charAt(0).toUpperCase()}${subject.slice(1)}s`,
  })),
];

/** Narrows the log to changes of one kind of thing; the choice is in the address. */
export function SubjectFilter({ subject }: { subject: string }) {
  const router = useRouter();
  return (
    <Select
      aria-label="Changes of"
      className="w-44"
      options={OPTIONS}
      value={subject === '' ? 'all' : subject}
      onValueChange={(next) => router.push(next === 'all' ? '/settings/log' : `/settings/log?subject=${next}`, { scroll: false })}
    />
  );
}
