/** The usual formats, on the form of a new plan: one fills in its values. Must not send anything. */
import { useState } from 'preact/hooks';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { PartOfForm } from './event-draft.ts';
import { TEMPLATES, type Template, templateFields } from './templates.ts';

export function TemplateChoice({ draft, change }: Pick<PartOfForm, 'draft' | 'change'>) {
  const { clock, sendsMail } = useShop();
  const [chosen, setChosen] = useState<Template | null>(null);
  const texts = ADMIN_TEXTS.lifecycle.templates;
  return (
    <fieldset class="conditions">
      <legend>{texts.title}</legend>
      <p class="field-hint">{texts.hint}</p>
      <ul class="templates">
        {TEMPLATES.map((template) => (
          <li key={template}>
            <Button
              kind="quiet"
              onPress={() => {
                const { timeZone } = draft;
                change(templateFields(template, { nowMs: clock.nowMs(), timeZone, sendsMail }));
                setChosen(template);
              }}
            >
              {texts.names[template]}
            </Button>
            <p class="field-hint">{texts.hints[template]}</p>
          </li>
        ))}
      </ul>
      <output class="saved">{chosen && texts.filled(texts.names[chosen])}</output>
    </fieldset>
  );
}
