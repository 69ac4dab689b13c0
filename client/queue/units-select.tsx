/** How many units, from one to a limit. Must not know what for. */
import { useId } from 'preact/hooks';

export interface UnitsSelectProps {
  readonly label: string;
  readonly max: number;
  readonly value: number;
  onChoose(units: number): void;
}

export function UnitsSelect({ label, max, value, onChoose }: UnitsSelectProps) {
  const id = useId();
  return (
    <div class="quantity">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={String(value)}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {Array.from({ length: max }, (_, index) => (
          <option key={index} value={index + 1}>
            {index + 1}
          </option>
        ))}
      </select>
    </div>
  );
}
