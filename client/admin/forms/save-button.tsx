/** The button that sends a form with pictures: not while some of them are on their way. */
import { Button } from '../../ui/button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface SaveButtonProps {
  readonly action: string;
  readonly isSending: boolean;
  readonly isUploading: boolean;
}

export function SaveButton({ action, isSending, isUploading }: SaveButtonProps) {
  const words = isSending ? ADMIN_TEXTS.saving : action;
  return (
    <Button type="submit" isInert={isSending || isUploading}>
      {isUploading ? ADMIN_TEXTS.pictures.stillUploading : words}
    </Button>
  );
}
