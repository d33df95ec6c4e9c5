import { Message } from '@/components/shell/message';
import { ButtonLink } from '@/components/ui/button';

/** An address that leads nowhere, or to what belongs to another organisation: the two look the same on purpose. */
export default function NotFound() {
  return (
    <Message title="There is nothing at this address.">
      <p>It may have ended, or belong to an organisation you do not work in right now.</p>
      <p className="flex gap-2">
        <ButtonLink kind="primary" href="/">
          Overview
        </ButtonLink>
        <ButtonLink href="/budgets">Budgets</ButtonLink>
      </p>
    </Message>
  );
}
