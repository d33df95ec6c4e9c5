/** A field that people neither see nor reach, and programs fill in. */
export function WebsiteField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <input
      type="text"
      name="website"
      tabIndex={-1}
      autoComplete="off"
      aria-hidden="true"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="hidden"
    />
  );
}
