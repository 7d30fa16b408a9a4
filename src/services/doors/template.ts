const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Puts values where a page says `{{name}}`, as text: none becomes markup. Throws for a name without a value. */
export function fillTemplate(page: string, values: Readonly<Record<string, string>>): string {
  return page.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`the page wants {{${name}}}, and nobody fills it in`);
    return value.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  });
}
