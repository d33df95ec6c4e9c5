import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { EntryFrame } from '@/components/entry/entry-frame';
import { isSetUp } from '@/lib/org/reads';
import { SetUp } from './set-up';

export const metadata: Metadata = { title: 'Set up' };

/** The first page there is: it makes the organisation and signs its first admin in. Closed once that is done. */
export default async function SetUpPage() {
  await connection();
  if (await isSetUp()) redirect('/');
  return (
    <EntryFrame wide title="This Hardstop is not set up yet: one form, a minute." sub="All of it can be changed later in Settings.">
      <SetUp />
    </EntryFrame>
  );
}
