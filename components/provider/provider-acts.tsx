'use client';

import { useState } from 'react';
import type { ChangedProvider, NewProvider } from '@/lib/provider/client';
import type { ProviderOut } from '@/lib/provider/schema';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { ProviderForm } from './provider-form';

/** A dialog's being open, which forgets the last answer when it turns. */
function useTurn(write: { reset(): void }): [boolean, (next: boolean) => void] {
  const [open, setOpen] = useState(false);
  return [
    open,
    (next) => {
      setOpen(next);
      write.reset();
    },
  ];
}

/** Adds a provider of one's own. */
export function MakeProvider({ make }: { make: Write<NewProvider> }) {
  const [open, turn] = useTurn(make);
  return (
    <Dialog
      trigger={
        <Button kind="primary" icon="plus">
          Add a provider
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title="Add a provider"
      sub="Any address that speaks one of the two wires. Its models need prices under Prices."
      foot={
        <Button kind="primary" type="submit" form="provider" busy={make.isPending}>
          Add the provider
        </Button>
      }
    >
      <ProviderForm
        id="provider"
        problem={make.error}
        onSubmit={(filled) => make.mutate({ ...filled, apiKey: filled.apiKey || null }, { onSuccess: () => turn(false) })}
      />
    </Dialog>
  );
}

/** Changes where a provider is, or its key. */
export function ChangeProvider({ of: provider, write }: { of: ProviderOut; write: Write<ChangedProvider> }) {
  const [open, turn] = useTurn(write);
  return (
    <Dialog
      trigger={
        <Button small aria-label={provider.key === null ? `Add a key for ${provider.slug}` : `Change ${provider.slug}`}>
          {provider.key === null ? 'Add a key' : 'Change'}
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={provider.slug}
      sub="The next call goes by it."
      foot={
        <Button kind="primary" type="submit" form="provider" busy={write.isPending}>
          Save
        </Button>
      }
    >
      <ProviderForm
        id="provider"
        provider={provider}
        problem={write.error}
        onSubmit={({ baseUrl, apiKey }) =>
          write.mutate({ of: provider, change: { baseUrl, ...(apiKey === '' ? {} : { apiKey }) } }, { onSuccess: () => turn(false) })
        }
      />
    </Dialog>
  );
}

/** Ends a provider, after saying what follows; one that was there from the start goes back to what it was then. */
export function EndProvider({ of: provider, write }: { of: ProviderOut; write: Write<ProviderOut> }) {
  const [open, turn] = useTurn(write);
  const verb = provider.isBuiltIn ? 'Reset' : 'End';
  return (
    <Dialog
      trigger={
        <Button small aria-label={`${verb} ${provider.slug}`}>
          {verb}
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`${verb} ${provider.slug}?`}
      foot={
        <Button kind="danger" busy={write.isPending} onClick={() => write.mutate(provider, { onSuccess: () => turn(false) })}>
          {provider.isBuiltIn ? 'Forget its key' : 'End it'}
        </Button>
      }
    >
      <ul className="grid list-disc gap-1 pl-4">
        <li>Its key is forgotten at once; calls under way finish.</li>
        <li>
          {provider.isBuiltIn ? 'Its address is again the one it had from the start.' : 'Calls to it through the gateway are refused.'}
        </li>
        <li>What was spent there stays on the books.</li>
      </ul>
      <FormFault problem={write.error} />
    </Dialog>
  );
}
