import type { Metadata } from 'next';
import { organisationLine } from '@/components/settings/words';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { listRates, organisationFrom, readOrganisation } from '@/lib/org/reads';
import { SettingsFrame } from './frame';
import { OrganisationSettings, RateSettings } from './organisation';

export const metadata: Metadata = { title: 'Settings' };

/** By which calendar and in which currency everything is counted. */
export default async function OrganisationPage() {
  const { ctx, member } = await pageCaller('org.read');
  const [row, rates] = await Promise.all([readOrganisation(ctx), listRates(ctx)]);
  const organisation = organisationFrom(row);
  const refused = mayPass(member, 'org.write') ? null : 'Admins change this. You see it as it is.';
  return (
    <SettingsFrame tab="organisation" title={organisationLine(organisation.zone, organisation.currency)}>
      <div className="grid max-w-[960px] gap-4">
        <OrganisationSettings key={organisation.etag} organisation={organisation} refused={refused} />
        <RateSettings rates={rates} zone={organisation.zone} refused={refused} />
      </div>
    </SettingsFrame>
  );
}
