/** Renders a title in large type: what follows its first colon stays together, on a line of its own if it does not fit beside the rest. */

export function TitleLines({ title }: { readonly title: string }) {
  const end = title.indexOf(": ") + 2;
  if (end < 2) return <>{title}</>;
  return (
    <>
      {title.slice(0, end)}
      <span class="subtitle">{title.slice(end)}</span>
    </>
  );
}
