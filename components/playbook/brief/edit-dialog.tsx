'use client';

import { useState } from 'react';
import { useSaveBrief } from '@/lib/playbook/brief/client';
import { Button } from '../../ui/button';
import { Field } from '../../ui/form/field';
import { FormFault, faultAt } from '../../ui/form/form-fault';
import { TextArea } from '../../ui/form/text-input';
import { Dialog } from '../../ui/overlay/dialog';
import { sayDone } from '../../ui/toast';

/** Writes the brief on: what is saved is a version of its own. @param markdown the latest version, or the live brief before the first */
export function EditDialog({ markdown }: { markdown: string }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(markdown);
  const save = useSaveBrief();
  const turn = (next: boolean) => {
    setText(markdown);
    save.reset();
    setOpen(next);
  };
  const submit = () =>
    save.mutate(text, {
      onSuccess: (brief) => {
        setOpen(false);
        sayDone(`Version ${brief.versions[0]?.version ?? 1} is saved.`);
      },
    });
  return (
    <Dialog
      trigger={
        <Button small icon="pencil">
          Edit…
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title="Write the brief on"
      sub="It is saved as a version. The live brief goes on beside it."
      foot={
        <>
          <FormFault problem={save.error} fields={['/markdown']} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => turn(false)}>Cancel</Button>
            <Button kind="primary" busy={save.isPending} onClick={submit}>
              Save version
            </Button>
          </div>
        </>
      }
    >
      <Field label="Brief, in Markdown" error={faultAt(save.error, '/markdown')}>
        <TextArea value={text} onValueChange={setText} rows={18} maxLength={100_000} />
      </Field>
    </Dialog>
  );
}
