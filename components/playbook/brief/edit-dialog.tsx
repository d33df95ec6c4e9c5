'use client';

import { useState } from 'react';
import { useSaveBrief } from '@/lib/playbook/brief/client';
import { Button } from '../../ui/button';
import { Field } from '../../ui/form/field';
import { faultAt } from '../../ui/form/form-fault';
import { TextArea } from '../../ui/form/text-input';
import { SaveDialog } from '../../ui/overlay/save-dialog';

/** Writes the brief on: what is saved is a version of its own. @param markdown the latest version, or the live brief before the first */
export function EditDialog({ markdown }: { markdown: string }) {
  const [text, setText] = useState(markdown);
  const save = useSaveBrief();
  return (
    <SaveDialog
      trigger={
        <Button small icon="pencil">
          Edit…
        </Button>
      }
      title="Write the brief on"
      sub="It is saved as a version. The live brief goes on beside it."
      saving={save}
      onTurn={() => setText(markdown)}
      input={() => text}
      done={(brief) => `Version ${brief.versions[0]?.version ?? 1} is saved.`}
      fields={['/markdown']}
      act="Save version"
    >
      <Field label="Brief, in Markdown" error={faultAt(save.error, '/markdown')}>
        <TextArea value={text} onValueChange={setText} rows={18} maxLength={100_000} />
      </Field>
    </SaveDialog>
  );
}
