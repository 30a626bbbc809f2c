import type { Table } from '../words/say';

const en = {
  title: 'Sign in',
  token: 'Token',
  hint: 'Made by an admin with `slowburn token create`. This tab alone keeps it, until you close it.',
  enter: 'Sign in',
  missing: 'Paste a token, such as sb_…',
  ended: 'You were signed out:',
};

const pt: typeof en = {
  title: 'Entrar',
  token: 'Token',
  hint: 'Criado por um administrador com `slowburn token create`. Só esta aba o guarda, até ser fechada.',
  enter: 'Entrar',
  missing: 'Cole um token, como sb_…',
  ended: 'A sua sessão acabou:',
};

export const WORDS: Table<typeof en> = { en, pt };
