import type { QueryRunner } from 'typeorm';

const END_OF_BODY = /\n(\s*)end\s*(\$\w*\$)\s*$/;

/**
 * Adds a line to `slowburn_grant_runtime`, whatever migrations before have made of it: two that are
 * written side by side need not know of each other's tables.
 *
 * @param privileges such as `select, insert on public.audit`
 */
export async function alsoGrant(runner: QueryRunner, privileges: string): Promise<void> {
  const [found] = (await runner.query(
    `select pg_get_functiondef('public.slowburn_grant_runtime(regrole)'::regprocedure) as text`,
  )) as readonly { readonly text: string }[];
  const text = found?.text ?? '';
  if (!END_OF_BODY.test(text)) throw new Error('slowburn_grant_runtime does not end as expected');
  const line = `execute format('grant ${privileges} to %s', role);`;
  await runner.query(
    text.replace(END_OF_BODY, (_, indent: string, tag: string) => {
      return `\n${indent}  ${line}\n${indent}end ${tag}`;
    }),
  );
}
